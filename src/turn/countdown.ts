import { type Event, progress } from '../core/event.ts'
import { duration } from '../core/failures/failure.ts'
import { stateOf } from './chat-state.ts'
import type { Context } from './context.ts'

type WaitContext = Pick<Context, 'clock' | 'released' | 'signal' | 'chat'>

/** Shows a countdown of these seconds; Esc ends it early. */
export async function* countdown(seconds: number, text: string, turn: string, context: WaitContext) {
  yield* showWait(turn, text, context, (passed) => ({ left: seconds - passed, more: '' }))
}

/** Waits in the rate-limit line of a model. Gives the seconds that are left when Esc ends it early, else 0. */
export async function* waitForRateLimit(
  model: string,
  text: string,
  turn: string,
  context: WaitContext,
): AsyncGenerator<Event, number, unknown> {
  const { clock, chat } = context
  const place = stateOf(chat).rateLimitLine.join(model)
  try {
    yield* showWait(turn, text, context, () => {
      const before = place.before()
      return { left: place.left(clock.now()), more: before === 0 ? '' : ` · ${before} ahead of it` }
    })
    return place.left(clock.now())
  } finally {
    place.leave(clock.now())
  }
}

type Left = { readonly left: number; readonly more: string }

async function* showWait(
  turn: string,
  text: string,
  { clock, released, signal }: WaitContext,
  rest: (passed: number) => Left,
): AsyncGenerator<Event, void, unknown> {
  const stop = AbortSignal.any([released, signal])
  let passed = 0
  for (let now = rest(passed); now.left > 0 && !stop.aborted; now = rest(passed)) {
    yield progress(turn, `${text} in ${duration(now.left)}${now.more} · Esc stops`, passed > 0)
    const step = Math.min(1, now.left)
    await clock.sleep(step, stop)
    passed += step
  }
  // Clear the countdown: from here on Esc continues the turn in the background.
  if (passed > 0) yield progress(turn, '')
}
