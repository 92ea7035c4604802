import { type Failure, rowOf } from '../core/failures/failure.ts'

/** Tries of one line, the first included. A request that a rate limit turned away is none: it stood in line. */
export const TRIES = 4

/** Seconds that one line waits for rate limits in all, before it is the user's to send again. */
const PATIENCE = 600

/** What has become of a line so far. */
export type Tried = {
  /** The try that has just failed: 1 is the first. */
  readonly tries: number
  /** How often a rate limit has turned it away before. */
  readonly limits: number
  /** Seconds that it was told to wait for them. */
  readonly waited: number
}

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
): number | undefined {
  if (rowOf(failure).again !== 'unasked') return undefined
  // Sent again as something else, at once: without signatures, then as a fresh chat.
  if (failure.kind === 'signature') return undefined
  if (failure.kind === 'rate-limit') {
    // A server that asks for a short time again and again is given a longer one each time.
    const seconds = Math.max(failure.seconds ?? 0, 2 ** limits) + chance
    return waited + seconds > PATIENCE ? undefined : seconds
  }
  return tries >= TRIES ? undefined : 2 ** (tries - 1) * (0.75 + chance / 2)
}
