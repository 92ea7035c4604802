import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type Bill, billsOf } from '../../../src/core/money/bill.ts'
import { type Cost, sum } from '../../../src/core/money/call-cost.ts'
import { spendingOf, within } from '../../../src/core/money/spending.ts'
import { Story } from '../session/story.ts'

const now = new Date(2026, 10, 25, 12, 0)

const cost: fc.Arbitrary<Cost> = fc.oneof(
  fc.record({
    kind: fc.constant('known' as const),
    usd: fc.double({ min: 0, max: 9, noNaN: true }),
    about: fc.boolean(),
  }),
  fc.constant({ kind: 'unknown' as const }),
)
const bill: fc.Arbitrary<Bill> = fc.record({
  at: fc.date({ min: new Date(2026, 8, 1), max: now, noInvalidDate: true }).map((date) => date.toISOString()),
  session: fc.constantFrom('fox', 'owl'),
  turn: fc.constant('t1'),
  model: fc.constantFrom('pro', 'nano'),
  cost,
  most: fc.constant(null),
})
const bills = fc.array(bill)

describe('what was spent', () => {
  test('adds up to the same by day and model as in total', () => {
    fc.assert(
      fc.property(bills, (all) => {
        const { calls, sum: whole, rows } = spendingOf(all)
        expect(rows.reduce((count, row) => count + row.calls, 0)).toBe(calls)
        expect(rows.reduce((usd, row) => usd + row.sum.usd, 0)).toBeCloseTo(whole.usd, 6)
        expect(rows.reduce((count, row) => count + row.sum.unknown, 0)).toBe(whole.unknown)
        expect(rows.some((row) => row.sum.about)).toBe(whole.about)
        expect(new Set(rows.map(({ day, model }) => `${day} ${model}`)).size).toBe(rows.length)
      }),
    )
  })

  test('today is part of this month, and this month is part of all', () => {
    fc.assert(
      fc.property(bills, (all) => {
        const [today, month] = [within(all, 'today', now), within(all, 'month', now)]
        expect(within(month, 'today', now)).toEqual(today)
        expect(within(all, 'all', now)).toEqual(all)
        expect(sum(today.map((one) => one.cost)).usd).toBeLessThanOrEqual(
          sum(month.map((one) => one.cost)).usd + 1e-9,
        )
      }),
    )
  })

  test("a day begins at midnight by the user's clock", () => {
    const at = (...time: [number, number, number, number]) => ({
      ...BILL,
      at: new Date(2026, ...time).toISOString(),
    })
    const all = [at(10, 24, 23, 59), at(10, 25, 0, 0), at(9, 25, 12, 0)]
    expect(within(all, 'today', now)).toEqual([all[1]])
    expect(within(all, 'month', now)).toEqual([all[0], all[1]])
    expect(spendingOf(all).rows.map(({ day }) => day)).toEqual(['2026-11-25', '2026-11-24', '2026-10-25'])
  })

  test('in a session is what its turns cost, with those that may have been billed and without practice', () => {
    const story = new Story().line('a red fox').fail('a hat')
    const out = story.send('a scarf')
    expect(billsOf(story.session).map(({ turn }) => turn)).toEqual(['t1'])
    story.add({ at: BILL.at, type: 'failed', turn: out, failure: { kind: 'timed-out', seconds: 300 } })
    story.line('practised', { engine: 'practice' })
    expect(billsOf(story.session).map(({ turn, cost }) => [turn, cost.kind])).toEqual([
      ['t1', 'unknown'],
      ['t3', 'unknown'],
    ])
  })
})

const BILL: Bill = {
  at: '2026-11-22T20:48:00.000Z',
  session: 'fox',
  turn: 't1',
  model: 'pro',
  cost: { kind: 'known', usd: 1, about: false },
  most: null,
}
