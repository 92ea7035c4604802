import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { CATALOGUE, modelOf, priced } from '../../../src/core/models/model-catalogue.ts'
import { estimate } from '../../../src/core/money/call-cost.ts'
import { type Forecast, forecastOf, together } from '../../../src/core/money/forecast.ts'
import { WINDOW } from '../../../src/core/request/request.ts'
import type { TurnSettings } from '../../../src/core/settings/turn-settings-type.ts'
import { reference, Story } from '../session/story.ts'

const sure = (forecast: Forecast | undefined): Forecast => {
  if (!forecast) throw new Error('not known')
  return forecast
}

describe('what a line will cost', () => {
  test.each(
    CATALOGUE.flatMap((model) =>
      (model.sizes.length > 0 ? model.sizes : ['1K']).map((size) => [model, size] as const),
    ),
  )('is known of %o', (model, size) => {
    const story = new Story()
    const settings = { model: model.id, aspect: 'auto', size }
    const { usual, most } = sure(
      forecastOf(story.session, story.prompt('a red fox', { settings }), model, WINDOW),
    )
    expect(usual).toBeGreaterThan(estimate(model, size) ?? 0)
    expect(most).toBeGreaterThan(usual)
  })

  test('is more with references, with an image to edit, and with a longer text', () => {
    const model = modelOf('gemini-3-pro-image')
    const story = new Story().set({ model: model.id })
    const price = (text: string) => sure(forecastOf(story.session, story.prompt(text), model, WINDOW))
    const plain = price('a red fox')
    expect(price(`a red fox ${'in deep snow '.repeat(50)}`).usual).toBeGreaterThan(plain.usual)
    story.refer(reference('hero'), reference('palette'))
    // Two images in: $0.0011 each, by Google's list.
    expect(price('a red fox').usual - plain.usual).toBeCloseTo(0.0022, 3)
    const before = price('a red fox')
    story.line('a red fox')
    expect(price('a red fox').usual).toBeGreaterThan(before.usual)
  })

  test('is half in the flex tier, up to double in priority, and more the longer the model thinks', () => {
    const model = modelOf('gemini-nano-banana-2.1')
    const story = new Story()
    const price = (change: Partial<TurnSettings>) => {
      const settings = { ...story.session.settings, ...change }
      return sure(forecastOf(story.session, story.prompt('a red fox', { settings }), model, WINDOW))
    }
    const plain = price({})
    expect(price({ tier: 'flex' }).most).toBeCloseTo(plain.most / 2, 10)
    expect(price({ tier: 'priority' }).most).toBeCloseTo(plain.most * 2, 10)
    const levels = ['minimal', 'low', 'medium', 'high'].map((thinking) => price({ thinking }).most)
    expect(levels).toEqual(levels.toSorted((a, b) => a - b))
    expect(price({ thinking: 'medium' })).toEqual(plain)
  })

  test('is unknown for a model without a price in limn, unless the user has given one', () => {
    const story = new Story()
    const settings = { model: 'someone-elses', aspect: 'auto', size: '1K' }
    const prompt = story.prompt('a red fox', { settings })
    const model = modelOf('someone-elses')
    expect(forecastOf(story.session, prompt, model, WINDOW)).toBeUndefined()
    const prices = { input: 1, outputText: 1, outputImage: 1, on: '', source: '' }
    const own = new Map([['someone-elses', { prices, tokens: { '1K': 1_000_000 } }]])
    expect(sure(forecastOf(story.session, prompt, priced(model, own), WINDOW)).usual).toBeCloseTo(1, 2)
  })

  test('is the sum for several lines, and unknown when it is unknown for one', () => {
    const one = fc.record({
      usual: fc.double({ min: 0, max: 9, noNaN: true }),
      most: fc.double({ min: 9, max: 20, noNaN: true }),
    })
    fc.assert(
      fc.property(fc.array(one), (all) => {
        const sum = together(all)
        const { usual, most } =
          sum === 'free' ? { usual: 0, most: 0 } : sure(sum === 'unknown' ? undefined : sum)
        expect(usual).toBeCloseTo(
          all.reduce((sum, each) => sum + each.usual, 0),
          6,
        )
        expect(most).toBeGreaterThanOrEqual(usual)
        expect(together([...all, 'free'])).toEqual(sum)
        expect(together([...all, 'unknown'])).toBe('unknown')
      }),
    )
  })
})
