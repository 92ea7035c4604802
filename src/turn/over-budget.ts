import { type Event, say } from '../core/event.ts'
import {
  type Budget,
  budgetName,
  SCOPES,
  type Scope,
  usedOf,
  usedText,
  verdictOf,
} from '../core/money/budgets.ts'
import { dollars } from '../core/money/call-cost.ts'
import type { Price } from '../core/money/forecast.ts'
import { dayOf } from '../core/money/spending.ts'
import { DiskError } from '../store/disk-error.ts'
import { batchesOut } from '../store/jobs/jobs.ts'
import type { Account, Ledger } from '../store/ledger/ledger.ts'
import type { Settings } from '../store/settings/all-settings.ts'
import type { Context } from './context.ts'
import type { ReservedCall } from './reserved-call.ts'

/** Why the budgets have no room for a price. */
export type OverBudget = {
  /** The middle of a sentence. */
  readonly says: string
  /** The limit was set for this whole run: limn does not ask whether to exceed it. */
  readonly final: boolean
}

/** Why the budgets have no room for a price, such as that of a batch; undefined when they do. */
export async function* overBudgets(
  price: Price,
  context: Context,
): AsyncGenerator<Event, OverBudget | undefined> {
  const most = typeof price === 'string' ? null : price.most
  const held = context.ledger.hold({ session: context.session.id, most })
  try {
    return yield* overBudget({ price }, context)
  } finally {
    held.release()
  }
}

/**
 * Why a budget has no room for a call, which counts as out already; undefined when all of them do. For a call that is
 * in the ledger already, `own`, only the calls before it count.
 */
export async function* overBudget(
  { price }: Pick<ReservedCall, 'price'>,
  context: Context,
  own?: Parameters<Ledger['read']>[0],
): AsyncGenerator<Event, OverBudget | undefined> {
  const { maxUsd } = context
  const budgets = budgetsOf(context.settings.values, maxUsd)
  if (price === 'free' || budgets.length === 0) return undefined
  let account: Account
  try {
    const [read, batches] = await Promise.all([context.ledger.read(own), batchesOut(context.place.root)])
    account = { ...read, out: [...read.out, ...batches] }
  } catch (error) {
    if (!(error instanceof DiskError)) throw error
    const says = `what is left of the budget is not known: ${error.message.replace(/\.$/, '')}`
    return { says, final: maxUsd !== null }
  }
  const { id: session } = context.session
  const now = context.clock.now()
  for (const budget of budgets) {
    const used = usedOf(account, budget.scope, { session, now })
    const name = budgetName(budget)
    const final = budget.scope === 'process'
    if (price === 'unknown') {
      return { says: `the price is not known, and there is ${name} (${usedText(used)})`, final }
    }
    const others = { ...used, out: Math.max(0, used.out - price.most) }
    switch (verdictOf(budget, others, price.most)) {
      case 'passed':
        return {
          says: `${name} would be exceeded: ${usedText(others)}, and this can cost ${dollars(price.most)}`,
          final,
        }
      case 'warns':
        if (context.ledger.isFirst(`${name} ${budget.scope === 'day' ? dayOf(now) : session}`)) {
          yield say(`${asSentence(name)} is nearly used up: ${usedText(used)}.`, 'warning')
        }
        break
      case 'holds':
        break
    }
  }
  return undefined
}

/** The budgets that are in force. */
export function budgetsOf(
  { budgetSession, budgetDay }: Settings,
  maxUsd: number | null = null,
): readonly Budget[] {
  const limits: Readonly<Record<Scope, 'off' | number>> = { session: budgetSession, day: budgetDay }
  const own = SCOPES.flatMap((scope) => {
    const limit = limits[scope]
    return limit === 'off' ? [] : [{ scope, limit }]
  })
  return maxUsd === null ? own : [{ scope: 'process', limit: maxUsd }, ...own]
}

export function asSentence(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1)
}
