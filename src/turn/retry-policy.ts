import { type Failure, rowOf } from '../core/failures/failure.ts'

/** Tries of one request, the first included. One that a rate limit turned away is none: it stood in line. */
export const TRIES = 4

export type RetryPolicy = {
  /** Seconds that one request waits for rate limits in all, before it is the user's to send again. */
  readonly patience: number
  /** A rate limit that names no time is waited for as well, longer each time. */
  readonly guesses: boolean
}

/** A line of the user's. */
export const TURN_POLICY: RetryPolicy = { patience: 600, guesses: true }

/** Any other call. A quota of jobs that is full names no time: hours empty it, and no waiting. */
export const CALL_POLICY: RetryPolicy = { patience: 60, guesses: false }

/** What has become of a request so far. */
export type Tried = {
  /** The try that has just failed: 1 is the first. */
  readonly tries: number
  /** How often a rate limit has turned it away before. */
  readonly limits: number
  /** Seconds that it was told to wait for them. */
  readonly waited: number
}

export const FIRST_TRY: Tried = { tries: 1, limits: 0, waited: 0 }

/**
 * Seconds to wait before the same request goes out again, or undefined when it must not go out unasked. Only what
 * the server turned away and what never reached it is tried again: anything else may have been billed.
 *
 * @param chance 0 to 1: spreads the clients that failed together
 */
export function waitBefore(
  failure: Failure,
  { tries, limits, waited }: Tried,
  chance: number,
  { patience, guesses }: RetryPolicy,
): number | undefined {
  if (rowOf(failure).again !== 'unasked') return undefined
  // Sent again as something else, at once: without signatures, then as a fresh chat.
  if (failure.kind === 'signature') return undefined
  if (failure.kind === 'rate-limit') {
    if (failure.seconds === null && !guesses) return undefined
    // A server that asks for a short time again and again is given a longer one each time.
    const seconds = Math.max(failure.seconds ?? 0, 2 ** limits) + chance
    return waited + seconds > patience ? undefined : seconds
  }
  return tries >= TRIES ? undefined : 2 ** (tries - 1) * (0.75 + chance / 2)
}

/** When it goes out again after a wait of so many seconds. */
export function nextTry({ kind }: Failure, tried: Tried, seconds: number): Tried {
  return kind === 'rate-limit'
    ? { ...tried, limits: tried.limits + 1, waited: tried.waited + seconds }
    : { ...tried, tries: tried.tries + 1 }
}
