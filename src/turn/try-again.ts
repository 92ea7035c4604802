import type { Answer, Event } from '../core/event.ts'
import { say } from '../core/event.ts'
import { duration, explain, type Failure } from '../core/failures/failure.ts'
import type { Called } from '../gemini/chat.ts'
import type { Context } from './context.ts'
import { CALL_POLICY, FIRST_TRY, nextTry, type RetryPolicy, TRIES, waitBefore } from './retry-policy.ts'

/** The outcome of one try. */
export type Attempt<T> =
  /** Final: nothing more is sent. */
  | { readonly kind: 'over'; readonly result: Called<T> }
  /** Sent again if it was not billed. */
  | { readonly kind: 'failed'; readonly failure: Failure }
  /** The request has been changed: it is sent at once, and does not count as a try. */
  | { readonly kind: 'changed' }

/** A failed request, before it is sent again. */
export type Pause = {
  readonly failure: Failure
  readonly seconds: number
  /** What happens then, to be followed by the time: `Continues`, `Try 2 of 4`. */
  readonly next: string
}

type RetryOptions = {
  readonly policy: RetryPolicy
  readonly clock: Pick<Context['clock'], 'chance'>
  /** Waits and shows it; false when the request must not be sent again after all. */
  pause(pause: Pause): AsyncGenerator<Event, boolean, Answer>
}

/** The one retry loop. It shows every retry, and repeats only what the server refused or what never reached it. */
export async function* tryAgain<T>(
  attempt: () => AsyncGenerator<Event, Attempt<T>, Answer>,
  { policy, clock, pause }: RetryOptions,
): AsyncGenerator<Event, Called<T>, Answer> {
  let tried = FIRST_TRY
  for (;;) {
    const outcome = yield* attempt()
    if (outcome.kind === 'over') return outcome.result
    if (outcome.kind === 'changed') continue
    const { failure } = outcome
    const seconds = waitBefore(failure, tried, clock.chance(), policy)
    if (seconds === undefined) return { ok: false, failure }
    tried = nextTry(failure, tried, seconds)
    const next = failure.kind === 'rate-limit' ? 'Continues' : `Try ${tried.tries} of ${TRIES}`
    if (!(yield* pause({ failure, seconds, next }))) return { ok: false, failure }
  }
}

/** Makes a call with retries; each wait is shown once. */
export async function* callAgain<T>(
  call: () => Promise<Called<T>>,
  { clock, signal }: Pick<Context, 'clock' | 'signal'>,
): AsyncGenerator<Event, Called<T>, Answer> {
  const called = yield* tryAgain<T>(
    async function* () {
      // Makes this a generator; it has no events of its own.
      yield* []
      const result = await call()
      return result.ok ? { kind: 'over', result } : { kind: 'failed', failure: result.failure }
    },
    {
      policy: CALL_POLICY,
      clock,
      async *pause({ failure, seconds, next }) {
        yield say(`${explain(failure).what} ${next} in ${duration(seconds)}.`, 'warning')
        await clock.sleep(seconds, signal)
        return !signal.aborted
      },
    },
  )
  return signal.aborted && !called.ok ? { ok: false, failure: { kind: 'aborted' } } : called
}
