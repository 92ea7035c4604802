import { type Answer, type Event, say } from '../core/event.ts'
import type { NotSent } from '../core/line/part-outcome.ts'
import { dollars, limitText } from '../core/money/call-cost.ts'
import { type Price, together } from '../core/money/forecast.ts'
import type { Prompt } from '../core/session/session.ts'
import type { Call } from '../store/ledger/ledger-lines.ts'
import type { Context } from './context.ts'
import { priceOf } from './meter.ts'
import { asSentence, overBudget } from './over-budget.ts'
import { type ReservedCall, reserve } from './reserved-call.ts'

type Gate<T> = AsyncGenerator<Event, T, Answer>

/** What the gate says of one call. */
export type Gated =
  | { readonly goes: true; readonly call: ReservedCall }
  | { readonly goes: false; readonly why: NotSent }

/**
 * The one gate, which every call passes before it is sent: all calls of a line are priced together, then each is held
 * against the budgets. Gives what becomes of each, in order; what is not sent has then been said.
 */
export async function* passSpendingGate(calls: readonly Prompt[], context: Context): Gate<readonly Gated[]> {
  const prices = calls.map((prompt) => priceOf(context.session, prompt, context))
  const dear = yield* mayCost(prices, calls, context)
  if (dear) return calls.map(() => ({ goes: false, why: dear }))
  const tried: { readonly call: ReservedCall; readonly over: string | undefined }[] = []
  for (const [index, prompt] of calls.entries()) {
    const call = reserve(prompt, prices[index] ?? 'unknown', context)
    const over = yield* overBudget(call, context)
    // What does not go does not count, and what is smaller may still fit.
    if (over !== undefined) call.release()
    tried.push({ call, over })
  }
  const over = tried.find((one) => one.over !== undefined)?.over
  if (over === undefined) return tried.map(({ call }) => ({ goes: true, call }))
  return yield* despiteBudget(tried, over, context)
}

/** Some calls of a line do not fit into a budget. */
async function* despiteBudget(
  tried: readonly { readonly call: ReservedCall; readonly over: string | undefined }[],
  first: string,
  context: Context,
): Gate<readonly Gated[]> {
  const all = tried.length
  const left = tried.filter(({ over }) => over !== undefined).length
  const fit = all - left
  if (!context.asks) {
    for (const { call, over } of tried) if (over === undefined) call.release()
    const says = `Not sent: ${first}. /budget off, or a higher one, lets it go.`
    yield say(says, 'warning')
    return tried.map(() => ({ goes: false, why: { reason: 'budget', says } }))
  }
  const some = fit === 0 ? '' : ` ${fit} of the ${all} calls still fit in.`
  const rest = fit === 0 ? 'it all the same' : left === 1 ? 'the other one too' : `the other ${left} too`
  if (yield* agreed(`${asSentence(first)}.${some} Send ${rest}?`)) {
    return tried.map(({ call, over }) => ({
      goes: true,
      call: over === undefined ? call : reserve(call.prompt, call.price, context, true),
    }))
  }
  const what = fit === 0 ? 'Not sent' : `${left} of ${all} calls ${left === 1 ? 'was' : 'were'} not sent`
  yield say(`${what}, for the budget.`, 'warning')
  return tried.map(({ call, over }) =>
    over === undefined
      ? { goes: true, call }
      : { goes: false, why: { reason: 'budget', says: `Not sent: ${over}.` } },
  )
}

/**
 * When a call is in the ledger, and before it goes out: what has come since it was allowed, in another limn or in this
 * one, may have used the budget up. `again`: it has gone out before.
 */
export async function* checkBeforeSending(
  { reserved, call, again }: { reserved: ReservedCall; call: Call | undefined; again: boolean },
  context: Context,
): Gate<boolean> {
  const { agreed: isAgreed, held } = reserved
  if (isAgreed || !call || !held) return true
  // Lines behind it are still being asked about, when it goes out for the first time.
  const over = yield* overBudget(reserved, context, again ? { call } : { call, held })
  if (over === undefined) return true
  const anew = again ? ' again' : ''
  if (context.asks && (yield* agreed(`${asSentence(over)}. Send it${anew} all the same?`))) return true
  yield say(`Not sent${anew}: ${over}.`, 'warning')
  return false
}

/**
 * Asks before a line that costs more than the user wants to pay unasked, or whose price nobody knows. Gives why it is
 * not sent.
 */
async function* mayCost(
  prices: readonly Price[],
  calls: readonly Prompt[],
  { settings, asks }: Context,
): Gate<NotSent | undefined> {
  const price = together(prices)
  const { askAbove } = settings.values
  const images = prices.length === 1 ? '' : ` for ${prices.length} images`
  if (price === 'free' || (price === 'unknown' && askAbove === 'off')) return undefined
  if (price !== 'unknown' && (askAbove === 'off' || price.usual <= askAbove)) {
    if (images !== '') yield say(`About ${dollars(price.usual)}${images}.`)
    return undefined
  }
  const cost =
    price === 'unknown'
      ? `nobody knows what this line costs, ${countOf(calls)}: limn has no price for ${unpriced(prices, calls)}`
      : `this line costs about ${dollars(price.usual)}${images}, and at most ${dollars(price.most)}`
  const limit = askAbove === 'off' ? '' : limitText(askAbove)
  if (asks) {
    if (yield* agreed(`${asSentence(cost)}. limn asks above ${limit} (/set askAbove). Send it?`))
      return undefined
    const says = 'Not sent.'
    yield say(says, 'warning')
    return { reason: 'price', says }
  }
  const says = `Not sent: ${cost}, and above ${limit} limn asks first (/set askAbove). --yes sends it unasked.`
  yield say(says, 'warning')
  return { reason: 'price', says }
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
