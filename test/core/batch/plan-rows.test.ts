import fc from 'fast-check'
import { expect, test } from 'vitest'
import { partsOf } from '../../../src/core/batch/batch-parts.ts'
import type { RowCells } from '../../../src/core/batch/columns.ts'
import { planRows } from '../../../src/core/batch/plan-rows.ts'

const USUAL = { model: 'gemini-nano-banana-2.1', aspect: 'auto', size: '1K' }
const rows = (...all: RowCells['cells'][]): RowCells[] =>
  all.map((cells, index) => ({ line: index + 2, cells }))

test('a row takes from the session what it leaves open, and its own words in upper or lower case', () => {
  const { rows: planned, problems } = planRows(
    rows(
      { name: ' fox ', prompt: ' a fox ' },
      { name: 'bear', prompt: 'a bear', ar: '16:9', size: '2k', model: 'PRO', refs: 'a.png; b/c.png ;' },
      { name: 'owl', prompt: 'an owl', model: 'lite' },
    ),
    { ...USUAL, aspect: '8:1', size: '4K' },
  )
  expect(problems).toEqual([])
  expect(planned).toEqual([
    {
      line: 2,
      name: 'fox',
      prompt: 'a fox',
      settings: { model: 'gemini-nano-banana-2.1', aspect: '8:1', size: '4K' },
      refs: [],
    },
    {
      line: 3,
      name: 'bear',
      prompt: 'a bear',
      settings: { model: 'gemini-3-pro-image', aspect: '16:9', size: '2K' },
      refs: ['a.png', 'b/c.png'],
    },
    // Lite has neither 8:1 nor 4K.
    {
      line: 4,
      name: 'owl',
      prompt: 'an owl',
      settings: { model: 'gemini-3.1-flash-lite-image', aspect: 'auto', size: '1K' },
      refs: [],
    },
  ])
})

test('everything that is wrong is reported at once, by line', () => {
  const { rows: planned, problems } = planRows(
    rows(
      { name: 'a', prompt: '  ' },
      { prompt: 'a fox', model: 'nanno' },
      { prompt: 'a fox', ar: '16x9', size: '8K', model: 'pro' },
      { prompt: 'a fox', size: '4K', model: 'nb1', refs: 'a;b;c;d' },
      { prompt: 'a fox', model: 'models/my-own' },
      { prompt: `a fox ${'AIza'}${'x'.repeat(35)}` },
    ),
    USUAL,
  )
  expect(planned.map(({ line }) => line)).toEqual([6])
  expect(problems).toEqual([
    { line: 2, sentence: 'The prompt is missing.' },
    { line: 3, sentence: expect.stringContaining('the model "nanno"; it knows nano, pro, lite') },
    { line: 4, sentence: expect.stringContaining('Nano Banana Pro has no ratio "16x9"; it has auto, 1:1') },
    { line: 4, sentence: 'Nano Banana Pro has no size "8K"; it has 1K, 2K, 4K.' },
    { line: 5, sentence: 'Nano Banana has no size "4K"; it has 1K.' },
    {
      line: 5,
      sentence: expect.stringContaining('takes 3 images (works best with up to 3), and this row has 4'),
    },
    { line: 7, sentence: 'There is an API key in the prompt.' },
  ])
  expect(planRows([], USUAL).problems).toEqual([{ line: 0, sentence: 'The file has no rows.' }])
})

test('a model that is switched off is replaced by its successor, with a note', () => {
  const { rows: planned, notes } = planRows(
    rows({ prompt: 'a fox', model: 'gemini-3-pro-image-preview' }),
    USUAL,
  )
  expect(planned[0]?.settings.model).toBe('gemini-3-pro-image')
  expect(notes).toEqual([expect.stringContaining('gemini-3-pro-image has taken its place')])
})

test('duplicate names get numbers, and a name from the file goes before one that is made', () => {
  const { rows: planned, notes } = planRows(
    rows(
      { prompt: 'A red fox, in deep snow at dawn' },
      { name: 'Fox', prompt: 'x' },
      { name: 'fox', prompt: 'x' },
      { name: 'fox-2', prompt: 'x' },
      { name: 'a-red-fox-in-deep', prompt: 'x' },
      { name: 'two\nlines', prompt: 'x' },
    ),
    USUAL,
  )
  expect(planned.map(({ name }) => name)).toEqual([
    'a-red-fox-in-deep-2',
    'Fox',
    'fox-3',
    'fox-2',
    'a-red-fox-in-deep',
    'two lines',
  ])
  expect(notes).toEqual(['Line 4: "fox" is taken, so the row is named "fox-3".'])
})

test('every row has a name of its own, whatever the file says', () => {
  const word = fc.constantFrom('fox', 'Fox', 'fox-2', 'fox-3', ' ', '')
  const table = fc.array(fc.record({ name: word, prompt: fc.constantFrom('fox', 'fox 2', '!') }))
  fc.assert(
    fc.property(table, (cells) => {
      const names = planRows(rows(...cells), USUAL).rows.map(({ name }) => name.toLowerCase())
      expect(new Set(names).size).toBe(cells.length)
      expect(names).not.toContain('')
    }),
  )
})

test('rows are divided into jobs of one model each, in order, and no job is larger than can be fetched', () => {
  const row = fc.record({
    settings: fc.record({
      model: fc.constantFrom('a', 'b'),
      size: fc.constantFrom('512', '1K', '4K', 'other'),
    }),
    bytes: fc.integer({ min: 1, max: 60 }),
  })
  const weight: Record<string, number> = { '512': 1.2e6, '1K': 3.5e6 }
  fc.assert(
    fc.property(fc.array(row), (all) => {
      const parts = partsOf(all, { results: 50e6, requests: 100 })
      for (const part of parts) {
        expect(part.length).toBeGreaterThan(0)
        expect(new Set(part.map(({ settings }) => settings.model)).size).toBe(1)
        const results = part.reduce((sum, { settings }) => sum + (weight[settings.size] ?? 22e6), 0)
        const requests = part.reduce((sum, { bytes }) => sum + bytes, 0)
        expect(part.length === 1 || (results <= 50e6 && requests <= 100)).toBe(true)
      }
      for (const model of ['a', 'b']) {
        const of = (rows: typeof all) => rows.filter(({ settings }) => settings.model === model)
        expect(of(parts.flat())).toEqual(of(all))
      }
    }),
  )
  const large = Array.from({ length: 60 }, () => ({ settings: { model: 'a', size: '4K' }, bytes: 500 }))
  expect(partsOf(large).map((part) => part.length)).toEqual([22, 22, 16])
})
