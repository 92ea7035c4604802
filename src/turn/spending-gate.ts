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
  if (!(yield* mayCost(prices, calls, context))) return []
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

/** Asks before a line that is dearer than the user wants to pay unasked, or whose price nobody knows. */
async function* mayCost(
  prices: readonly Price[],
  calls: readonly Prompt[],
  { settings, asks }: Context,
): Gate<boolean> {
  const price = together(prices)
  const { askAbove } = settings.values
  const images = prices.length === 1 ? '' : ` for ${prices.length} images`
  if (price === 'free' || (price === 'unknown' && askAbove === 'off')) return true
  if (price !== 'unknown' && (askAbove === 'off' || price.usual <= askAbove)) {
    if (images !== '') yield say(`About ${dollars(price.usual)}${images}.`)
    return true
  }
  const cost =
    price === 'unknown'
      ? `nobody knows what this line costs, ${countOf(calls)}: limn has no price for ${unpriced(prices, calls)}`
      : `this line costs about ${dollars(price.usual)}${images}, and at most ${dollars(price.most)}`
  const limit = askAbove === 'off' ? '' : limitText(askAbove)
  if (asks) {
    if (yield* agreed(`${sentence(cost)}. limn asks above ${limit} (/set askAbove). Send it?`)) return true
    yield { type: 'unpaid', text: 'Not sent.' }
    return false
  }
  const text = `Not sent: ${cost}, and above ${limit} limn asks first (/set askAbove). --yes sends it unasked.`
  yield { type: 'unpaid', text }
  return false
}

function countOf({ length }: readonly Prompt[]): string {
  return length === 1 ? 'one call' : `${length} calls`
}

/** The models whose calls have no price. */
function unpriced(prices: readonly Price[], calls: readonly Prompt[]): string {
  const names = calls.flatMap(({ settings: { model } }, index) =>
    prices[index] === 'unknown' ? [model] : [],
  )
  return [...new Set(names)].join(', ')
}

async function* agreed(text: string): Gate<boolean> {
  return (yield { type: 'ask', question: { kind: 'yes-no', text, default: false } }) === true
}
