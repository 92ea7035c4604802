import { successor } from '../models/model-catalogue.ts'
import { BREAKS } from './connection-failures.ts'
import { type FailureRow, filled } from './failure-row.ts'
import { REFUSALS } from './http-failures.ts'

/** Every failure that a user can meet between a line and its image; each has a row in the table of failures. */
export type Failure =
  | { readonly kind: 'no-key' }
  | { readonly kind: 'bad-key' }
  | { readonly kind: 'leaked-key' }
  | { readonly kind: 'api-off'; readonly says: string }
  | { readonly kind: 'permission'; readonly says: string }
  | { readonly kind: 'no-credentials' }
  | { readonly kind: 'sign-in'; readonly says: string }
  | { readonly kind: 'place'; readonly says: string }
  | { readonly kind: 'signature'; readonly says: string }
  | { readonly kind: 'unsupported'; readonly says: string }
  | { readonly kind: 'unknown-field'; readonly says: string }
  | { readonly kind: 'bad-image'; readonly says: string }
  | { readonly kind: 'too-large'; readonly bytes: number | null }
  | { readonly kind: 'bad-setting'; readonly says: string }
  | { readonly kind: 'model-gone'; readonly model: string }
  | { readonly kind: 'no-billing' }
  | { readonly kind: 'no-quota'; readonly model: string }
  | { readonly kind: 'no-credit'; readonly says: string }
  /** `resets`: when the day of the quota ends, as an ISO time. */
  | { readonly kind: 'daily-quota'; readonly model: string; readonly resets: string }
  /** `seconds`: how long the server asks limn to wait. */
  | { readonly kind: 'rate-limit'; readonly seconds: number | null }
  | { readonly kind: 'overloaded' }
  | { readonly kind: 'deadline' }
  | { readonly kind: 'gateway' }
  | { readonly kind: 'internal'; readonly status: number }
  | { readonly kind: 'refused'; readonly status: number; readonly says: string }
  | { readonly kind: 'no-network'; readonly code: string }
  /** `to`: the address, without a query. */
  | { readonly kind: 'redirected'; readonly to: string }
  | { readonly kind: 'timed-out'; readonly seconds: number }
  | { readonly kind: 'cut-off'; readonly code: string }
  | { readonly kind: 'strange-answer'; readonly says: string }
  | { readonly kind: 'aborted' }
  | { readonly kind: 'no-answer' }
  | { readonly kind: 'over-budget' }
  /** An image of the session that should have been sent. */
  | { readonly kind: 'unreadable'; readonly says: string }
  | { readonly kind: 'disk'; readonly says: string }

const ROWS: Readonly<Record<Failure['kind'], FailureRow>> = { ...REFUSALS, ...BREAKS }

type FailureText = {
  readonly what: string
  readonly next: string
  /** True when the server may have made, and billed, an image that never came. */
  readonly maybeBilled: boolean
}

export function rowOf({ kind }: Failure): FailureRow {
  return ROWS[kind]
}

/** Where a sentence is read: at a prompt, where a key does something, or anywhere else. */
export type SentenceFor = 'at-a-prompt' | 'elsewhere'

/** What a user does to send the same line again. */
const SEND_AGAIN: Readonly<Record<SentenceFor, Readonly<Record<string, string>>>> = {
  'at-a-prompt': { tryAgain: 'Press Enter to try again', sendAgain: 'Press Enter to send it again' },
  elsewhere: { tryAgain: 'Try again', sendAgain: 'Send it again' },
}

/** What happened, in the user's words, and what to do next. `engine` is the id that a turn records. */
export function explain(failure: Failure, engine = '', reader: SentenceFor = 'at-a-prompt'): FailureText {
  const row = rowOf(failure)
  const words = engine === 'vertex' ? { ...row, ...row.vertex } : row
  const slots = { ...SEND_AGAIN[reader], ...slotsOf(failure) }
  return {
    what: filled(words.what, slots),
    next: filled(words.next, slots),
    maybeBilled: row.billed === 'maybe',
  }
}

/** What happened and whether it was billed, on one line, and what to do next on another. */
export function failureText(failure: Failure, engine = '', reader: SentenceFor = 'at-a-prompt'): string {
  const { what, next, maybeBilled } = explain(failure, engine, reader)
  const free = engine === 'practice'
  return `${what}${maybeBilled && !free ? ' It may have been billed.' : ''}\n${next}`
}

/** What replaces the braces of a row. */
function slotsOf(failure: Failure): Readonly<Record<string, string>> {
  switch (failure.kind) {
    case 'too-large':
      return {
        size:
          failure.bytes === null
            ? 'is too large for the server'
            : `would be ${megabytes(failure.bytes)}, and the server takes at most 100 MB`,
      }
    case 'daily-quota':
      return { model: failure.model, resets: clockTime(failure.resets) }
    case 'model-gone':
    case 'no-quota':
      return { model: failure.model, successor: successor(failure.model) }
    case 'rate-limit':
      return {
        wait:
          failure.seconds === null
            ? ' for the quota of this project'
            : `: the server asks for a wait of ${duration(failure.seconds)}`,
      }
    case 'timed-out':
      return { time: duration(failure.seconds) }
    case 'internal':
      return { status: String(failure.status) }
    case 'refused':
      return { status: String(failure.status), says: quoted(failure.says) }
    case 'no-network':
    case 'cut-off':
      return { code: failure.code }
    case 'redirected':
      return { to: failure.to }
    case 'disk':
      return { words: failure.says }
    case 'api-off':
    case 'permission':
    case 'sign-in':
    case 'place':
    case 'signature':
    case 'unsupported':
    case 'unknown-field':
    case 'bad-image':
    case 'bad-setting':
    case 'no-credit':
    case 'strange-answer':
    case 'unreadable':
      return { says: quoted(failure.says) }
    case 'no-key':
    case 'bad-key':
    case 'leaked-key':
    case 'no-credentials':
    case 'no-billing':
    case 'overloaded':
    case 'deadline':
    case 'gateway':
    case 'aborted':
    case 'no-answer':
    case 'over-budget':
      return {}
  }
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

/** `09:00 CET`: on the user's clock, with the name of its zone. */
function clockTime(iso: string): string {
  const format = { hour: '2-digit', minute: '2-digit', timeZoneName: 'short' } as const
  return new Intl.DateTimeFormat('en-GB', format).format(new Date(iso))
}

export function megabytes(bytes: number): string {
  return `${(bytes / 1_000_000).toFixed(bytes < 10_000_000 ? 1 : 0)} MB`
}
