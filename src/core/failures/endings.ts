import type { FailureRow } from './row.ts'

/** Why an answer brought no image, in the words that sessions keep. */
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
const REPHRASE = 'Send it again, or word it another way.'

/** Answers that end as usual (finishReason STOP or none) and hold no image all the same. */
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
    signs: [{ when: 'an image part that is no base64, or bytes that are no image' }],
    what: `${END}what came as an image cannot be decoded.`,
    billed: 'yes',
    again: 'asked',
    next: 'Send it again.',
  },
} as const satisfies Readonly<Record<string, Ending>>

const SAFE = 'Nothing can be set against it; describe the scene another way.'
const TOOLS = 'limn gives the model no tool of that kind; send it again, or /model another one.'

/** An ending whose reason has no row: the server's word for it is quoted. */
export const UNNAMED_FINISH: Ending = {
  ...ending('other', '', 'maybe', REPHRASE),
  what: 'No image, and no reason that limn knows.',
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
    'Describe the scene another way.',
    'no',
  ),
  IMAGE_SAFETY: ending('safety', 'the filter on finished images held this one back.', 'maybe', SAFE),
  PROHIBITED_CONTENT: ending(
    'prohibited',
    'the content policy forbids this one.',
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
  BLOCKLIST: ending(
    'prohibited',
    'a word in it is on the block list.',
    'maybe',
    'Word it another way.',
    'no',
  ),
  SPII: ending(
    'prohibited',
    'it holds what looks like private details of a person.',
    'maybe',
    'Leave out names, numbers and addresses of real people.',
    'no',
  ),
  RECITATION: ending(
    'recitation',
    'the words came too close to an existing text.',
    'maybe',
    'Ask for something more your own.',
  ),
  IMAGE_RECITATION: ending(
    'recitation',
    'it came too close to an existing work.',
    'maybe',
    'Ask for something more your own.',
  ),
  LANGUAGE: ending('language', 'the model does not take this language.', 'maybe', 'Try English.', 'no'),
  IMAGE_OTHER: ending('other', 'drawing it stopped, for a reason that is not given.', 'maybe', REPHRASE),
  MALFORMED_RESPONSE: ending('other', 'the model lost the form of its answer.', 'maybe', 'Send it again.'),
  MALFORMED_FUNCTION_CALL: ending('other', 'the model called a tool wrongly.', 'maybe', TOOLS),
  UNEXPECTED_TOOL_CALL: ending('other', 'the model called a tool that it was not given.', 'maybe', TOOLS),
  TOO_MANY_TOOL_CALLS: ending('other', 'the model called tools without an end.', 'maybe', TOOLS),
  CONTINUATION: ending(
    'other',
    'the answer is longer than one call, and limn makes no second one unasked.',
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
