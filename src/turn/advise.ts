import { type Answer, type Event, say } from '../core/event.ts'
import type { TaskProblem } from '../core/line/part-outcome.ts'
import type { Prompt, Session } from '../core/session/session.ts'
import { adviceOf } from '../core/wording/advice.ts'

/**
 * Says what is known of a line before it costs anything, each thing once (`told`). Where the image would surely be wrong
 * the user is asked, and may have the line back; where nobody can be asked, it is only said.
 */
export async function* advise(
  session: Session,
  prompt: Prompt,
  told: Set<string>,
  asks: boolean,
): AsyncGenerator<Event, TaskProblem | undefined, Answer> {
  for (const { weight, text } of adviceOf(session, prompt)) {
    // What is refused is said when its turn comes: until then references may go.
    if (weight === 'refuses' || told.has(text)) continue
    if (weight === 'says' || !asks) yield say(text, 'warning')
    else {
      const question = { kind: 'yes-no', text: `${text} Send the line as it is?`, default: false } as const
      if ((yield { type: 'ask', question }) !== true)
        return { kind: 'not-sent', why: { reason: 'declined', says: text } }
    }
    told.add(text)
  }
  return undefined
}
