import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { COLUMNS } from '../../../src/core/batch/columns.ts'
import { DiskError } from '../../../src/store/disk-error.ts'
import { readPromptFile } from '../../../src/store/jobs/prompt-file.ts'
import { temporaryHome } from '../temporary-home.ts'

async function table(text: string | Uint8Array, name = 'rows.csv') {
  const path = join(await temporaryHome(), name)
  await writeFile(path, text)
  return readPromptFile(path)
}

test('a file from a German Excel is read: a byte order mark, semicolons, and quotes around a text', async () => {
  const { rows, problems } = await table(
    '\uFEFFName;Prompt;AR\r\nfuchs;"ein Fuchs; er sagt ""nein""\r\nund geht";16:9\r\n;zwei Füchse;\r\n',
  )
  expect(problems).toEqual([])
  expect(rows).toEqual([
    { line: 2, cells: { name: 'fuchs', prompt: 'ein Fuchs; er sagt "nein"\nund geht', ar: '16:9' } },
    { line: 4, cells: { prompt: 'zwei Füchse' } },
  ])
})

test('Excel’s line that names the separator, tabs, and UTF-16 are read too', async () => {
  expect((await table('sep=|\nname|prompt\nfox|a fox, red\n')).rows).toEqual([
    { line: 3, cells: { name: 'fox', prompt: 'a fox, red' } },
  ])
  const utf16 = Buffer.from('\uFEFFprompt\tsize\nein Fuchs; rot\t2K\n', 'utf16le')
  expect((await table(utf16, 'rows.tsv')).rows).toEqual([
    { line: 2, cells: { prompt: 'ein Fuchs; rot', size: '2K' } },
  ])
})

test('a file in Windows-1252 is read, with a note', async () => {
  const { rows, notes } = await table(Buffer.from('prompt\nein gr\xfcner Fuchs\n', 'latin1'))
  expect(rows).toEqual([{ line: 2, cells: { prompt: 'ein grüner Fuchs' } }])
  expect(notes).toEqual([expect.stringContaining('was read as Windows-1252')])
})

test('a wrong first line is reported once, not for every row', async () => {
  const { rows, problems } = await table('name,promt,ratio\na,b,c\nd,e,f\n')
  expect(rows).toEqual([])
  expect(problems).toEqual([
    { line: 1, sentence: expect.stringContaining('no column "promt"; the columns are name, prompt, ar') },
    { line: 1, sentence: expect.stringContaining('no column "ratio"') },
    { line: 1, sentence: expect.stringContaining('"prompt" is not one of them') },
  ])
})

test('a comma outside quotes, an open quote and a quote inside a text are reported by line', async () => {
  const comma = await table('name,prompt\nfox,a red fox, in snow\n')
  expect(comma.problems).toEqual([{ line: 2, sentence: expect.stringContaining('separator in quotes') }])
  const open = await table('name,prompt\nfox,"a red fox\nbear,a bear\n')
  expect(open.problems).toEqual([
    { line: expect.any(Number), sentence: expect.stringContaining('never closed') },
  ])
  expect((await table('prompt\na 5" disc\n')).rows).toEqual([{ line: 2, cells: { prompt: 'a 5" disc' } }])
})

test('JSON lines: texts, numbers, a list of references, and what is wrong with each line', async () => {
  const lines = [
    '{"name":7,"prompt":"a fox","refs":["a.png","b.png"],"size":null}',
    '',
    '{"prompt":"a fox"',
    '["a fox"]',
    '{"prompt":["a fox"],"promt":"a fox"}',
  ]
  const { rows, problems } = await table(lines.join('\n'), 'rows.jsonl')
  expect(rows).toEqual([{ line: 1, cells: { name: '7', prompt: 'a fox', refs: 'a.png;b.png' } }])
  expect(problems).toEqual([
    { line: 3, sentence: 'This line is not JSON.' },
    { line: 4, sentence: expect.stringContaining('not a JSON object') },
    { line: 5, sentence: '"prompt" must be a text.' },
    { line: 5, sentence: expect.stringContaining('no column "promt"') },
  ])
})

test('a file with another ending, a missing file and a folder are refused, each in its own way', async () => {
  expect((await table('hello', 'rows.txt')).problems).toEqual([
    { line: 0, sentence: expect.stringContaining('.csv, .tsv, .jsonl') },
  ])
  expect((await readPromptFile('/nowhere/rows.csv')).problems).toEqual([
    { line: 0, sentence: 'There is no such file.' },
  ])
  const folder = join(await temporaryHome(), 'rows.csv')
  await mkdir(folder)
  await expect(readPromptFile(folder)).rejects.toThrow(DiskError)
})

const cell = fc.oneof(
  fc.string({ unit: 'grapheme', maxLength: 12 }),
  fc
    .array(fc.constantFrom('a', ' ', ',', ';', '\t', '"', '\n', '\r\n', 'é', '漢'), { maxLength: 8 })
    .map((all) => all.join('')),
)
/** All kinds of line end are read as a newline. */
const text = cell.map((one) => one.replace(/\r\n?/g, '\n'))
const written = (value: string) => `"${value.replaceAll('"', '""')}"`

test('any text in quotes is read back unchanged, with the line that it began on', async () => {
  const folder = await temporaryHome()
  const rowsOf = fc.array(fc.tuple(text, text, text), { minLength: 1, maxLength: 6 })
  await fc.assert(
    fc.asyncProperty(
      rowsOf,
      fc.constantFrom(',', ';', '\t'),
      fc.constantFrom('\n', '\r\n'),
      fc.boolean(),
      async (rows, separator, end, mark) => {
        const path = join(folder, 'rows.csv')
        const header = ['name', 'prompt', 'refs'].join(separator)
        const lines = rows.map((row) => row.map(written).join(separator))
        await writeFile(path, `${mark ? '\uFEFF' : ''}${[header, ...lines].join(end)}${end}`)
        let line = 2
        const expected = rows.flatMap((row, index) => {
          const began = line
          line += (lines[index]?.match(/\n/g)?.length ?? 0) + 1
          if (row.every((value) => value.trim() === '')) return []
          const names = [COLUMNS[0], COLUMNS[1], COLUMNS[5]]
          const cells = Object.fromEntries(
            row.flatMap((value, column) => (value === '' ? [] : [[names[column], value]])),
          )
          return [{ line: began, cells }]
        })
        expect(await readPromptFile(path)).toEqual({ rows: expected, problems: [], notes: [] })
      },
    ),
    { numRuns: 150 },
  )
})
