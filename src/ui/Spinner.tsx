import { Text } from 'ink'
import { useEffect, useState } from 'react'
import { cut } from '../text/wrap.ts'
import { theme } from './theme.ts'

const FRAMES = ['⠋', '⠙', '⠹', '⠸', '⠼', '⠴', '⠦', '⠧', '⠇', '⠏']

/** Milliseconds between two frames. */
const STEP = 125

type Props = {
  readonly since: Date
  /** The text after the spinner, for the whole seconds that have passed. */
  readonly text: (seconds: number) => string
  readonly columns: number
}

/** One row that shows that something is running, and for how long. */
export function Spinner({ since, text, columns }: Props) {
  const [tick, setTick] = useState(0)
  useEffect(() => {
    const timer = setInterval(() => setTick((now) => now + 1), STEP)
    return () => clearInterval(timer)
  }, [])
  const seconds = Math.max(0, Math.floor((Date.now() - since.getTime()) / 1000))
  return (
    <Text {...theme.accent} wrap="truncate-end">
      {cut(`${FRAMES[tick % FRAMES.length] ?? ''} ${text(seconds)}`, columns)}
    </Text>
  )
}
