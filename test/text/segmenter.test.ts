import fc from 'fast-check'
import { expect, test } from 'vitest'
import { LazySegmenter } from '../../scripts/lazy-segmenter.ts'

const LETTERS = [
  ...' aé1#~\n\r\x1b[m›…→⠋─│',
  '\u0301',
  '\u200d',
  '\ufe0f',
  '\u20e3',
  '🎨',
  '👍🏽',
  '画',
  '‼',
  '↔',
]

test('a text is split into the letters that a person sees, with or without the segmenter', () => {
  const theirs = new Intl.Segmenter()
  fc.assert(
    fc.property(fc.array(fc.constantFrom(...LETTERS), { maxLength: 8 }), (letters) => {
      const text = letters.join('')
      const ours = new LazySegmenter().segment(text)
      expect([...ours]).toEqual([...theirs.segment(text)])
      for (let at = 0; at <= text.length; at++) {
        expect(ours.containing(at)).toEqual(theirs.segment(text).containing(at))
      }
    }),
  )
})

test('words are split as words', () => {
  const words = new LazySegmenter(undefined, { granularity: 'word' }).segment('a red fox')
  expect([...words].filter(({ isWordLike }) => isWordLike).map(({ segment }) => segment)).toEqual([
    'a',
    'red',
    'fox',
  ])
})
