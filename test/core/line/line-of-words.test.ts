import fc from 'fast-check'
import { expect, test } from 'vitest'
import { parseLine } from '../../../src/core/line/line.ts'
import { lineOfWords } from '../../../src/core/line/line-of-words.ts'

const known = { versions: new Set([1, 2]), references: ['hero'], tags: new Map([['final', 2]]) }

const piece = fc.constantFrom(
  ...['--ar 16:9', '--nonsense', '—fresh', '-n 4', '@hero', '@final', '@"a b.png"', 'v1', 'V2', 'version 1'],
  ...[
    '/undo',
    '//x',
    '{red|blue}',
    '\\@x',
    '\\',
    '"--ar 1:1"',
    '“v1”',
    ' ',
    '\n',
    '-',
    '@',
    'x',
    'an émoji 🦊',
  ],
)

test('what looks like a mark, a flag or a command is read as the words that it is', () => {
  const text = fc
    .array(fc.oneof(piece, fc.string({ unit: 'grapheme' })), { minLength: 1 })
    .map((all) => all.join(' '))
  fc.assert(
    fc.property(text, (words) => {
      fc.pre(words.trim() !== '')
      const parsed = parseLine(lineOfWords(words), known)
      expect(parsed).toMatchObject({ kind: 'prompt', text: words.trim(), named: [], flags: [], base: null })
    }),
    { numRuns: 500 },
  )
})

test('its flags are read as flags, each with its value', () => {
  const flags = [
    { flag: 'aspect', name: 'ar', value: '16:9' },
    { flag: 'seed', name: 'seed', value: '-7' },
    { flag: 'system', name: 'system', value: 'no words -- ever' },
  ] as const
  const parsed = parseLine(lineOfWords('a fox --ar', flags), known)
  expect(parsed.kind === 'prompt' && parsed.text).toBe('a fox --ar')
  expect(parsed.kind === 'prompt' && parsed.flags.map(({ flag, value }) => [flag, value])).toEqual(
    flags.map(({ flag, value }) => [flag, value]),
  )
})
