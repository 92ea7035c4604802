import fc from 'fast-check'
import stringWidth from 'string-width'
import { describe, expect, test } from 'vitest'
import { displayWidth, graphemesOf } from '../../src/text/graphemes.ts'
import { columnsOf } from '../../src/text/listing.ts'
import { isPlain } from '../../src/text/plain-width.ts'
import { flow, padded, rowsTaken } from '../../src/text/wrap.ts'

const text = fc.oneof(
  fc.string({ unit: 'grapheme' }),
  fc.string({ unit: fc.constantFrom('a', ' ', 'é', '狐', '👩‍👩‍👧', 'e\u0301', '→', 'ｗ', '\u3000') }),
)

describe('the width of a text', () => {
  test('of plain characters is that of string-width, which Ink uses', () => {
    for (let code = 0x20; code < 0x3000; code++) {
      const one = String.fromCharCode(code)
      if (isPlain(one)) expect([code.toString(16), stringWidth(one)]).toEqual([code.toString(16), 1])
    }
  })

  test('is that of string-width, and the sum of its graphemes', () => {
    fc.assert(
      fc.property(text, (given) => {
        const line = given.replace(/[\x00-\x1f\x7f-\x9f]/g, ' ')
        expect(displayWidth(line)).toBe(stringWidth(line))
        const sum = [...graphemesOf(line)].reduce((width, grapheme) => width + grapheme.width, 0)
        expect(sum).toBe(displayWidth(line))
      }),
    )
  })

  test('is used to pad texts and to align columns', () => {
    fc.assert(
      fc.property(text, fc.nat(40), (given, columns) => {
        const line = given.replace(/[\x00-\x1f\x7f-\x9f]/g, ' ')
        expect(displayWidth(padded(line, columns))).toBe(Math.max(columns, displayWidth(line)))
      }),
    )
    const rows = columnsOf(
      [
        ['狐', 'a fox'],
        ['👩‍👩‍👧 and', 'a family'],
      ],
      60,
    ).split('\n')
    const starts = rows.map((row) => displayWidth(row.slice(0, row.indexOf('a f'))))
    expect(new Set(starts)).toEqual(new Set([8]))
  })

  test('is used to count rows, whatever is painted', () => {
    expect(rowsTaken('\x1b[2m狐狐狐\x1b[22m\n\n\x1b]8;;https://x.test\x1b\\ab\x1b]8;;\x1b\\', 4)).toBe(4)
  })

  test('is used to measure an indent of wide blanks', () => {
    for (const row of flow('\u3000\u3000one two three four five', 12).split('\n')) {
      expect(displayWidth(row)).toBeLessThanOrEqual(12)
    }
  })
})
