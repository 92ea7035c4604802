import { say } from '../core/event.ts'
import type { Session, Turn } from '../core/session.ts'
import { turnOf } from '../core/tree.ts'
import { defineCommand } from './define.ts'

export const retry = defineCommand({
  name: 'retry',
  summary: 'Send the last line again from the same place: a sibling of its image',
  example: '/retry with a calmer sky',
  arguments: { words: { kind: 'line', about: 'new words', optional: true } },
  async *run({ words }, { session, chat }) {
    const last = turnOf(session, session.head.turn) ?? lastFailed(session)
    if (!last) {
      yield say('There is no line to send again yet.', 'warning')
      return
    }
    if (words !== undefined) {
      yield { type: 'go', to: 'prompt', line: words, parent: last.parent, fresh: last.fresh }
      return
    }
    const { id: _id, at: _at, outcome: _outcome, letGo: _letGo, ...prompt } = last
    yield {
      type: 'go',
      to: 'turn',
      prompt: {
        ...prompt,
        settings: session.settings,
        references: session.references,
        engine: chat.engine.id,
      },
    }
  },
})

function lastFailed(session: Session): Turn | undefined {
  return session.turns.findLast(({ outcome }) => outcome.kind === 'failed')
}
