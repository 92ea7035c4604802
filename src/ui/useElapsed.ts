import { useEffect, useState } from 'react'

const FRAMES = ['⠋', '⠙', '⠹', '⠸', '⠼', '⠴', '⠦', '⠧', '⠇', '⠏']

/** Milliseconds between two frames of the spinner. */
const STEP = 125

/** A spinner's sign and the whole seconds since a moment; nothing ticks while there is no moment. */
export function useElapsed(since: Date | null): { readonly sign: string; readonly seconds: number } {
  const [tick, setTick] = useState(0)
  useEffect(() => {
    if (!since) return
    const timer = setInterval(() => setTick((now) => now + 1), STEP)
    return () => clearInterval(timer)
  }, [since])
  const seconds = since ? Math.max(0, Math.floor((Date.now() - since.getTime()) / 1000)) : 0
  return { sign: FRAMES[tick % FRAMES.length] ?? '', seconds }
}
