import { change, fail, say } from '../core/event.ts'
import { selectVersion } from '../core/session/selection.ts'
import type { Head } from '../core/session/session.ts'
import { currentVersion, isAlone } from '../core/session/tree.ts'
import { defineCommand } from './define.ts'

export const forget = defineCommand({
  name: 'forget',
  summary:
    'Keep the image and forget the conversation: the next line sends the image alone; /undo brings it back',
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
      const how = version.made ? 'was made from an image without a conversation' : 'was brought in'
      yield say(`v${version.number} ${how}: there is no conversation before it.`)
      return
    }
    const alone: Head = { turn: null, version: version.number }
    if (isAlone(session, session.head) && session.head.version === version.number) {
      yield say(`v${version.number} is already alone: no conversation is sent with it.`)
      return
    }
    const moved = currentVersion(session)?.number !== version.number
    yield change({ type: 'moved', by: 'goto', head: alone })
    if (moved) yield { type: 'show', version: version.number, size: 'small' }
    yield say(
      `next line sends v${version.number} alone, without the earlier lines; references and settings stay. /undo brings the conversation back`,
    )
  },
})
