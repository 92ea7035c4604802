import { BATCH_TIER, promptOfRow } from '../core/batch/job.ts'
import { countText, priceText } from '../core/batch/job-text.ts'
import { type Answer, type Event, notSent, say } from '../core/event.ts'
import type { TaskProblem } from '../core/line/part-outcome.ts'
import { type Price, together } from '../core/money/forecast.ts'
import type { Context } from '../turn/context.ts'
import { priceOf } from '../turn/meter.ts'
import { asSentence, overBudgets } from '../turn/over-budget.ts'
import type { Unpriced } from './rows.ts'

/** What a row will cost as part of a batch. */
export function priceOfRow({ settings, ...row }: Unpriced, context: Context): Price {
  const job = { id: '', engine: context.chat.engine.id }
  const prompt = promptOfRow(job, { ...row, settings: { ...settings, tier: BATCH_TIER } }, '')
  return priceOf(context.session, prompt, context)
}

/** The most that it will cost, in dollars; null where nobody knows. */
export function mostOf(price: Price): number | null {
  if (price === 'free') return 0
  return price === 'unknown' ? null : price.most
}

/** The price of rows, as text. */
export function priceOfRows(rows: readonly Unpriced[], context: Context): string {
  const prices = rows.map((row) => priceOfRow(row, context))
  return priceText(prices, context.chat.engine.id)
}

/** States the price, checks it against the budgets, and asks. Returns why nothing is sent. */
export async function* agreeOnPrice(
  rows: readonly Unpriced[],
  yes: boolean,
  context: Context,
): AsyncGenerator<Event, TaskProblem | undefined, Answer> {
  const price = priceOfRows(rows, context)
  const over = yield* overBudgets(together(rows.map((row) => priceOfRow(row, context))), context)
  if (over && (over.final || yes || !context.asks)) {
    return yield* notSent({ reason: 'budget', says: `Not sent: ${over.says}.` })
  }
  if (yes) {
    yield say(price)
    return undefined
  }
  const cost = `${countText(rows.length)}, ${price}.`
  if (!context.asks) {
    const says = `Not sent: ${cost} Nobody is here to be asked: limn batch submit --yes sends without asking.`
    return yield* notSent({ reason: 'price', says })
  }
  const why = over ? ` ${asSentence(over.says)}.` : ''
  const text = `${cost}${why} Send them?`
  if (yield { type: 'ask', question: { kind: 'yes-no', text, default: false } }) return undefined
  return yield* notSent({ reason: 'declined', says: 'Nothing was sent.' })
}
