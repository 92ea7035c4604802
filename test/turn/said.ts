import type { Event } from '../../src/core/event.ts'
import { whyText } from '../../src/core/line/part-outcome.ts'

/** The words of an event, as they are read at a prompt; none for one that says nothing. */
export function saidIn(event: Event): readonly string[] {
  if (event.type === 'problem') return [whyText(event.problem.why, 'at-a-prompt')]
  return event.type === 'say' ? [event.text] : []
}
