import {
  type Column,
  cellsOf,
  columnOf,
  type RowCells,
  type RowProblem,
  unknownColumn,
} from '../../core/batch/columns.ts'
import type { PromptRows } from './prompt-rows.ts'

/** Reads one JSON object a line, such as `{"name":"fox","prompt":"a red fox"}`. */
export function jsonRows(text: string): PromptRows {
  const problems: RowProblem[] = []
  const rows: RowCells[] = []
  for (const [index, written] of text.split(/\r?\n/).entries()) {
    const line = index + 1
    const json = written.trim()
    if (json === '') continue
    const read = jsonRow(json)
    if (Array.isArray(read)) problems.push(...read.map((sentence) => ({ line, sentence })))
    else rows.push({ line, cells: read })
  }
  return { rows, problems, notes: [] }
}

/** The cells of one line, or sentences about what is wrong with it. */
function jsonRow(json: string): RowCells['cells'] | string[] {
  let value: unknown
  try {
    value = JSON.parse(json)
  } catch {
    return ['This line is not JSON.']
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    return ['This line is not a JSON object, such as {"name":"fox","prompt":"a red fox"}.']
  }
  const entries = Object.entries(value).filter(([, cell]) => cell !== null)
  const wrong = entries.flatMap(([name, cell]) => {
    const column = columnOf(name)
    if (!column) return [unknownColumn(name)]
    return wordsOf(column, cell) === undefined
      ? [`"${name}" must be a text${column === 'refs' ? ' or a list of texts' : ''}.`]
      : []
  })
  if (wrong.length > 0) return wrong
  return cellsOf(
    entries.map(([name, cell]) => {
      const column = columnOf(name)
      return [column, column && wordsOf(column, cell)]
    }),
  )
}

function wordsOf(column: Column, cell: unknown): string | undefined {
  if (typeof cell === 'string' || typeof cell === 'number') return String(cell)
  const list = column === 'refs' && Array.isArray(cell) && cell.every((path) => typeof path === 'string')
  return list ? cell.join(';') : undefined
}
