import { stripVTControlCharacters } from 'node:util'
import { before, displayWidth, graphemesOf } from './graphemes.ts'

/** The room for a text: the first row is indented by `first`, all others by `rest`, which is never more. */
export type Space = { readonly columns: number; readonly first: number; readonly rest: number }

/** `text.slice(start, end)`, drawn after `indent` columns. */
export type TextRow = { readonly start: number; readonly end: number; readonly indent: number }

/**
 * Breaks a text into rows, at blanks if possible. The last column is kept free for the cursor, and for one blank that
 * would otherwise begin the next row. There is always at least one row.
 */
export function wrap(text: string, space: Space): readonly TextRow[] {
  const rows: TextRow[] = []
  for (let start = 0; start <= text.length; ) {
    const newline = text.indexOf('\n', start)
    const end = newline === -1 ? text.length : newline
    wrapLine(text, start, end, space, rows)
    start = end + 1
  }
  return rows
}

function wrapLine(text: string, from: number, to: number, space: Space, rows: TextRow[]): void {
  let indent = rows.length === 0 ? space.first : space.rest
  let start = from
  let width = 0
  let wordAt = from
  let widthBeforeWord = 0
  for (const grapheme of graphemesOf(text.slice(from, to))) {
    const at = from + grapheme.at
    const hangs = grapheme.text === ' ' && width <= roomAfter(indent, space) && indent + width < space.columns
    while (!hangs && at > start && width + grapheme.width > roomAfter(indent, space)) {
      const cut = wordAt > start ? wordAt : at
      rows.push({ start, end: cut, indent })
      width = cut === at ? 0 : width - widthBeforeWord
      start = cut
      indent = space.rest
    }
    width += grapheme.width
    if (grapheme.text === ' ' || grapheme.width > 1) {
      wordAt = at + grapheme.text.length
      widthBeforeWord = width
    }
  }
  rows.push({ start, end: to, indent })
}

const roomAfter = (indent: number, { columns }: Space) => Math.max(1, columns - indent - 1)

export type CursorPlace = { readonly row: number; readonly column: number }

/** The cursor's place on the screen, counted from the first row. It always stays within the columns. */
export function placeOf(
  text: string,
  rows: readonly TextRow[],
  offset: number,
  columns: number,
): CursorPlace {
  const row = Math.max(
    0,
    rows.findLastIndex((one) => one.start <= offset),
  )
  const { start, indent } = rows[row] ?? { start: 0, indent: 0 }
  const column = indent + displayWidth(text.slice(start, offset))
  return { row, column: Math.max(0, Math.min(column, columns - 1)) }
}

/** The offset in a row that is nearest to this column without passing it. */
export function offsetAt(text: string, rows: readonly TextRow[], row: number, column: number): number {
  const here = rows[row]
  if (!here) return text.length
  let width = here.indent
  for (const grapheme of graphemesOf(text.slice(here.start, here.end))) {
    width += grapheme.width
    if (width > column) return here.start + grapheme.at
  }
  // The end of a row that goes on is the start of the next.
  const goesOn = rows[row + 1]?.start === here.end
  return goesOn ? Math.max(here.start, before(text, here.end)) : here.end
}

/** The rows to draw when not all have room: the chosen one stays in sight, with its neighbours. */
export function inSight(count: number, chosen: number, rows: number): { start: number; end: number } {
  const size = Math.max(0, Math.min(count, rows))
  const start = Math.max(0, Math.min(chosen - Math.floor(size / 2), count - size))
  return { start, end: start + size }
}

/** A text in one row of at most so many columns; `…` says that there is more. */
export function cut(text: string, columns: number): string {
  const line = text.replace(/[\x00-\x1f\x7f-\x9f]+/g, ' ')
  if (displayWidth(line) <= columns) return line
  if (columns < 1) return ''
  let width = 0
  for (const grapheme of graphemesOf(line)) {
    width += grapheme.width
    if (width > columns - 1) return `${line.slice(0, grapheme.at).trimEnd()}…`
  }
  return line
}

/** A text filled up with blanks to so many columns; one that is longer stays. */
export function padded(text: string, columns: number): string {
  return `${text}${' '.repeat(Math.max(0, columns - displayWidth(text)))}`
}

/** Rows that a terminal breaks a text into, whatever its colours and links. */
export function rowsTaken(text: string, columns: number): number {
  return text
    .split('\n')
    .map((line) => displayWidth(stripVTControlCharacters(line)))
    .reduce((rows, width) => rows + Math.max(1, Math.ceil(width / columns)), 0)
}

/** A row that is one path and nothing else, as `/save` prints it; it is not broken at its blanks. */
const PATH_ALONE = /^(?:~|[a-z]:)?[/\\]\S.*\.(?:png|jpe?g|webp|avif)$/i

/**
 * Breaks a text for the transcript, between words, and keeps its own line breaks and indents. A path or an address that
 * is longer than a row stays whole, so that it can be copied.
 */
export function flow(text: string, columns: number): string {
  return text
    .split('\n')
    .flatMap((line) => flowLine(line, columns))
    .join('\n')
}

function flowLine(line: string, columns: number): readonly string[] {
  if (displayWidth(line) <= columns || PATH_ALONE.test(line)) return [line]
  const blanks = line.length - line.trimStart().length
  const blank = line.slice(0, blanks)
  const indent = displayWidth(blank) <= columns / 2 ? blank : ''
  const room = Math.max(1, columns - displayWidth(indent))
  const rows: string[] = []
  const add = (words: string) => words.trim() !== '' && rows.push(...paragraph(words, room, Infinity))
  let at = 0
  for (const { 0: word, index } of line.matchAll(/\S*[/\\]\S*/g)) {
    if (displayWidth(word) <= room) continue
    add(line.slice(at, index))
    rows.push(word)
    at = index + word.length
  }
  add(line.slice(at))
  return rows.map((row) => indent + row)
}

/** Items separated by dots, broken only between items: every row but the last ends with a dot. There is always a row. */
export function itemRows(items: readonly string[], columns: number): readonly string[] {
  const rows: string[] = []
  for (const [index, item] of items.entries()) {
    const dot = index < items.length - 1 ? ' ·' : ''
    const longer = `${rows.at(-1) ?? ''} ${item}${dot}`
    if (rows.length > 0 && displayWidth(longer) <= columns) rows[rows.length - 1] = longer
    else rows.push(...flow(`${item}${dot}`, columns).split('\n'))
  }
  return rows.length > 0 ? rows : ['']
}

/** A text in at most `rows` rows; the last row is cut if the text is longer. */
export function paragraph(text: string, columns: number, rows: number): readonly string[] {
  const all = wrap(text.trim(), { columns: columns + 1, first: 0, rest: 0 })
  const lines = all.map(({ start, end }) => text.trim().slice(start, end).trimEnd())
  if (lines.length <= rows) return lines
  if (rows < 1) return []
  const rest = text.trim().slice(all[rows - 1]?.start)
  return [...lines.slice(0, rows - 1), cut(rest, columns)]
}
