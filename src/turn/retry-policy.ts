import { type Failure, rowOf } from '../core/failures/failure.ts'

/** Tries of one request, including the first. One that a rate limit refused does not count: it waited its turn. */
export const TRIES = 4

export type RetryPolicy = {
  /** Seconds that one request waits for rate limits in total; after that, the user has to send it again. */
  readonly maxWait: number
  /** Also wait for a rate limit that names no time, longer each time. */
  readonly guesses: boolean
}

/** For a line of the user. */
export const TURN_POLICY: RetryPolicy = { maxWait: 600, guesses: true }

/** For any other call. A full quota of jobs names no time: it takes hours to empty, so waiting does not help. */
export const CALL_POLICY: RetryPolicy = { maxWait: 60, guesses: false }

/** The tries of a request so far. */
export type Tried = {
  /** The number of the try that has just failed: 1 is the first. */
  readonly tries: number
  /** How often a rate limit has refused it before. */
  readonly limits: number
  /** Seconds that it has waited for rate limits. */
  readonly waited: number
}

export const FIRST_TRY: Tried = { tries: 1, limits: 0, waited: 0 }

/**
 * Seconds to wait before the same request is sent again, or undefined when only the user may send it again. Only a
 * request that the server refused or that never reached it is tried again: any other may have been billed.
 *
 * @param chance 0 to 1: spreads clients that failed together
 */
export function waitBefore(
  failure: Failure,
  { tries, limits, waited }: Tried,
  chance: number,
  { maxWait, guesses }: RetryPolicy,
): number | undefined {
  if (rowOf(failure).again !== 'unasked') return undefined
  // Another request is sent at once instead: without signatures, then as a fresh chat.
  if (failure.kind === 'signature') return undefined
  if (failure.kind === 'rate-limit') {
    if (failure.seconds === null && !guesses) return undefined
    // When a server keeps asking for a short wait, wait longer each time.
    const seconds = Math.max(failure.seconds ?? 0, 2 ** limits) + chance
    return waited + seconds > maxWait ? undefined : seconds
  }
  return tries >= TRIES ? undefined : 2 ** (tries - 1) * (0.75 + chance / 2)
}

/** The state after a wait of so many seconds, when the request is sent again. */
export function nextTry({ kind }: Failure, tried: Tried, seconds: number): Tried {
  return kind === 'rate-limit'
    ? { ...tried, limits: tried.limits + 1, waited: tried.waited + seconds }
    : { ...tried, tries: tried.tries + 1 }
}
