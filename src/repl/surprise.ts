import { type Notice, say } from '../core/event.ts'
import type { Place } from '../host/place.ts'

/** What nobody expected, as it is told; `LIMN_DEBUG=1` tells where it came from. */
export function surprise(error: unknown, { env }: Place): Notice {
  const text = error instanceof Error ? error.message : String(error)
  const details = env.LIMN_DEBUG === '1' && error instanceof Error ? `\n${error.stack}` : ''
  return say(`${text}${details}`, 'bad')
}
