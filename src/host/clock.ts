/** Time, sleep and chance. The entry point makes the real one; the core and tests use no other. */
export type Clock = {
  now(): Date
  /** Resolves early, without an error, when the signal is aborted. */
  sleep(seconds: number, signal: AbortSignal): Promise<void>
  /** 0 to 1. */
  chance(): number
}
