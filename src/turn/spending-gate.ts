import { type Answer, type Event, say } from '../core/event.ts'
import { dollars, limitText } from '../core/money/call-cost.ts'
import { type Price, together } from '../core/money/forecast.ts'
import type { Prompt } from '../core/session/session.ts'
import type { Call } from '../store/ledger/ledger-lines.ts'
import type { Context } from './context.ts'
import { priceOf } from './meter.ts'
import { overBudget, sentence } from './over-budget.ts'
import { type ReservedCall, reserve } from './reserved-call.ts'

type Gate<T> = AsyncGenerator<Event, T, Answer>

/**
 * The one gate, which every call passes before it is sent: all calls of a line are priced together, then each is held
 * against the budgets. Gives those that may go; the others are not sent, which has then been said.
 */
export async function* passSpendingGate(
  calls: readonly Prompt[],
  context: Context,
): Gate<readonly ReservedCall[]> {
  const prices = calls.map((prompt) => priceOf(context.session, prompt, context))
  if (!(yield* mayCost(prices, context))) return []
  const held: ReservedCall[] = []
  const passed: { readonly permit: ReservedCall; readonly why: string }[] = []
  for (const [index, prompt] of calls.entries()) {
    const permit = reserve(prompt, prices[index] ?? 'unknown', context)
    const why = yield* overBudget(permit, context)
    if (why === undefined) held.push(permit)
    else {
      // What does not go does not count, and what is smaller may still fit.
      permit.release()
      passed.push({ permit, why })
    }
  }
  const [first] = passed
  if (!first) return held
  const some = held.length === 0 ? '' : ` ${held.length} of the ${calls.length} calls still fit in.`
  if (!context.asks) {
    for (const permit of held) permit.release()
    yield { type: 'unpaid', text: `Not sent: ${first.why}. /budget off, or a higher one, lets it go.` }
    return []
  }
  const rest =
    held.length === 0
      ? 'it all the same'
      : passed.length === 1
        ? 'the other one too'
        : `the other ${passed.length} too`
  if (yield* agreed(`${sentence(first.why)}.${some} Send ${rest}?`)) {
    return [...held, ...passed.map(({ permit }) => reserve(permit.prompt, permit.price, context, true))]
  }
  const what =
    held.length === 0
      ? 'Not sent'
      : `${passed.length} of ${calls.length} calls ${passed.length === 1 ? 'was' : 'were'} not sent`
  yield { type: 'unpaid', text: `${what}, for the budget.` }
  return held
}

/**
 * When a call is in the ledger, and before it goes out: what has come since it was allowed, in another limn or in this
 * one, may have used the budget up. `again`: it has gone out before.
 */
export async function* checkBeforeSending(
  { permit, call, again }: { permit: ReservedCall; call: Call | undefined; again: boolean },
  context: Context,
): Gate<boolean> {
  const { agreed: isAgreed, held } = permit
  if (isAgreed || !call || !held) return true
  // Lines behind it are still being asked about, when it goes out for the first time.
  const why = yield* overBudget(permit, context, again ? { call } : { call, held })
  if (why === undefined) return true
  const anew = again ? ' again' : ''
  if (context.asks && (yield* agreed(`${sentence(why)}. Send it${anew} all the same?`))) return true
  yield { type: 'unpaid', text: `Not sent${anew}: ${why}.` }
  return false
}

/** Asks before a line that is dearer than the user wants to pay unasked. */
async function* mayCost(prices: readonly Price[], { settings, asks }: Context): Gate<boolean> {
  const price = together(prices)
  const { askAbove } = settings.values
  const calls = prices.length === 1 ? '' : ` for ${prices.length} images`
  if (price === 'unknown' || price === 'free') return true
  if (askAbove === 'off' || price.usual <= askAbove) {
    if (calls !== '') yield say(`About ${dollars(price.usual)}${calls}.`)
    return true
  }
  const cost = `this line costs about ${dollars(price.usual)}${calls}, and at most ${dollars(price.most)}`
  if (asks) {
    if (yield* agreed(`${sentence(cost)}. limn asks above ${limitText(askAbove)} (/set askAbove). Send it?`))
      return true
    yield { type: 'unpaid', text: 'Not sent.' }
    return false
  }
  const text = `Not sent: ${cost}, and above ${limitText(askAbove)} limn asks first (/set askAbove). --yes sends it unasked.`
  yield { type: 'unpaid', text }
  return false
}

async function* agreed(text: string): Gate<boolean> {
  return (yield { type: 'ask', question: { kind: 'yes-no', text, default: false } }) === true
}
