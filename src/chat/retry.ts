import type { Failure } from '../core/failure.ts'

/** Tries of one line, the first included. */
export const TRIES = 4

/** A longer wait than this is the user's to decide on, in seconds. */
const PATIENCE = 40

/**
 * Seconds to wait before the same request goes out again, or undefined when it must not go out unasked. Only what
 * the server turned away and what never reached it is tried again: anything else may have been billed.
 *
 * @param tried how often it has been sent already
 * @param chance 0 to 1: spreads the clients that failed together
 */
export function waitBefore(failure: Failure, tried: number, chance: number): number | undefined {
  if (tried >= TRIES) return undefined
  switch (failure.kind) {
    case 'rate-limit':
      if (failure.seconds === null || failure.seconds > PATIENCE) return undefined
      return failure.seconds + chance
    case 'overloaded':
    case 'no-network':
      return 2 ** (tried - 1) * (0.75 + chance / 2)
    default:
      return undefined
  }
}
