import { useSyncExternalStore } from 'react'
import type { Repl } from '../repl/repl.ts'
import type { Screen } from '../repl/screen.ts'

/** The live state of the road; null until it is built, while keys are taken already. */
export function useScreen(repl: Repl | null): Screen | null {
  return useSyncExternalStore(repl ? repl.live.subscribe : never, () => repl?.live.value ?? null)
}

function never(): () => void {
  return () => {}
}
