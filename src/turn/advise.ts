import { type Answer, type Event, say } from '../core/event.ts'
import type { Prompt, Session } from '../core/session/session.ts'
import { adviceOf } from '../core/wording/advice.ts'

/**
 * Says what can be told of a line before it costs anything, each thing once (`told`). False when the user wants the
 * line back: it is asked where the image would surely be wrong, and only said where nobody can be asked.
 */
export async function* advise(
  session: Session,
  prompt: Prompt,
  told: Set<string>,
  asks: boolean,
): AsyncGenerator<Event, boolean, Answer> {
  for (const { weight, text } of adviceOf(session, prompt)) {
    // What is refused is said when its turn comes: until then references may go.
    if (weight === 'refuses' || told.has(text)) continue
    if (weight === 'says' || !asks) yield say(text, 'warning')
    else {
      const question = { kind: 'yes-no', text: `${text} Send the line as it is?`, default: false } as const
      if ((yield { type: 'ask', question }) !== true) return false
    }
    told.add(text)
  }
  return true
}
