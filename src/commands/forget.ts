import { change, say } from '../core/event.ts'
import type { Head } from '../core/session.ts'
import { currentVersion, isAlone } from '../core/tree.ts'
import { defineCommand } from './define.ts'
import { meant, missing } from './goto.ts'

export const forget = defineCommand({
  name: 'forget',
  summary: 'Keep the picture and forget the talk: the next line sends the image alone; /undo remembers it',
  example: '/forget v3',
  arguments: { version: { kind: 'version', about: 'a version such as v3', optional: true } },
  async *run({ version: word }, { session }) {
    const version = meant(session, word)
    if (!version) {
      const none = 'There is no image to go on from: a line makes one.'
      yield say(word?.kind === 'number' ? missing(session, word.number) : none, 'bad')
      return
    }
    if (version.turn === null) {
      yield say(`v${version.number} was brought in: there is no talk before it.`)
      return
    }
    const alone: Head = { turn: null, version: version.number }
    if (isAlone(session, session.head) && session.head.version === version.number) {
      yield say(`v${version.number} stands alone already.`)
      return
    }
    const moved = currentVersion(session)?.number !== version.number
    yield change({ type: 'moved', by: 'goto', head: alone })
    if (moved) yield { type: 'show', version: version.number, size: 'small' }
    yield say(
      `next line sends v${version.number} alone: no earlier line goes along; references and settings stay. /undo remembers the talk`,
    )
  },
})
