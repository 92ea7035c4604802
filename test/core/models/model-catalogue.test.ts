import { describe, expect, test } from 'vitest'
import {
  CATALOGUE,
  DEFAULT_MODEL,
  findModel,
  modelOf,
  successor,
} from '../../../src/core/models/model-catalogue.ts'
import { estimate } from '../../../src/core/money/call-cost.ts'
import { fitSettings } from '../../../src/core/settings/turn-settings.ts'
import type { TurnSettings } from '../../../src/core/settings/turn-settings-type.ts'

/** Google's pages of October and November 2026: sizes, how many ratios, $ per M (in, text, image), $ per image. */
const TABLE = [
  ['nano', 'gemini-nano-banana-2.1', '1K 2K 4K', 14, [1.5, 7.5, 30], { '1K': 0.0336 }, true],
  ['pro', 'gemini-3-pro-image', '1K 2K 4K', 10, [2, 12, 120], { '1K': 0.134, '2K': 0.134, '4K': 0.24 }, true],
  ['lite', 'gemini-3.1-flash-lite-image', '1K', 10, [0.25, 1.5, 30], { '1K': 0.0336 }, true],
  [
    'nb2',
    'gemini-3.1-flash-image',
    '512 1K 2K 4K',
    14,
    [0.5, 3, 60],
    { '512': 0.045, '1K': 0.067, '2K': 0.101, '4K': 0.151 },
    true,
  ],
  ['nb1', 'gemini-2.5-flash-image', '', 10, [0.3, 2.5, 30], { '1K': 0.039 }, false],
] as const

describe('the models that limn knows', () => {
  test.each(TABLE)('%s', (alias, id, sizes, ratios, prices, images, signatures) => {
    const model = modelOf(id)
    expect(model.alias).toBe(alias)
    expect(findModel(alias).model).toBe(model)
    expect(model.sizes.join(' ')).toBe(sizes)
    expect(model.ratios).toHaveLength(ratios)
    expect(new Set(model.ratios).size).toBe(ratios)
    expect(model.prices).toMatchObject({ input: prices[0], outputText: prices[1], outputImage: prices[2] })
    expect(model.prices).toMatchObject({ on: expect.stringMatching(/^2026-/), source: expect.any(String) })
    expect(model.signatures).toBe(signatures)
    for (const [size, dollars] of Object.entries(images))
      expect(estimate(model, size)).toBeCloseTo(dollars, 3)
  })

  test('are these five, and nano is the default', () => {
    expect(CATALOGUE.map(({ id }) => id).toSorted()).toEqual(TABLE.map(([, id]) => id).toSorted())
    expect(DEFAULT_MODEL).toBe('gemini-nano-banana-2.1')
  })

  test('take 14 images; the first Nano Banana takes 3', () => {
    for (const { alias, images } of CATALOGUE) expect(images.most).toBe(alias === 'nb1' ? 3 : 14)
  })

  test('the two that will be retired say so', () => {
    expect(CATALOGUE.flatMap(({ alias, retires }) => (retires ? [[alias, retires.on]] : []))).toEqual([
      ['nb2', '2026-10-29'],
      ['nb1', '2026-10-02'],
    ])
  })

  test('what 2K of Nano Banana 2.1 costs is in no list', () => {
    expect(estimate(modelOf('gemini-nano-banana-2.1'), '2K')).toBeUndefined()
    expect(estimate(modelOf('someone-elses'), '1K')).toBeUndefined()
    expect(estimate(modelOf('gemini-3-pro-image'), 'constructor')).toBeUndefined()
  })
})

