import { Text } from 'ink'
import { useEffect, useState } from 'react'
import { cut } from '../text/wrap.ts'
import { theme } from './theme.ts'

const SIGNS = ['⠋', '⠙', '⠹', '⠸', '⠼', '⠴', '⠦', '⠧', '⠇', '⠏']

/** Milliseconds between two signs. */
const STEP = 125

type Props = {
  readonly since: Date
  /** The words behind the sign, by the whole seconds that have passed. */
  readonly text: (seconds: number) => string
  readonly columns: number
}

/** One row that shows that something goes on, and for how long. */
export function Spinner({ since, text, columns }: Props) {
  const [tick, setTick] = useState(0)
  useEffect(() => {
    const timer = setInterval(() => setTick((now) => now + 1), STEP)
    return () => clearInterval(timer)
  }, [])
  const seconds = Math.max(0, Math.floor((Date.now() - since.getTime()) / 1000))
  return (
    <Text {...theme.accent} wrap="truncate-end">
      {cut(`${SIGNS[tick % SIGNS.length] ?? ''} ${text(seconds)}`, columns)}
    </Text>
  )
}
