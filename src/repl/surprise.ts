import { problemOf, type TaskProblem } from '../core/line/part-outcome.ts'
import type { Place } from '../host/place.ts'

/** What nobody expected, as the problem that is told; `LIMN_DEBUG=1` tells where it came from. */
export function surprise(error: unknown, { env }: Place): TaskProblem {
  const text = error instanceof Error ? error.message : String(error)
  const details = env.LIMN_DEBUG === '1' && error instanceof Error ? `\n${error.stack}` : ''
  return problemOf(`${text}${details}`)
}
