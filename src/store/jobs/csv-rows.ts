import { cellsOf, columnOf, type RowProblem, unknownColumn } from '../../core/batch/columns.ts'
import type { PromptRows } from './prompt-rows.ts'

type Numbered = { readonly cells: readonly string[]; readonly line: number }

/** The rows of a CSV file; no rows when the first line is wrong. */
export async function csvRows(text: string): Promise<PromptRows> {
  const { CsvError, parse } = await import('csv-parse/sync')
  // Excel can name the separator in a line before the header.
  const lines = text.replace(/\r\n?/g, '\n')
  const declared = /^sep=(.)\n/i.exec(lines)
  const body = declared ? lines.slice(declared[0].length) : lines
  const skipped = declared ? 1 : 0
  const records: Numbered[] = []
  try {
    parse(body, {
      delimiter: declared?.[1] ?? separatorOf(body),
      record_delimiter: '\n',
      relax_column_count: true,
      relax_quotes: true,
      skip_empty_lines: true,
      on_record: (cells: string[], { lines }) => {
        records.push({ cells, line: lines - inside(cells) + skipped })
        return null
      },
    })
  } catch (error) {
    if (!(error instanceof CsvError)) throw error
    const line = typeof error.lines === 'number' ? error.lines + skipped : 0
    return { rows: [], problems: [{ line, sentence: csvSentence(error.code) }], notes: [] }
  }
  const [header, ...rest] = records
  if (!header) return { rows: [], problems: [], notes: [] }
  const names = header.cells.map((name) => name.trim().toLowerCase())
  const columns = names.map(columnOf)
  const problems = headerProblems(names, header.line)
  // With a wrong first line, every row would be wrong for the same reason.
  if (problems.length > 0) return { rows: [], problems, notes: [] }
  const rows = rest.filter(({ cells }) => cells.some((cell) => cell.trim() !== ''))
  for (const { cells, line } of rows) {
    if (cells.slice(columns.length).every((cell) => cell.trim() === '')) continue
    const sentence = `It has ${cells.length} columns, but the first line has ${columns.length}: put a text that contains the separator in quotes.`
    problems.push({ line, sentence })
  }
  return {
    rows: rows.map(({ cells, line }) => ({
      line,
      cells: cellsOf(columns.map((column, index) => [column, cells[index]])),
    })),
    problems,
    notes: [],
  }
}

/** The separator that splits the first line into the most known columns. */
function separatorOf(text: string): string {
  const [first = ''] = text.split('\n', 1)
  const known = (separator: string) =>
    first.split(separator).filter((name) => {
      const bare = name.replace(/^["\s]+|["\s]+$/g, '').toLowerCase()
      return columnOf(bare) !== undefined
    }).length
  return [',', ';', '\t'].reduce((best, one) => (known(one) > known(best) ? one : best))
}

function headerProblems(names: readonly string[], line: number): RowProblem[] {
  const unknown = names.filter((name) => name !== '' && columnOf(name) === undefined)
  const twice = names.filter((name, index) => name !== '' && names.indexOf(name) !== index)
  const sentences = [
    ...unknown.map((name) => unknownColumn(name)),
    ...twice.map((name) => `The column "${name}" appears twice.`),
    ...(names.includes('prompt')
      ? []
      : ['The first line names the columns, and "prompt" is not one of them.']),
  ]
  return sentences.map((sentence) => ({ line, sentence }))
}

/** Line breaks inside a record's cells: the parser reports the line that a record ends on. */
function inside(cells: readonly string[]): number {
  return cells.reduce((sum, cell) => sum + (cell.match(/\n/g)?.length ?? 0), 0)
}

function csvSentence(code: string): string {
  if (code === 'CSV_QUOTE_NOT_CLOSED') return 'A quote is opened, here or above, and never closed.'
  if (code === 'CSV_INVALID_CLOSING_QUOTE')
    return 'There is text after a closing quote; write a quote inside a text twice.'
  return `This CSV cannot be read (${code}).`
}
