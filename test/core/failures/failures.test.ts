import { BlockedReason, FinishReason } from '@google/genai'
import { describe, expect, test } from 'vitest'
import { BREAKS } from '../../../src/core/failures/connection-failures.ts'
import { rowOf } from '../../../src/core/failures/failure.ts'
import type { FailureRow } from '../../../src/core/failures/failure-row.ts'
import { FINISHES, USUAL } from '../../../src/core/failures/finish-reasons.ts'
import { REFUSALS } from '../../../src/core/failures/http-failures.ts'
import { BLOCKS } from '../../../src/core/failures/prompt-blocks.ts'
import { nextPacificMidnight } from '../../../src/core/money/quota-day.ts'

test('every finish reason and block reason of the SDK has a row, and no other', () => {
  const finishes = Object.values(FinishReason).filter((reason) => reason !== FinishReason.STOP)
  expect(Object.keys(FINISHES).toSorted()).toEqual(finishes.toSorted())
  expect(Object.keys(BLOCKS).toSorted()).toEqual(Object.values(BlockedReason).toSorted())
})

const ALL: Readonly<Record<string, FailureRow>> = {
  ...BLOCKS,
  ...FINISHES,
  ...USUAL,
  ...REFUSALS,
  ...BREAKS,
}

describe.each(Object.entries(ALL))('%s', (_, row) => {
  test('says what happened and what to do, also with Vertex AI', () => {
    for (const words of [row.what, row.next, row.vertex?.what, row.vertex?.next]) {
      if (words === undefined || words === '{words}') continue
      expect(words).toMatch(/^[A-Zl/{][^\n]+\.$/)
      expect(words).not.toMatch(/ {2}|\.\./)
    }
  })

  test('is not sent again by limn when it may have been billed', () => {
    if (row.again === 'unasked') expect(row.billed).toBe('no')
  })
})

test('every refusal has a sign, and the general ones come last', () => {
  for (const { signs } of Object.values(REFUSALS)) expect(signs.length).toBeGreaterThan(0)
  expect(Object.keys(REFUSALS).slice(-2)).toEqual(['internal', 'refused'])
  expect(rowOf({ kind: 'overloaded' })).toBe(REFUSALS.overloaded)
})

describe('the next midnight in California', () => {
  test.each([
    ['in winter', '2026-11-22T20:48:00.000Z', '2026-11-23T08:00:00.000Z'],
    ['in summer', '2026-07-01T06:59:59.000Z', '2026-07-01T07:00:00.000Z'],
    ['at midnight itself', '2026-07-01T07:00:00.000Z', '2026-07-02T07:00:00.000Z'],
    ['on the day of 25 hours', '2026-11-01T07:30:00.000Z', '2026-11-02T08:00:00.000Z'],
    ['on the day of 23 hours', '2026-03-08T09:00:00.000Z', '2026-03-09T07:00:00.000Z'],
  ])('%s', (_, now, midnight) => {
    expect(nextPacificMidnight(new Date(now)).toISOString()).toBe(midnight)
  })
})
