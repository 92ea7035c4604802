import { displayWidth } from './graphemes.ts'
import { sanitizeLine } from './sanitize.ts'
import { cut, padded, paragraph } from './wrap.ts'

/** A last column with less room than this is cut, not wrapped. */
const LEAST_LAST = 16

/** Formats the rows of a listing, each column as wide as its widest cell; the last column wraps in the room left. */
export function columnsOf(rows: readonly (readonly string[])[], columns: number): string {
  const clean = rows.map((row) => row.map(sanitizeLine))
  const widths: number[] = []
  for (const row of clean) {
    for (const [index, cell] of row.slice(0, -1).entries()) {
      widths[index] = Math.max(widths[index] ?? 0, displayWidth(cell))
    }
  }
  const indent = widths.reduce((sum, width) => sum + width + 2, 0)
  return clean.map((row) => rowOf(row, widths, indent, columns)).join('\n')
}

function rowOf(row: readonly string[], widths: readonly number[], indent: number, columns: number): string {
  const last = row.at(-1) ?? ''
  const before = row
    .slice(0, -1)
    .map((cell, index) => `${padded(cell, widths[index] ?? 0)}  `)
    .join('')
  if (columns - indent < LEAST_LAST) return cut(`${before}${last}`.trimEnd(), columns)
  const lines = paragraph(last, columns - indent, Number.POSITIVE_INFINITY)
  return lines
    .map((line, index) => `${index === 0 ? before : ' '.repeat(indent)}${line}`.trimEnd())
    .join('\n')
}
