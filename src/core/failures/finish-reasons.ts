import type { FailureRow } from './failure-row.ts'

/** Why an answer has no image, in the words that sessions record. */
export type NothingKind =
  | 'words-only'
  | 'no-image'
  | 'blocked-prompt'
  | 'safety'
  | 'prohibited'
  | 'recitation'
  | 'too-long'
  | 'language'
  | 'empty'
  | 'broken-image'
  | 'other'

export type Ending = FailureRow & { readonly kind: NothingKind }

const END = 'No image: '
const REPHRASE = 'Send it again, or reword it.'

/** Answers that end as usual (finishReason STOP or none) but contain no image. */
export const USUAL = {
  'words-only': {
    kind: 'words-only',
    signs: [{ when: '`STOP` with text and no image' }],
    what: `${END}the model answered in words.`,
    billed: 'yes',
    again: 'asked',
    next: 'Answer it, or say plainly what to draw.',
  },
  empty: {
    kind: 'empty',
    signs: [
      { when: '`STOP` or no reason, and no part that can be read' },
      { when: 'an answer without candidates' },
    ],
    what: `${END}the answer was empty.`,
    billed: 'maybe',
    again: 'asked',
    next: REPHRASE,
  },
  'broken-image': {
    kind: 'broken-image',
    signs: [{ when: 'an image part that is not base64, or bytes that are not an image' }],
    what: `${END}the image data cannot be decoded.`,
    billed: 'yes',
    again: 'asked',
    next: 'Send it again.',
  },
} as const satisfies Readonly<Record<string, Ending>>

const SAFE = 'No setting changes that; describe the scene differently.'
const TOOLS = 'limn gives the model no such tool; send it again, or switch to another model with /model.'

/** An ending whose reason has no row: the server's word for it is quoted. */
export const UNNAMED_FINISH: Ending = {
  ...ending('other', '', 'maybe', REPHRASE),
  what: 'No image, for a reason that limn does not know.',
}

/** Every finishReason but STOP, by its name. */
export const FINISHES = {
  NO_IMAGE: ending(
    'no-image',
    'the model made none.',
    'yes',
    'Say what the picture shows, or send it again.',
  ),
  MAX_TOKENS: ending(
    'too-long',
    'the answer ran out of room.',
    'yes',
    'Ask for less at once, or send it again.',
  ),
  SAFETY: ending(
    'safety',
    'a safety filter stopped the answer.',
    'maybe',
    'Describe the scene differently.',
    'no',
  ),
  IMAGE_SAFETY: ending('safety', 'the filter for finished images blocked this one.', 'maybe', SAFE),
  PROHIBITED_CONTENT: ending(
    'prohibited',
    'the content policy forbids what was asked for.',
    'maybe',
    'Change what it shows.',
    'no',
  ),
  IMAGE_PROHIBITED_CONTENT: ending(
    'prohibited',
    'the content policy forbids the image that was made.',
    'maybe',
    'Change what it shows.',
    'no',
  ),
  BLOCKLIST: ending('prohibited', 'a word in it is on the block list.', 'maybe', 'Reword it.', 'no'),
  SPII: ending(
    'prohibited',
    'it contains what looks like private details of a person.',
    'maybe',
    'Leave out names, numbers and addresses of real people.',
    'no',
  ),
  RECITATION: ending(
    'recitation',
    'the words came too close to an existing text.',
    'maybe',
    'Ask for something more original.',
  ),
  IMAGE_RECITATION: ending(
    'recitation',
    'it came too close to an existing work.',
    'maybe',
    'Ask for something more original.',
  ),
  LANGUAGE: ending('language', 'the model does not support this language.', 'maybe', 'Try English.', 'no'),
  IMAGE_OTHER: ending(
    'other',
    'the model stopped drawing, and the server gives no reason.',
    'maybe',
    REPHRASE,
  ),
  MALFORMED_RESPONSE: ending('other', 'the answer of the model was malformed.', 'maybe', 'Send it again.'),
  MALFORMED_FUNCTION_CALL: ending('other', 'the model called a tool wrongly.', 'maybe', TOOLS),
  UNEXPECTED_TOOL_CALL: ending('other', 'the model called a tool that it was not given.', 'maybe', TOOLS),
  TOO_MANY_TOOL_CALLS: ending('other', 'the model called tools again and again.', 'maybe', TOOLS),
  CONTINUATION: ending(
    'other',
    'the answer needs more than one call, and limn makes no second one by itself.',
    'yes',
    'Ask for less at once, or send it again.',
  ),
  OTHER: ending('other', 'the server gives no reason.', 'maybe', REPHRASE),
  FINISH_REASON_UNSPECIFIED: ending('other', 'the server gives no reason.', 'maybe', REPHRASE),
} as const satisfies Readonly<Record<string, Ending>>

function ending(
  kind: NothingKind,
  why: string,
  billed: FailureRow['billed'],
  next: string,
  again: FailureRow['again'] = 'asked',
): Ending {
  return { kind, signs: [], what: `${END}${why}`, billed, again, next }
}
