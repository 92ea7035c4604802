import { successor } from './model.ts'

/** Every failure that a user can meet between a line and its image. */
export type Failure =
  | { readonly kind: 'no-key' }
  | { readonly kind: 'bad-key' }
  | { readonly kind: 'no-billing' }
  | { readonly kind: 'rate-limit'; readonly seconds: number | null }
  | { readonly kind: 'overloaded' }
  | { readonly kind: 'internal'; readonly status: number }
  | { readonly kind: 'model-gone'; readonly model: string }
  | { readonly kind: 'permission'; readonly says: string }
  | { readonly kind: 'place'; readonly says: string }
  | { readonly kind: 'too-large'; readonly bytes: number | null }
  | { readonly kind: 'bad-image'; readonly says: string }
  | { readonly kind: 'signature'; readonly says: string }
  | { readonly kind: 'unknown-field'; readonly says: string }
  | { readonly kind: 'refused'; readonly status: number; readonly says: string }
  | { readonly kind: 'no-network'; readonly code: string }
  | { readonly kind: 'timed-out'; readonly seconds: number }
  | { readonly kind: 'cut-off'; readonly code: string }
  | { readonly kind: 'strange-answer'; readonly says: string }
  | { readonly kind: 'aborted' }
  | { readonly kind: 'no-answer' }
  | { readonly kind: 'disk'; readonly says: string }
  /** An image of the session that should have gone out. */
  | { readonly kind: 'unreadable'; readonly says: string }

type Told = {
  readonly what: string
  readonly next: string
  /** True when the server may have made, and billed, an image that never came. */
  readonly maybeBilled: boolean
}

/** What happened, in the user's words, and what to do next. */
export function tell(failure: Failure): Told {
  switch (failure.kind) {
    case 'no-key':
      return told('There is no API key for Gemini.', '/key connects one; your line is kept.')
    case 'bad-key':
      return told('Google does not know this API key.', '/key sets another, and tells where keys come from.')
    case 'no-billing':
      return told(
        'This key has no paid plan, and no image model is in the free tier.',
        'Turn billing on for its project in AI Studio, then send the line again.',
      )
    case 'rate-limit':
      return told(
        failure.seconds === null
          ? 'Too many requests for the quota of this project.'
          : `Too many requests: the server asks to wait ${duration(failure.seconds)}.`,
        'Wait, then press Enter to send it again, or /model another one: quotas are counted by model.',
      )
    case 'overloaded':
      return told(
        'The model is overloaded at the moment.',
        'Press Enter to try again, or /model another one.',
      )
    case 'internal':
      return told(
        `The server had an error of its own (${failure.status}).`,
        'Press Enter to try again; if it stays, try other words, a smaller /set size or another model.',
        true,
      )
    case 'model-gone':
      return told(
        `The server has no model ${failure.model}.`,
        `It may be retired: /model ${successor(failure.model)} takes its place.`,
      )
    case 'permission':
      return told(
        `This key may not do that${quoted(failure.says)}.`,
        'Check in AI Studio that the key is not restricted to other APIs, or set another with /key.',
      )
    case 'place':
      return told(
        `Google does not serve this project from here, or its billing is off${quoted(failure.says)}.`,
        'Turn billing on in AI Studio, or use a project of another region.',
      )
    case 'too-large':
      return told(
        failure.bytes === null
          ? 'The request is too large for the server.'
          : `The request would be ${megabytes(failure.bytes)}, and the server takes 100 MB.`,
        'Remove references (/ref list), or lower /set history.',
      )
    case 'bad-image':
      return told(
        `The server cannot read an image of this request${quoted(failure.says)}.`,
        'Look at /ref list, or go back with /undo.',
      )
    case 'signature':
      return told(
        `The server does not take its own earlier answers back${quoted(failure.says)}.`,
        'Send the line again: limn then starts a fresh chat from the current image.',
      )
    case 'unknown-field':
      return told(
        `The server does not know a part of this request${quoted(failure.says)}.`,
        'If GOOGLE_GEMINI_BASE_URL names another server, it may speak an older version of the protocol.',
      )
    case 'refused':
      return told(
        `The server refused the request (${failure.status})${quoted(failure.says)}.`,
        'Change the line or the settings (/set) and send it again.',
      )
    case 'no-network':
      return told(
        `No connection to the server (${failure.code}).`,
        'Check the network, then press Enter to send it again.',
      )
    case 'timed-out':
      return told(
        `No answer within ${duration(failure.seconds)}.`,
        'Press Enter to send it again; /set timeout gives it longer.',
        true,
      )
    case 'cut-off':
      return told(
        `The connection broke before the answer had come (${failure.code}).`,
        'Press Enter to send it again.',
        true,
      )
    case 'strange-answer':
      return told(
        `The answer is not one that limn can read${quoted(failure.says)}.`,
        'Press Enter to send it again; LIMN_DEBUG=1 shows the details.',
        true,
      )
    case 'aborted':
      return told('The call was cut.', 'Press Enter to send it again.', true)
    case 'no-answer':
      return told('limn ended before the answer came.', 'Press Enter to send it again.', true)
    case 'unreadable':
      return told(
        `An image that belongs in this request cannot be read${quoted(failure.says)}.`,
        'Nothing was sent. Go to another version with /goto, or look at /ref list.',
      )
    case 'disk':
      return told(failure.says, 'Make room or check the permissions, then send the line again.', true)
  }
}

/** Both halves and the bill, on one line each. */
export function failureText(failure: Failure, free = false): string {
  const { what, next, maybeBilled } = tell(failure)
  return `${what}${maybeBilled && !free ? ' It may have been billed.' : ''}\n${next}`
}

function told(what: string, next: string, maybeBilled = false): Told {
  return { what, next, maybeBilled }
}

function quoted(says: string): string {
  const words = says.trim().replace(/\s+/g, ' ')
  if (words === '') return ''
  return `: "${words.length > 200 ? `${words.slice(0, 199)}…` : words}"`
}

/** `37 s`, `5 min`, `2 h`. */
export function duration(seconds: number): string {
  if (seconds < 100) return `${Math.ceil(seconds)} s`
  return seconds < 5400 ? `${Math.round(seconds / 60)} min` : `${Math.round(seconds / 3600)} h`
}

export function megabytes(bytes: number): string {
  return `${(bytes / 1_000_000).toFixed(bytes < 10_000_000 ? 1 : 0)} MB`
}