describe('a model by name', () => {
  test.each([
    ['flash', 'gemini-nano-banana-2.1'],
    ['NANO', 'gemini-nano-banana-2.1'],
    [' pro ', 'gemini-3-pro-image'],
    ['models/gemini-3-pro-image', 'gemini-3-pro-image'],
    ['Gemini-3-Pro-Image', 'gemini-3-pro-image'],
  ])('%j is found', (word, id) => {
    expect(findModel(word)).toEqual({ model: modelOf(id) })
  })

  test.each([
    ['gemini-3-pro-image-preview', 'gemini-3-pro-image'],
    ['nano-banana-pro-preview', 'gemini-3-pro-image'],
    ['gemini-3.1-flash-image-preview', 'gemini-3.1-flash-image'],
    ['gemini-2.5-flash-image-preview', 'gemini-2.5-flash-image'],
    ['models/Gemini-3-Pro-Image-Preview', 'gemini-3-pro-image'],
  ])('%s is switched off, and its successor is taken', (word, id) => {
    const { model, replaced } = findModel(word)
    expect(model).toBe(modelOf(id))
    expect(replaced).toMatch(/preview$/)
  })

  test('an id of another server is taken as it was typed, with no known price', () => {
    const { model, replaced } = findModel('My-Model_7B')
    expect(model).toMatchObject({ id: 'My-Model_7B', known: false, prices: null, alias: null })
    expect(replaced).toBeUndefined()
  })

  test.each(['constructor', 'toString', '__proto__'])('%s is an id like any other', (word) => {
    expect(findModel(word).model).toMatchObject({ id: word, known: false })
    expect(successor(word)).toBe(DEFAULT_MODEL)
  })

  test('a model that is gone always has another in its place', () => {
    for (const { id } of CATALOGUE) expect(successor(id)).not.toBe(id)
    expect(successor('gemini-3-pro-image-preview')).toBe('gemini-3-pro-image')
  })
})

describe('settings under another model', () => {
  const fitted = (id: string, aspect: string, size: string, more: Partial<TurnSettings> = {}) => {
    const { change, words } = fitSettings(modelOf(id), { model: id, aspect, size, ...more })
    return { aspect, size, ...change, words }
  }

  test('stay where the model has them', () => {
    expect(fitted('gemini-3-pro-image', '16:9', '4K')).toEqual({ aspect: '16:9', size: '4K', words: [] })
    expect(fitted('gemini-2.5-flash-image', 'auto', '1K')).toEqual({ aspect: 'auto', size: '1K', words: [] })
  })

  test.each([
    ['gemini-3.1-flash-lite-image', '4K', '1K'],
    ['gemini-3.1-flash-lite-image', '512', '1K'],
    ['gemini-nano-banana-2.1', '512', '1K'],
    ['gemini-3-pro-image', '512', '1K'],
    ['gemini-2.5-flash-image', '2K', '1K'],
    ['gemini-3-pro-image', 'huge', '1K'],
    ['gemini-3-pro-image', 'constructor', '1K'],
  ])('%s in place of %s takes the nearest, and it is said', (id, wanted, taken) => {
    const { size, words } = fitted(id, 'auto', wanted)
    expect(size).toBe(taken)
    expect(words).toEqual([expect.stringMatching(`no size ${wanted}.*1K`)])
  })

  test('a size in small letters is the same size', () => {
    expect(fitted('gemini-3-pro-image', 'auto', '2k')).toEqual({ aspect: 'auto', size: '2K', words: [] })
  })

  test('a ratio that the model lacks becomes auto, with a word about it', () => {
    const { aspect, words } = fitted('gemini-3-pro-image', '8:1', '1K')
    expect(aspect).toBe('auto')
    expect(words).toEqual([expect.stringContaining('no ratio 8:1')])
  })

  test('thinking levels, thoughts and searches that the model lacks are removed, with a word about it', () => {
    const settings = { thinking: 'medium', thoughts: 'on', search: 'image' }
    expect(fitted('gemini-nano-banana-2.1', 'auto', '1K', settings).words).toEqual([])
    expect(fitted('gemini-3-pro-image', 'auto', '1K', settings)).toMatchObject({
      thinking: null,
      search: 'web',
      words: [expect.stringContaining('thinking medium'), expect.stringContaining('search image; web')],
    })
    expect(fitted('gemini-2.5-flash-image', 'auto', '1K', settings)).toMatchObject({
      thinking: null,
      thoughts: null,
      search: null,
    })
    expect(fitted('my-own', 'auto', '1K', settings).words).toEqual([])
  })
})
