import { type Answer, type Event, say } from '../core/event.ts'
import { duration, type Failure, tell } from '../core/failures/failure.ts'
import type { Called } from '../gemini/chat.ts'
import type { Context } from './context.ts'
import { TRIES, waitBefore } from './retry-policy.ts'

/** Seconds. Longer than this a quota of jobs is full, which hours empty, and no waiting. */
const PATIENCE = 60

/** A call that is made again where that costs nothing, each time said. */
export async function* callAgain<T>(
  call: () => Promise<Called<T>>,
  { clock, signal }: Pick<Context, 'clock' | 'signal'>,
): AsyncGenerator<Event, Called<T>, Answer> {
  for (let tried = 1; ; tried++) {
    const called = await call()
    const wait = called.ok ? undefined : waitFor(called.failure, tried, clock.chance())
    if (called.ok || wait === undefined) return called
    yield say(`${tell(called.failure).what} Try ${tried + 1} of ${TRIES} in ${duration(wait)}.`, 'warning')
    await clock.sleep(wait, signal)
    if (signal.aborted) return { ok: false, failure: { kind: 'aborted' } }
  }
}

function waitFor(failure: Failure, tries: number, chance: number): number | undefined {
  if (failure.kind !== 'rate-limit') return waitBefore(failure, { tries, limits: 0, waited: 0 }, chance)
  const { seconds } = failure
  return seconds === null || seconds > PATIENCE || tries >= TRIES ? undefined : seconds + chance
}
