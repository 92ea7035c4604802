import { BATCH_TIER, promptOfRow } from '../core/batch/job.ts'
import { countText, priceText } from '../core/batch/job-text.ts'
import { type Answer, type Event, say } from '../core/event.ts'
import { type Price, together } from '../core/money/forecast.ts'
import type { Context } from '../turn/context.ts'
import { priceOf } from '../turn/meter.ts'
import { asSentence, overBudgets } from '../turn/over-budget.ts'
import type { Unpriced } from './rows.ts'

/** `unpaid`: a budget does not hold it. */
type PriceAnswer = 'agreed' | 'planned' | 'unpaid'

type PriceQuestion = { readonly yes: boolean; readonly dryRun?: boolean }

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

/** States the price, holds it against the budgets, and asks. */
export async function* agreeOnPrice(
  rows: readonly Unpriced[],
  { yes, dryRun = false }: PriceQuestion,
  context: Context,
): AsyncGenerator<Event, PriceAnswer, Answer> {
  const prices = rows.map((row) => priceOfRow(row, context))
  const price = priceText(prices, context.chat.engine.id)
  if (dryRun) {
    yield say(price)
    yield say('Nothing was sent.')
    return 'planned'
  }
  const over = yield* overBudgets(together(prices), context)
  if (over !== undefined && (yes || !context.asks)) {
    yield say(`Not sent: ${over}.`, 'warning')
    return 'unpaid'
  }
  if (yes) {
    yield say(price)
    return 'agreed'
  }
  const why = over === undefined ? '' : ` ${asSentence(over)}.`
  const text = `${countText(rows.length)}, ${price}.${why} Send them?`
  if (yield { type: 'ask', question: { kind: 'yes-no', text, default: false } }) return 'agreed'
  yield say('Nothing was sent.')
  return 'planned'
}
