import fc from 'fast-check'
import { expect, test } from 'vitest'
import { displayWidth } from '../../../src/text/graphemes.ts'
import { type KeyCell, keyPages } from '../../../src/ui/layers/help-pages.ts'
import { LAYERS } from '../../../src/ui/layers/key-layers.ts'
import type { BoundKeys } from '../../../src/ui/layers/layer.ts'
import { chordText } from '../../../src/ui/line/chord.ts'

const ALL: readonly BoundKeys[] = LAYERS.flatMap(({ title, section, bindings }) =>
  bindings.map((one) => ({ section: one.section ?? section ?? title, keys: one.keys, does: one.does })),
)

const bound = fc.subarray([...ALL], { minLength: 1 })
const namedBy = (cells: readonly KeyCell[]) =>
  cells.flatMap((cell) => (cell.kind === 'key' && cell.keys !== '' ? [cell.keys.split(/, | … /)[0]] : []))

test('whatever is bound, every key is on one page, under its heading, and no page is too high', () => {
  fc.assert(
    fc.property(
      bound,
      fc.integer({ min: 30, max: 200 }),
      fc.integer({ min: 4, max: 60 }),
      (keys, columns, rows) => {
        const { pages, ...sizes } = keyPages(keys, columns, rows)
        const all = pages.flat()
        for (const column of all) {
          expect(column.length).toBeLessThanOrEqual(rows)
          expect(column[0]?.kind).toBe('heading')
          expect(column.at(-1)?.kind).toBe('key')
        }
        for (const page of pages) {
          expect(page.length * sizes.columns + (page.length - 1) * 2).toBeLessThanOrEqual(columns)
        }
        const sections = [...new Set(keys.map(({ section }) => section).toReversed())].toReversed()
        const inOrder = sections.flatMap((section) => keys.filter((one) => one.section === section))
        expect(namedBy(all.flat())).toEqual(inOrder.map((one) => chordText(one.keys[0]!)))
      },
    ),
    { numRuns: 500 },
  )
})

test('the description of a key is never cut: it continues in the next row', () => {
  const does = 'go back to the version that this one was made from, and stay there'
  const { pages, columns, keyColumns } = keyPages([{ section: 'A', keys: ['ctrl-k'], does }], 40, 10)
  const words = pages.flat(2).flatMap((cell) => (cell.kind === 'key' ? [cell.does] : []))
  expect(words.join(' ')).toBe(does)
  for (const one of words) expect(displayWidth(one)).toBeLessThanOrEqual(columns - keyColumns - 2)
})

test('keys bound only now come before those that always are', () => {
  const bound = (section: string): BoundKeys => ({ section, keys: ['tab'], does: 'x' })
  const { pages } = keyPages(['General', 'A turn', 'General', 'Move'].map(bound), 40, 20)
  const headings = pages.flat(2).flatMap((cell) => (cell.kind === 'heading' ? [cell.text] : []))
  expect(headings).toEqual(['A turn', 'General', 'Move'])
})

test('keys with a number are shown as a range, from the first to the last bound one', () => {
  const { pages } = keyPages([{ section: 'A', keys: ['alt-1', 'alt-2', 'alt-3'], does: 'choose' }], 40, 10)
  expect(pages.flat(2)[1]).toEqual({ kind: 'key', keys: 'Alt-1 … Alt-3', does: 'choose' })
})

test('even without any room there is a page', () => {
  fc.assert(
    fc.property(
      bound,
      fc.integer({ min: -5, max: 29 }),
      fc.integer({ min: -5, max: 3 }),
      (keys, columns, rows) => {
        const { pages } = keyPages(keys, columns, rows)
        expect(pages.length).toBeGreaterThan(0)
        for (const column of pages.flat()) expect(column.length).toBeLessThanOrEqual(Math.max(1, rows))
      },
    ),
  )
})
