import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { displayWidth } from '../../src/text/graphemes.ts'
import { cut, inSight, itemRows, offsetAt, paragraph, placeOf, wrap } from '../../src/text/wrap.ts'
import { promptSpace } from '../../src/ui/line/promptSpace.ts'

const segmenter = new Intl.Segmenter()
const text = fc.oneof(
  fc.string({ unit: 'grapheme', maxLength: 60 }),
  fc
    .array(fc.constantFrom('word', ' ', '  ', '\n', '漢字', '👨‍👩‍👧', 'é', 'e\u0301', 'longer-than-the-row'))
    .map((all) => all.join('')),
)
const space = fc
  .record({ columns: fc.integer({ min: 1, max: 40 }), first: fc.nat(10), rest: fc.nat(6) })
  .filter(({ columns, first, rest }) => first < columns && rest <= first)

function rowsOf(line: string, columns: number, first = 0, rest = 0): string[] {
  return wrap(line, { columns, first, rest }).map((row) => line.slice(row.start, row.end))
}

describe('a text that is longer than the window', () => {
  test.each([
    ['breaks at a blank', 'make the fox red', 10, ['make the ', 'fox red']],
    ['lets one blank stand in the last column', 'make it red', 8, ['make it ', 'red']],
    ['breaks a word that has no room at all', 'abcdefghij', 5, ['abcd', 'efgh', 'ij']],
    ['breaks between characters that are written without blanks', '赤い狐を', 6, ['赤い', '狐を']],
    ['keeps its own lines, empty ones too', 'a\n\nb\n', 10, ['a', '', 'b', '']],
    ['never cuts an emoji', '👨‍👩‍👧👨‍👩‍👧', 4, ['👨‍👩‍👧', '👨‍👩‍👧']],
    ['is one row when it is empty', '', 10, ['']],
  ])('%s', (_, line, columns, rows) => {
    expect(rowsOf(line, columns)).toEqual(rows)
  })

  test('has less room on the row of the prompt', () => {
    expect(rowsOf('one two three', 10, 5)).toEqual(['one ', 'two three'])
  })

  test('shows all its characters, in order', () => {
    fc.assert(
      fc.property(text, space, (line, given) => {
        const rows = wrap(line, given)
        const joined = rows.map((row, at) => line.slice(row.start, rows[at + 1]?.start ?? row.end)).join('')
        expect(joined).toBe(line)
        expect(rows.every((row) => !line.slice(row.start, row.end).includes('\n'))).toBe(true)
      }),
    )
  })

  test('is never wider than the window, except for a single wider character', () => {
    fc.assert(
      fc.property(text, space, (line, given) => {
        for (const row of wrap(line, given)) {
          const drawn = line.slice(row.start, row.end)
          const visible = [...segmenter.segment(drawn)].filter((one) => displayWidth(one.segment) > 0)
          if (visible.length > 1) expect(row.indent + displayWidth(drawn)).toBeLessThanOrEqual(given.columns)
        }
      }),
    )
  })

  test('has the cursor inside the window, at any place in the text', () => {
    fc.assert(
      fc.property(text, space, (line, given) => {
        const rows = wrap(line, given)
        for (const { index } of [...segmenter.segment(line), { index: line.length }]) {
          const place = placeOf(line, rows, index, given.columns)
          expect(place.row).toBeLessThan(rows.length)
          expect(place.column).toBeLessThan(given.columns)
        }
      }),
    )
  })

  test('gives the same place back, row by row', () => {
    fc.assert(
      fc.property(text, space, fc.nat(40), (line, given, column) => {
        const rows = wrap(line, given)
        rows.forEach((_, row) => {
          const offset = offsetAt(line, rows, row, column)
          expect(placeOf(line, rows, offset, given.columns).row).toBe(row)
        })
      }),
    )
  })
})

describe('a list that is longer than its place', () => {
  test.each([
    [3, 1, 5, { start: 0, end: 3 }],
    [9, 0, 3, { start: 0, end: 3 }],
    [9, 4, 3, { start: 3, end: 6 }],
    [9, 8, 3, { start: 6, end: 9 }],
    [9, 8, 0, { start: 8, end: 8 }],
  ])('of %i, with number %i chosen and %i rows, shows the chosen one', (count, chosen, rows, range) => {
    expect(inSight(count, chosen, rows)).toEqual(range)
  })
})

describe('a text that must stay in one row', () => {
  test.each([
    ['fits', 'a red fox', 9, 'a red fox'],
    ['says by a sign that it goes on', 'a red fox', 8, 'a red f…'],
    ['is cut before a wide character that has only half its room', '漢字漢字', 6, '漢字…'],
    ['has its newlines as blanks', 'a\nb', 9, 'a b'],
    ['is empty without a column', 'a red fox', 0, ''],
  ])('%s', (_, long, columns, short) => {
    expect(cut(long, columns)).toBe(short)
  })

  test('is cut in its last row when it has several', () => {
    expect(paragraph('3 lines waiting: Enter runs them', 12, 2)).toEqual(['3 lines', 'waiting: En…'])
  })
})

test.each([
  [[], 20, ['']],
  [['v1', '300×300', 'png'], 20, ['v1 · 300×300 · png']],
  [['v1', '300×300', 'png'], 17, ['v1 · 300×300 ·', 'png']],
  [['v1', 'brought in: a fox at dawn.png', 'png'], 20, ['v1 ·', 'brought in: a fox at', 'dawn.png · png']],
] as const)('items %j in %i columns are broken between them', (items, columns, rows) => {
  expect(itemRows(items, columns)).toEqual(rows)
})

test.each([
  ['v9', 80, 'v9 › ', { columns: 80, first: 5, rest: 5 }],
  ['from v3 · + v6', 40, 'from v3 · + v6 › ', { columns: 40, first: 17, rest: 2 }],
  ['from v3 · + v6', 20, 'from v3… › ', { columns: 20, first: 11, rest: 2 }],
  ['v9', 8, '› ', { columns: 8, first: 2, rest: 0 }],
])('before the text stands what it edits: %s in %i columns', (label, columns, lead, given) => {
  expect(promptSpace(label, columns)).toEqual({ lead, space: given })
})
