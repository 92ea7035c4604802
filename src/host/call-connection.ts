import { AsyncLocalStorage } from 'node:async_hooks'

/** Fails the call whose connection is being served right now. */
const serving = new AsyncLocalStorage<(error: unknown) => void>()

/** Opens the connection of one call; `fail` ends that call with an error. */
export function onOwnConnection<T>(fail: (error: unknown) => void, open: () => T): T {
  return serving.run(fail, open)
}

/**
 * Handles an uncaught error: if it was thrown while the connection of a call was served, only that call fails with it.
 * False when it came from anywhere else.
 */
export function failServedCall(error: unknown): boolean {
  const fail = serving.getStore()
  fail?.(error)
  return fail !== undefined
}
