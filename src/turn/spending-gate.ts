import { type Answer, type Event, say } from '../core/event.ts'
import type { NotSent } from '../core/line/part-outcome.ts'
import { dollars, limitText } from '../core/money/call-cost.ts'
import { type Price, together } from '../core/money/forecast.ts'
import type { Prompt } from '../core/session/session.ts'
import type { Call } from '../store/ledger/ledger-lines.ts'
import type { Context } from './context.ts'
import { priceOf } from './meter.ts'
import { asSentence, type OverBudget, overBudget } from './over-budget.ts'
import { type ReservedCall, reserve } from './reserved-call.ts'

type Gate<T> = AsyncGenerator<Event, T, Answer>

/** The decision of the gate on one call. */
export type Gated =
  | { readonly passed: true; readonly call: ReservedCall }
  | { readonly passed: false; readonly why: NotSent }

/**
 * Every call passes this gate before it is sent: all calls of a line are priced together, then each is checked against
 * the budgets. Gives the decision on each call, in order; the user has then seen why any of them is not sent.
 */
export async function* passSpendingGate(calls: readonly Prompt[], context: Context): Gate<readonly Gated[]> {
  const prices = calls.map((prompt) => priceOf(context.session, prompt, context))
  const refused = yield* confirmPrice(prices, calls, context)
  if (refused) return calls.map(() => ({ passed: false, why: refused }))
  const tried: { readonly call: ReservedCall; readonly over: OverBudget | undefined }[] = []
  for (const [index, prompt] of calls.entries()) {
    const call = reserve(prompt, prices[index] ?? 'unknown', context)
    const over = yield* overBudget(call, context)
    // A call that is not sent does not count, so that a smaller one may still fit.
    if (over !== undefined) call.release()
    tried.push({ call, over })
  }
  const over = tried.find((one) => one.over?.final)?.over ?? tried.find((one) => one.over)?.over
  if (over === undefined) return tried.map(({ call }) => ({ passed: true, call }))
  return yield* confirmOverBudget(tried, over, context)
}

/** Asks whether to send the calls of a line that do not fit into a budget. */
async function* confirmOverBudget(
  tried: readonly { readonly call: ReservedCall; readonly over: OverBudget | undefined }[],
  first: OverBudget,
  context: Context,
): Gate<readonly Gated[]> {
  const all = tried.length
  const left = tried.filter(({ over }) => over !== undefined).length
  const fit = all - left
  if (!context.asks || first.final) {
    for (const { call, over } of tried) if (over === undefined) call.release()
    const more = first.final ? '' : ' /budget off, or a higher budget, allows it.'
    const says = `Not sent: ${first.says}.${more}`
    yield say(says, 'warning')
    return tried.map(() => ({ passed: false, why: { reason: 'budget', says } }))
  }
  const some = fit === 0 ? '' : ` ${fit} of the ${all} calls still fit.`
  const rest = fit === 0 ? 'it anyway' : left === 1 ? 'the other one too' : `the other ${left} too`
  if (yield* agreed(`${asSentence(first.says)}.${some} Send ${rest}?`)) {
    return tried.map(({ call, over }) => ({
      passed: true,
      call: over === undefined ? call : reserve(call.prompt, call.price, context, true),
    }))
  }
  const what = fit === 0 ? 'Not sent' : `${left} of ${all} calls ${left === 1 ? 'was' : 'were'} not sent`
  yield say(`${what} because of the budget.`, 'warning')
  return tried.map(({ call, over }) =>
    over === undefined
      ? { passed: true, call }
      : { passed: false, why: { reason: 'budget', says: `Not sent: ${over.says}.` } },
  )
}

/**
 * Checks the budgets again when a call is in the ledger, right before it is sent: since it passed the gate, calls of
 * this limn or another may have used the budget up. `again`: it has been sent before.
 */
export async function* checkBeforeSending(
  { reserved, call, again }: { reserved: ReservedCall; call: Call | undefined; again: boolean },
  context: Context,
): Gate<boolean> {
  const { agreed: isAgreed, held } = reserved
  if (isAgreed || !call || !held) return true
  // The first time, the user is still being asked about the lines after it.
  const over = yield* overBudget(reserved, context, again ? { call } : { call, held })
  if (over === undefined) return true
  const repeated = again ? ' again' : ''
  const isAsked = context.asks && !over.final
  if (isAsked && (yield* agreed(`${asSentence(over.says)}. Send it${repeated} anyway?`))) return true
  yield say(`Not sent${repeated}: ${over.says}.`, 'warning')
  return false
}

/** Asks before a line that costs more than `askAbove`, or whose price is not known. Gives why it is not sent. */
async function* confirmPrice(
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
      ? `the price of this line is not known (${countOf(calls)}): limn has no price for ${unpriced(prices, calls)}`
      : `this line costs about ${dollars(price.usual)}${images}, and at most ${dollars(price.most)}`
  const limit = askAbove === 'off' ? '' : limitText(askAbove)
  if (asks) {
    if (yield* agreed(`${asSentence(cost)}. limn asks above ${limit} (/set askAbove). Send it?`))
      return undefined
    const says = 'Not sent.'
    yield say(says, 'warning')
    return { reason: 'price', says }
  }
  const says = `Not sent: ${cost}, and above ${limit} limn asks first (/set askAbove). --yes sends it without asking.`
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
