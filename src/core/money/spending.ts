import type { Bill } from './bill.ts'
import { type Sum, sum } from './call-cost.ts'

export const PERIODS = ['session', 'today', 'month', 'all'] as const

export type Period = (typeof PERIODS)[number]

export type Spending = {
  readonly calls: number
  readonly sum: Sum
  /** By day and model: the newest day first, and within a day the dearest model first. */
  readonly rows: readonly SpendingRow[]
}

type SpendingRow = {
  /** `2026-11-25`, by the user's clock. */
  readonly day: string
  readonly model: string
  readonly calls: number
  readonly sum: Sum
}

/** The bills of a period. Days and months are those of the user's clock. */
export function within(
  bills: readonly Bill[],
  period: Exclude<Period, 'session'>,
  now: Date,
): readonly Bill[] {
  switch (period) {
    case 'today':
      return bills.filter(({ at }) => dayOf(new Date(at)) === dayOf(now))
    case 'month':
      return bills.filter(({ at }) => dayOf(new Date(at)).slice(0, 7) === dayOf(now).slice(0, 7))
    case 'all':
      return bills
  }
}

export function spendingOf(bills: readonly Bill[]): Spending {
  const groups = Map.groupBy(bills, ({ at, model }) => `${dayOf(new Date(at))}\t${model}`)
  const rows = [...groups].map(([name, group]): SpendingRow => {
    const [day = '', model = ''] = name.split('\t')
    return { day, model, calls: group.length, sum: sumOf(group) }
  })
  rows.sort((a, b) => b.day.localeCompare(a.day) || b.sum.usd - a.sum.usd)
  return { calls: bills.length, sum: sumOf(bills), rows }
}

function sumOf(bills: readonly Bill[]): Sum {
  return sum(bills.map(({ cost }) => cost))
}

/** `2026-11-25`; empty for an invalid date. */
export function dayOf(time: Date): string {
  if (Number.isNaN(time.getTime())) return ''
  const [month, day] = [time.getMonth() + 1, time.getDate()].map((part) => String(part).padStart(2, '0'))
  return `${time.getFullYear()}-${month}-${day}`
}
