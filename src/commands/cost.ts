import { fail, say } from '../core/event.ts'
import { CATALOGUE, type OwnPrices, shortName } from '../core/models/model-catalogue.ts'
import { billsOf } from '../core/money/bill.ts'
import { dollars, sumText } from '../core/money/call-cost.ts'
import { PERIODS, type Period, type Spending, spendingOf, within } from '../core/money/spending.ts'
import type { Session } from '../core/session/session.ts'
import { DiskError } from '../store/disk-error.ts'
import type { Account, CallsOut } from '../store/ledger/ledger.ts'
import { defineCommand } from './define.ts'

export const cost = defineCommand({
  name: 'cost',
  summary: 'What was spent, by day and model: in this session, today, this month or in all',
  example: '/cost today',
  group: 'costs',
  changes: [],
  arguments: { period: { kind: 'choice', words: PERIODS, about: 'a period', optional: true } },
  async *run({ period = 'session' }, { session, ledger, settings, clock }) {
    try {
      const report = reportOf(await ledger.read(), {
        period,
        session,
        now: clock.now(),
        own: settings.prices,
      })
      if (report.spending.calls > 0) yield { type: 'list', rows: rowsOf(report.spending) }
      for (const words of sentencesOf(report)) yield say(words)
    } catch (error) {
      if (!(error instanceof DiskError)) throw error
      return yield* fail(error.message)
    }
  },
})

export type CostReport = {
  readonly period: Period
  readonly spending: Spending
  readonly out: readonly CallsOut[]
  /** Ids of the models that the user has set prices for. */
  readonly own: readonly string[]
}

type CostPeriods = {
  readonly period: Period
  readonly session: Session
  readonly now: Date
  readonly own: OwnPrices
}

export function reportOf({ bills, out }: Account, { period, session, now, own }: CostPeriods): CostReport {
  const ofSession = period === 'session'
  // The session is the better source for itself: the ledger may lack what was spent before there was a ledger.
  const counted = ofSession ? billsOf(session) : within(bills, period, now)
  return {
    period,
    spending: spendingOf(counted),
    out: ofSession ? out.filter((one) => one.session === session.id) : out,
    own: [...own.keys()],
  }
}

/** As a table, with its headings. */
export function rowsOf({ rows }: Spending): readonly (readonly string[])[] {
  return [
    ['day', 'model', 'calls', 'cost'],
    ...rows.map(({ day, model, calls, sum }) => [day, shortName(model), String(calls), sumText(sum)]),
  ]
}

const NAMES: Readonly<Record<Period, string>> = {
  session: 'This session',
  today: 'Today',
  month: 'This month',
  all: 'In all',
}

export function sentencesOf({ period, spending, out, own }: CostReport): readonly string[] {
  const { calls, sum } = spending
  return [
    calls === 0
      ? `${NAMES[period]}: nothing spent.`
      : `${NAMES[period]}: ${sumText(sum)} for ${times(calls)}.`,
    ...(sum.unknown === 0
      ? []
      : [`+?: ${times(sum.unknown)} may have been billed; the amount is not known.`]),
    ...(out.length === 0 ? [] : [outText(out)]),
    ...(calls === 0 ? [] : [pricesText(own)]),
  ]
}

function outText(out: readonly CallsOut[]): string {
  const known = out.flatMap(({ most }) => (most === null ? [] : [most]))
  const most = known.reduce((sum, one) => sum + one, 0)
  const more = known.length < out.length ? ' or more' : ''
  return `Running now: ${times(out.length)}, at most ${dollars(most)}${more}.`
}

function pricesText(own: readonly string[]): string {
  const days = CATALOGUE.flatMap(({ prices }) => (prices ? [prices.on] : []))
  const newest = days.reduce((late, day) => (day > late ? day : late), '')
  const yours = own.length === 0 ? '' : ` The prices of ${own.join(', ')} are your own, from settings.json.`
  return `Computed from the reported tokens and Google's prices of ${newest}; your bill decides.${yours}`
}

function times(calls: number): string {
  return `${calls} call${calls === 1 ? '' : 's'}`
}
