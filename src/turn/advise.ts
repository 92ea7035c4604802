import { type Answer, type Event, say } from '../core/event.ts'
import type { TaskProblem } from '../core/line/part-outcome.ts'
import type { Prompt, Session } from '../core/session/session.ts'
import { adviceOf } from '../core/wording/advice.ts'

/**
 * Gives advice on a line before it costs anything, each piece once (`given`). When the image would surely be wrong, the
 * user is asked and can take the line back; without a screen the advice is only shown.
 */
export async function* advise(
  session: Session,
  prompt: Prompt,
  given: Set<string>,
  asks: boolean,
): AsyncGenerator<Event, TaskProblem | undefined, Answer> {
  for (const { weight, text } of adviceOf(session, prompt)) {
    // A refusal is reported when the line is sent: until then the user may remove references.
    if (weight === 'refuses' || given.has(text)) continue
    if (weight === 'says' || !asks) yield say(text, 'warning')
    else {
      const question = { kind: 'yes-no', text: `${text} Send the line as it is?`, default: false } as const
      if ((yield { type: 'ask', question }) !== true)
        return { kind: 'not-sent', why: { reason: 'declined', says: text } }
    }
    given.add(text)
  }
  return undefined
}
