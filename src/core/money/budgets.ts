import type { Bill } from './bill.ts'
import { dollars, limitText } from './call-cost.ts'
import { within } from './spending.ts'

/** Dollars that a session, a day by the user's clock, or all calls of one limn may cost at most. */
export type Budget = { readonly scope: Scope | 'process'; readonly limit: number }

export const SCOPES = ['session', 'day'] as const

export type Scope = (typeof SCOPES)[number]

type CallOut = { readonly session: string; readonly most: number | null }

/** What counts against a budget, in dollars. */
export type Used = {
  /** A call that may have been billed counts at the most it can have cost, where that is known. */
  readonly spent: number
  /** Calls in flight, each at the most it can cost. */
  readonly out: number
}

/** The share of a budget from which limn warns. */
const WARNING = 0.8

/** A call in flight counts at its high estimate, so that its real cost can only be lower. */
export function usedOf(
  account: Spent & { readonly own: Spent },
  scope: Budget['scope'],
  { session, now }: { readonly session: string; readonly now: Date },
): Used {
  const { bills, out } = countedIn(account, scope, session, now)
  const costs = bills.map(({ cost, most }) => (cost.kind === 'known' ? cost.usd : (most ?? 0)))
  return { spent: total(costs), out: total(out.map(({ most }) => most ?? 0)) }
}

/** What was billed, and what is in flight. */
type Spent = { readonly bills: readonly Bill[]; readonly out: readonly CallOut[] }

function countedIn(
  account: Spent & { readonly own: Spent },
  scope: Budget['scope'],
  session: string,
  now: Date,
): Spent {
  const { bills, out, own } = account
  const isOfSession = (one: { readonly session: string }) => one.session === session
  switch (scope) {
    case 'session':
      return { bills: bills.filter(isOfSession), out: out.filter(isOfSession) }
    case 'day':
      return { bills: within(bills, 'today', now), out }
    case 'process':
      return own
  }
}

/** Whether a budget covers what is spent, in flight and wanted; `warns` when that is 80 % of it or more. */
export function verdictOf(
  { limit }: Budget,
  { spent, out }: Used,
  wanted: number,
): 'holds' | 'warns' | 'passed' {
  const all = spent + out + wanted
  // Sums of cents are not exact.
  if (all > limit + 1e-9) return 'passed'
  return all >= WARNING * limit ? 'warns' : 'holds'
}

/** `the budget of $5.00 for today` */
export function budgetName({ scope, limit }: Budget): string {
  return `the budget of ${limitText(limit)} for ${SCOPE_NAMES[scope]}`
}

const SCOPE_NAMES: Readonly<Record<Budget['scope'], string>> = {
  session: 'this session',
  day: 'today',
  process: 'this run',
}

/** `$4.97 spent, at most $0.060 in progress` */
export function usedText({ spent, out }: Used): string {
  return `${dollars(spent)} spent${out > 0 ? `, at most ${dollars(out)} in progress` : ''}`
}

function total(all: readonly number[]): number {
  return all.reduce((sum, one) => sum + one, 0)
}
