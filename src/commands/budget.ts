import { fail, say, type Task } from '../core/event.ts'
import { type Budget, budgetName, SCOPES, type Scope, usedOf, usedText } from '../core/money/budgets.ts'
import { dollars } from '../core/money/call-cost.ts'
import { DiskError } from '../store/disk-error.ts'
import { isValueOf, rightValue, typedValue } from '../store/settings/all-settings.ts'
import type { Context } from '../turn/context.ts'
import { asSentence, budgetsOf } from '../turn/over-budget.ts'
import { defineCommand } from './define.ts'

export const budget = defineCommand({
  name: 'budget',
  summary: 'What a session or a day may cost: limn warns near it, and asks before a call that would pass it',
  example: '/budget 5.00 day',
  group: 'costs',
  changes: [],
  arguments: {
    amount: { kind: 'text', about: 'an amount in dollars, or off', optional: true },
    scope: {
      kind: 'choice',
      words: SCOPES,
      about: 'a scope',
      optional: true,
    },
  },
  async *run({ amount, scope }, context) {
    if (amount === undefined) return yield* showBudgets(context)
    const name = NAMES[scope ?? 'session']
    const limit = typedValue(name, amount.replace(/^\$/, ''))
    if (!isValueOf(name, limit)) {
      return yield* fail(`${rightValue(name)}; "${amount}" is not.`)
    }
    const both = limit === 'off' && scope === undefined
    for (const one of both ? SCOPES : [scope ?? 'session']) {
      const problem = await context.settings.set(NAMES[one], limit)
      if (problem !== undefined) yield say(problem, 'warning')
    }
    return yield* showBudgets(context)
  },
})

const NAMES = { session: 'budgetSession', day: 'budgetDay' } as const satisfies Record<Scope, string>

async function* showBudgets(context: Context): Task {
  const budgets = budgetsOf(context.settings.values)
  if (budgets.length === 0) {
    yield say(
      'There is no budget: /budget 5.00 sets one for each session, /budget 5.00 day one for each day.',
    )
    return
  }
  try {
    const account = await context.ledger.read()
    for (const one of budgets) yield say(leftText(one, usedOf(account, one.scope, placeOf(context))))
  } catch (error) {
    if (!(error instanceof DiskError)) throw error
    return yield* fail(error.message)
  }
}

function leftText(budget: Budget, used: ReturnType<typeof usedOf>): string {
  const left = budget.limit - used.spent - used.out
  const rest = left > 0 ? `${dollars(left)} left` : 'nothing left'
  return `${asSentence(budgetName(budget))}: ${usedText(used)}, ${rest}.`
}

function placeOf({ session, clock }: Context) {
  return { session: session.id, now: clock.now() }
}
