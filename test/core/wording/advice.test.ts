import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { CATALOGUE, modelOf } from '../../../src/core/models/model-catalogue.ts'
import { adviceFor, adviceOf, adviceWhileTyping } from '../../../src/core/wording/advice.ts'
import { reference, Story } from '../session/story.ts'

const [NANO, PRO, LITE, NB1] = [
  'gemini-nano-banana-2.1',
  'gemini-3-pro-image',
  'gemini-3.1-flash-lite-image',
  'gemini-2.5-flash-image',
]

function told(text: string, id = NANO, change: { size?: string; images?: number } = {}) {
  return adviceFor({ text, size: '1K', images: 0, ...change, model: modelOf(id ?? '') }).map(
    ({ kind, weight }) => `${kind} ${weight}`,
  )
}

describe('words in quotes', () => {
  test.each([
    'a sign "OPEN"',
    'ein Schild „Brot“',
    'a sign “OPEN”',
    'une affiche « Jazz »',
    'ein Plakat »Jazz«',
    '看板「夜」',
    '看板『夜』',
    'change "COFEE" to "COFFEE"',
  ])('%s: said of a model that spells badly, and of no other', (text) => {
    expect(told(text, NB1)).toEqual(['lettering says'])
    expect(told(text, LITE)).toEqual(['lettering says'])
    for (const id of [NANO, PRO, 'some-other-model']) expect(told(text, id)).toEqual([])
  })

  test.each(['a 5" nail', 'put @"my cat.png" on a sofa', 'remove the words "SALE"', "it's a fox"])(
    '%s has none to draw',
    (text) => expect(told(text, NB1)).toEqual([]),
  )
})

describe('a transparent background', () => {
  test.each([
    'a fox on a transparent background',
    'a logo, background transparent',
    'a transparent PNG of a cup',
    'with an alpha channel',
    'ein Fuchs mit transparentem Hintergrund',
    'un renard sur fond transparent',
    'un zorro, fondo transparente',
    '狐、背景は透明',
    '一只狐狸，透明背景',
  ])('%s is asked about, whatever the model', (text) => {
    for (const { id } of CATALOGUE) expect(told(text, id)).toContain('transparency asks')
  })

  test('no background at all only gets a word', () => {
    expect(told('remove the background')).toEqual(['no-background says'])
  })

  test.each(['a transparent glass on a plain white background', 'a ghost, half transparent'])(
    '%s is something else',
    (text) => expect(told(text)).toEqual([]),
  )
})

describe('sizes', () => {
  test('a size that the model does not have is asked about', () => {
    expect(told('a fox', LITE, { size: '4K' })).toEqual(['size asks'])
    expect(told('a fox', NANO, { size: '4K' })).toEqual([])
  })

  test('one that is only named in words does nothing, and the advice says where to set it', () => {
    const [advice] = adviceFor({ text: 'a fox, 4k', size: '1K', images: 0, model: modelOf(NANO ?? '') })
    expect(advice?.text).toBe(
      'Words do not set the size: "4K" in a prompt changes nothing. --size 4K at the end of the line sets it; now it is 1K.',
    )
    const [none] = adviceFor({ text: 'a fox, UHD', size: '1K', images: 0, model: modelOf(LITE ?? '') })
    expect(none?.text).toMatch(/Nano Banana 2 Lite makes about 1K\. \/model nano and \/model pro have 4K\.$/)
  })

  test.each(['$4k in notes', 'a 4km run', 'R4K', 'v4 K'])('%s is no size', (text) => {
    expect(told(text)).toEqual([])
  })

  test('nothing is said where that size is set', () => {
    expect(told('a fox in 4K', NANO, { size: '4K' })).toEqual([])
  })
})

describe('images', () => {
  test('more than the model takes are refused, before anything else is said', () => {
    expect(told('a sign "OPEN"', NB1, { images: 4 })).toEqual(['images refuses', 'lettering says'])
    expect(told('a fox', NANO, { images: 15 })).toEqual(['images refuses'])
    expect(told('a fox', NANO, { images: 14 })).toEqual([])
  })

  test('are those of the whole message: references, mentions, and an image that no turn brings', () => {
    const story = new Story().bring('fox').refer(...['a', 'b', 'c'].map((name) => reference(name)))
    const settings = { ...story.session.settings, model: NB1 ?? '' }
    expect(adviceOf(story.session, story.prompt('mix them', { settings })).map(({ kind }) => kind)).toEqual([
      'images',
    ])
  })
})

test('while a line is typed the most serious advice is shown, and none for a command', () => {
  const { session } = new Story()
  expect(adviceWhileTyping(session, 'a fox on a transparent background, 4K', 'gemini')).toMatch(
    /transparent pixels/,
  )
  expect(adviceWhileTyping(session, '/save "4K.png"', 'gemini')).toBeUndefined()
  expect(adviceWhileTyping(session, 'a fox', 'gemini')).toBeUndefined()
  expect(adviceWhileTyping(session, 'a sign "OPEN"', 'gemini')).toBeUndefined()
  expect(adviceWhileTyping(session, 'a sign "OPEN" --model lite', 'gemini')).toMatch(/misspells/)
  expect(adviceWhileTyping(session, 'a sign "OPEN" --bogus', 'gemini')).toBeUndefined()
})

test('any line on any model gets sentences or none', () => {
  const model = fc.constantFrom(...CATALOGUE, modelOf('some-other-model'))
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), model, fc.nat(20), (text, one, images) => {
      for (const advice of adviceFor({ text, size: '1K', images, model: one })) {
        expect(advice.text).toMatch(/^[^{}]+\.$/)
      }
    }),
  )
})
