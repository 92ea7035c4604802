import type { Clock } from './clock.ts'

/** The clock and the random numbers of this machine. */
export const systemClock: Clock = {
  now: () => new Date(),
  chance: () => Math.random(),
  sleep: (seconds, signal) =>
    new Promise((done) => {
      const end = () => {
        clearTimeout(timer)
        signal.removeEventListener('abort', end)
        done()
      }
      const timer = setTimeout(end, seconds * 1000)
      signal.addEventListener('abort', end)
      if (signal.aborted) end()
    }),
}
