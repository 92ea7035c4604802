import type { Ending } from './finish-reasons.ts'

const LOOK = 'Reword it, or check what the references show.'

/** A block whose reason has no row: the server's word for it is quoted. */
export const UNNAMED_BLOCK: Ending = blocked('', LOOK)

/** Every blockReason of promptFeedback, by its name. Usage then counts the prompt, and Google gives no price for it. */
export const BLOCKS: Readonly<Record<string, Ending>> = {
  SAFETY: blocked('A safety filter stopped it.', LOOK),
  IMAGE_SAFETY: blocked('A safety filter stopped one of its images.', LOOK),
  PROHIBITED_CONTENT: blocked('Its content is prohibited.', LOOK),
  BLOCKLIST: blocked('A word in it is on the block list.', LOOK),
  MODEL_ARMOR: blocked(
    "Your organisation's Model Armor stopped it.",
    'Reword it, or ask the administrators of your Google Cloud project.',
  ),
  JAILBREAK: blocked('It reads like an attempt to talk the model out of its rules.', LOOK),
  OTHER: blocked('The server gives no reason.', LOOK),
  BLOCKED_REASON_UNSPECIFIED: blocked('The server gives no reason.', LOOK),
}

function blocked(why: string, next: string): Ending {
  return {
    kind: 'blocked-prompt',
    signs: [],
    what: `No image: the prompt was blocked before anything was drawn.${why === '' ? '' : ` ${why}`}`,
    billed: 'maybe',
    again: 'no',
    next,
  }
}
