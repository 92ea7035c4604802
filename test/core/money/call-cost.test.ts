import fc from 'fast-check'
import { expect, test } from 'vitest'
import { modelOf } from '../../../src/core/models/model-catalogue.ts'
import { type Cost, costOf, costText, dollars, sum, sumText } from '../../../src/core/money/call-cost.ts'
import type { Usage } from '../../../src/core/money/token-usage.ts'

const nano = modelOf('gemini-nano-banana-2.1')
const usage = (change: Partial<Usage> = {}): Usage => {
  const one = { input: 258, outputText: 20, outputImage: 1120, thoughts: 100, ...change }
  return { ...one, total: change.total ?? one.input + one.outputText + one.outputImage + one.thoughts }
}
const usdOf = (cost: Cost) => (cost.kind === 'known' ? cost.usd : Number.NaN)

test('an answer costs its tokens at the prices of its model', () => {
  const usd = (258 * 1.5 + 120 * 7.5 + 1120 * 30) / 1e6
  expect(costOf(usage(), nano)).toEqual({ kind: 'known', usd, about: false })
})

test('tokens that the server does not name are counted as words, and the cost is about', () => {
  const cost = costOf(usage({ total: 258 + 20 + 1120 + 100 + 300 }), nano)
  expect(cost).toMatchObject({ kind: 'known', about: true })
  expect(usdOf(cost)).toBeCloseTo((258 * 1.5 + 420 * 7.5 + 1120 * 30) / 1e6, 10)
})

test('a refusal, whose words repeat its thoughts, is billed by its total', () => {
  const cost = costOf({ input: 100, outputText: 80, outputImage: 0, thoughts: 80, total: 180 }, nano)
  expect(cost).toMatchObject({ about: true })
  expect(usdOf(cost)).toBeCloseTo((100 * 1.5 + 80 * 7.5) / 1e6, 10)
})

test('a service tier makes it cheaper or dearer; the tier that the answer names comes first', () => {
  const plain = usdOf(costOf(usage(), nano))
  expect(usdOf(costOf(usage(), nano, 'flex'))).toBeCloseTo(plain / 2, 12)
  expect(usdOf(costOf(usage(), nano, 'batch'))).toBeCloseTo(plain / 2, 12)
  expect(costOf(usage(), nano, 'priority')).toEqual({ kind: 'known', usd: 2 * plain, about: true })
  expect(costOf(usage({ tier: 'standard' }), nano, 'priority')).toEqual({
    kind: 'known',
    usd: plain,
    about: false,
  })
  expect(costOf(usage({ tier: 'of-tomorrow' }), nano)).toEqual({ kind: 'known', usd: plain, about: true })
})

test('a live answer, whose details leave out the words around the image, is about', () => {
  const live = { input: 8, outputText: 0, outputImage: 1120, thoughts: 244, total: 1471 }
  const cost = costOf(live, modelOf('gemini-3-pro-image'))
  expect(cost).toMatchObject({ about: true })
  // 99 tokens of words and 244 of thoughts.
  expect(usdOf(cost)).toBeCloseTo((8 * 2 + 343 * 12 + 1120 * 120) / 1e6, 10)
})

test('an answer without an image, with only its input counted, costs its input', () => {
  const refused = { input: 9, outputText: 0, outputImage: 0, thoughts: 0, total: 9 }
  expect(costOf(refused, nano)).toEqual({ kind: 'known', usd: (9 * 1.5) / 1e6, about: false })
})

test('without usage or without a price the cost is unknown, and never 0', () => {
  expect(costOf(null, nano)).toEqual({ kind: 'unknown' })
  expect(costOf(usage(), modelOf('someone-elses'))).toEqual({ kind: 'unknown' })
})

test('no answer costs less than nothing', () => {
  const tokens = fc.nat(100_000)
  const any = fc.record({
    input: tokens,
    outputText: tokens,
    outputImage: tokens,
    thoughts: tokens,
    total: tokens,
  })
  fc.assert(fc.property(any, (one) => usdOf(costOf(one, nano)) >= 0))
})

test('costs add up; free ones add nothing, unknown ones are counted', () => {
  const known: Cost = { kind: 'known', usd: 0.034, about: false }
  expect(sum([known, known, { kind: 'free' }])).toEqual({ usd: 0.068, about: false, unknown: 0 })
  expect(sum([known, { kind: 'unknown' }, { kind: 'unknown' }]).unknown).toBe(2)
  expect(sum([known, { ...known, about: true }]).about).toBe(true)
  expect(sum([])).toEqual({ usd: 0, about: false, unknown: 0 })
})

test('amounts are written as people read them', () => {
  expect(dollars(0.0336)).toBe('$0.034')
  expect(dollars(12.345)).toBe('$12.35')
  expect(costText({ kind: 'known', usd: 0.0336, about: true })).toBe('about $0.034')
  expect(costText({ kind: 'unknown' })).toBe('cost unknown')
  expect(costText({ kind: 'free' })).toBe('practice · free')
  expect(sumText({ usd: 0.2, about: true, unknown: 1 })).toBe('about $0.200 +?')
})
