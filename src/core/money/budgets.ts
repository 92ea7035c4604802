import type { Bill } from './bill.ts'
import { dollars, limitText } from './call-cost.ts'
import { within } from './spending.ts'

/** Dollars that a session, or a day by the user's clock, may cost at most. */
export type Budget = { readonly scope: Scope; readonly limit: number }

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
  { bills, out }: { readonly bills: readonly Bill[]; readonly out: readonly CallOut[] },
  scope: Scope,
  { session, now }: { readonly session: string; readonly now: Date },
): Used {
  const mine = <Of extends { readonly session: string }>(all: readonly Of[]) =>
    scope === 'day' ? all : all.filter((one) => one.session === session)
  const counted = scope === 'day' ? within(bills, 'today', now) : mine(bills)
  const costs = counted.map(({ cost, most }) => (cost.kind === 'known' ? cost.usd : (most ?? 0)))
  return { spent: total(costs), out: total(mine(out).map(({ most }) => most ?? 0)) }
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
  return `the budget of ${limitText(limit)} for ${scope === 'day' ? 'today' : 'this session'}`
}

/** `$4.97 spent, at most $0.060 in progress` */
export function usedText({ spent, out }: Used): string {
  return `${dollars(spent)} spent${out > 0 ? `, at most ${dollars(out)} in progress` : ''}`
}

function total(all: readonly number[]): number {
  return all.reduce((sum, one) => sum + one, 0)
}
