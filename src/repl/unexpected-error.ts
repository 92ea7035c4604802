import { problemOf, type TaskProblem } from '../core/line/part-outcome.ts'
import type { Place } from '../host/place.ts'

/** An unexpected error as a problem; with `LIMN_DEBUG=1` it includes the stack. */
export function surprise(error: unknown, { env }: Place): TaskProblem {
  const text = error instanceof Error ? error.message : String(error)
  const details = env.LIMN_DEBUG === '1' && error instanceof Error ? `\n${error.stack}` : ''
  return problemOf(`${text}${details}`)
}
