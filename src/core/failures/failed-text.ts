import type { Session } from '../session/session.ts'
import { turnOf } from '../session/tree.ts'
import { type Failure, failureText, type SentenceFor } from './failure.ts'

/**
 * What is said when a turn has failed. Images of one line that did not come before limn ended are reported once, with
 * their number: the text is empty while others of them have not ended yet.
 */
export function failedText(session: Session, id: string, failure: Failure, reader?: SentenceFor): string {
  const turn = turnOf(session, id)
  const words = failureText(failure, turn?.engine, reader)
  if (failure.kind !== 'no-answer' || turn?.group === undefined) return words
  const line = session.turns.filter(({ group }) => group === turn.group)
  if (line.some(({ outcome }) => outcome.kind === 'open')) return ''
  const lost = line.filter(({ outcome }) => outcome.kind === 'failed' && outcome.failure.kind === 'no-answer')
  return `${lost.length} of ${line.length} images: ${words}`
}
