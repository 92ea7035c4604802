import { say } from '../core/event.ts'
import { inForce } from '../core/reference.ts'
import type { Session, Turn } from '../core/session.ts'
import { turnOf } from '../core/tree.ts'
import { defineCommand } from './define.ts'

export const retry = defineCommand({
  name: 'retry',
  summary: 'Send the last line again from the same place: a sibling of its image',
  example: '/retry with a calmer sky',
  arguments: { words: { kind: 'line', about: 'new words', optional: true } },
  async *run({ words }, { session, chat }) {
    const last = lastMissed(session) ?? turnOf(session, session.head.turn)
    if (!last) {
      yield say('There is no line to send again yet.', 'warning')
      return
    }
    if (words !== undefined) {
      yield {
        type: 'go',
        to: 'prompt',
        line: words,
        typed: `/retry ${words}`,
        parent: last.parent,
        fresh: last.fresh,
      }
      return
    }
    const { id: _id, at: _at, outcome: _outcome, letGo: _letGo, ...prompt } = last
    yield {
      type: 'go',
      to: 'turn',
      prompt: {
        ...prompt,
        settings: session.settings,
        references: inForce(session.references),
        engine: chat.engine.id,
      },
    }
  },
})

/** The last line of all, when nothing came of it that the head could have moved to. */
function lastMissed(session: Session): Turn | undefined {
  const last = session.turns.at(-1)
  if (!last || last.letGo || last.outcome.kind === 'open') return undefined
  const missed = last.outcome.kind === 'failed' || last.outcome.main === null
  return missed && last.id !== session.head.turn ? last : undefined
}
