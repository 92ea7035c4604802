import type { Answer, Event } from '../core/event.ts'
import { say } from '../core/event.ts'
import { duration, type Failure, tell } from '../core/failures/failure.ts'
import type { Called } from '../gemini/chat.ts'
import type { Context } from './context.ts'
import { CALL_POLICY, FIRST_TRY, nextTry, type RetryPolicy, TRIES, waitBefore } from './retry-policy.ts'

/** What came of one try. */
export type Attempt<T> =
  /** Nothing more is sent. */
  | { readonly kind: 'over'; readonly result: Called<T> }
  /** Sent again where that costs nothing. */
  | { readonly kind: 'failed'; readonly failure: Failure }
  /** What is sent next is something else: it goes at once, and is no try. */
  | { readonly kind: 'changed' }

/** A request that has failed, before it goes out again. */
export type Pause = {
  readonly failure: Failure
  readonly seconds: number
  /** What it does then, with the time to come behind it: `Goes on`, `Try 2 of 4`. */
  readonly next: string
}

type RetryOptions = {
  readonly policy: RetryPolicy
  readonly clock: Pick<Context['clock'], 'chance'>
  /** Waits in sight; false when it is not to go out again after all. */
  pause(pause: Pause): AsyncGenerator<Event, boolean, Answer>
}

/** The one loop that sends again: each time said, and only what the server turned away or what never reached it. */
export async function* tryAgain<T>(
  attempt: () => AsyncGenerator<Event, Attempt<T>, Answer>,
  { policy, clock, pause }: RetryOptions,
): AsyncGenerator<Event, Called<T>, Answer> {
  let tried = FIRST_TRY
  for (;;) {
    const came = yield* attempt()
    if (came.kind === 'over') return came.result
    if (came.kind === 'changed') continue
    const { failure } = came
    const seconds = waitBefore(failure, tried, clock.chance(), policy)
    if (seconds === undefined) return { ok: false, failure }
    tried = nextTry(failure, tried, seconds)
    const next = failure.kind === 'rate-limit' ? 'Goes on' : `Try ${tried.tries} of ${TRIES}`
    if (!(yield* pause({ failure, seconds, next }))) return { ok: false, failure }
  }
}

/** A call of which each wait is said once. */
export async function* callAgain<T>(
  call: () => Promise<Called<T>>,
  { clock, signal }: Pick<Context, 'clock' | 'signal'>,
): AsyncGenerator<Event, Called<T>, Answer> {
  const called = yield* tryAgain<T>(
    async function* () {
      // It has nothing to say of its own.
      yield* []
      const result = await call()
      return result.ok ? { kind: 'over', result } : { kind: 'failed', failure: result.failure }
    },
    {
      policy: CALL_POLICY,
      clock,
      async *pause({ failure, seconds, next }) {
        yield say(`${tell(failure).what} ${next} in ${duration(seconds)}.`, 'warning')
        await clock.sleep(seconds, signal)
        return !signal.aborted
      },
    },
  )
  return signal.aborted && !called.ok ? { ok: false, failure: { kind: 'aborted' } } : called
}
