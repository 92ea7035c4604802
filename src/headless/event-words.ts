import { groundingWords } from '../core/session/grounding.ts'
import type { LimnEvent } from '../library/limn-event.ts'

/** An event as text for a person without a screen; empty for an event that needs no text. */
export function eventWords(event: LimnEvent): string {
  switch (event.type) {
    case 'message':
    case 'progress':
    case 'problem':
      return event.text
    case 'answer':
      return [event.thoughts, event.text].filter((words) => words !== '').join('\n')
    case 'sources':
      return groundingWords({ ...event, imageQueries: event.image_queries })
    case 'list':
      return event.rows.map((row) => row.join('  ')).join('\n')
    case 'saved':
      return event.path
    case 'line':
    case 'session':
    case 'turn':
    case 'image':
    case 'line_result':
    case 'result':
      return ''
  }
}
