/** Time, sleep and chance, as the door gives them; the core and tests have no others. */
export type Clock = {
  now(): Date
  /** Resolves early, without an error, when the signal is aborted. */
  sleep(seconds: number, signal: AbortSignal): Promise<void>
  /** 0 to 1. */
  chance(): number
}
