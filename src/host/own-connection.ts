import { AsyncLocalStorage } from 'node:async_hooks'

/** What ends the call whose connection is being served right now. */
const serving = new AsyncLocalStorage<(error: unknown) => void>()

/** Opens the connection of one call; `fail` ends that call with an error. */
export function onItsOwnConnection<T>(fail: (error: unknown) => void, open: () => T): T {
  return serving.run(fail, open)
}

/**
 * For an error that nobody has caught: when it was thrown while the connection of a call was served, that call fails
 * with it and nothing else does. False when it comes from anywhere else.
 */
export function failItsCall(error: unknown): boolean {
  const fail = serving.getStore()
  fail?.(error)
  return fail !== undefined
}
