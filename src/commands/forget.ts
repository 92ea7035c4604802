import { change, fail, say } from '../core/event.ts'
import { selectVersion } from '../core/session/selection.ts'
import type { Head } from '../core/session/session.ts'
import { currentVersion, isAlone } from '../core/session/tree.ts'
import { defineCommand } from './define.ts'

export const forget = defineCommand({
  name: 'forget',
  summary: 'Keep the picture and forget the talk: the next line sends the image alone; /undo remembers it',
  example: '/forget v3',
  group: 'again',
  changes: [],
  arguments: { version: { kind: 'version', about: 'a version such as v3', optional: true } },
  async *run({ version: word }, { session }) {
    const selected = selectVersion(word, session)
    if (!selected.ok) {
      return yield* fail(selected.sentence)
    }
    const { version } = selected
    if (version.turn === null) {
      const how = version.made ? 'was made from an image without talk' : 'was brought in'
      yield say(`v${version.number} ${how}: there is no talk before it.`)
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
