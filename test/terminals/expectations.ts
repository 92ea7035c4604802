// What a screenshot must show: a caption under every picture, the picture that it names, and all text.
import type { Reading } from './reading.ts'
import type { Cell, Tape } from './tape.ts'
import type { Quadrants } from './testcard.ts'

/** Block characters, sextants and octants, and kitty's placeholder. */
const drawing = /^[\u2580-\u259f\u{1fb00}-\u{1fbaf}\u{1cd00}-\u{1cdff}\u{10eeee}]/u

/** In a picture of blocks, a space is a cell of one colour. */
const isDrawn = ({ text, coloured }: Cell): boolean => coloured || drawing.test(text)

/** The versions whose captions are on the screen, from top to bottom. */
export function captionsOf(rows: readonly string[]): readonly number[] {
  return rows.flatMap((row) => /^v(\d+) ← /.exec(row)?.[1] ?? []).map(Number)
}

/** Everything that is wrong, in sentences. `cards`: what the picture of each version looks like. */
export function whatIsWrong(
  reading: Reading,
  tape: Tape,
  cards: ReadonlyMap<number, Quadrants>,
  own: readonly string[] | undefined,
): readonly string[] {
  return [
    ...picturesWrong(reading, tape, cards),
    ...rowsWrong(reading, tape),
    ...(own ? ownWrong(tape, own) : []),
  ]
}

function picturesWrong(
  reading: Reading,
  tape: Tape,
  cards: ReadonlyMap<number, Quadrants>,
): readonly string[] {
  const rows = tape.rows()
  const problems: string[] = []
  const captioned = new Set<unknown>()
  for (const [row, text] of rows.entries()) {
    const version = captionsOf([text])[0]
    // The picture of the first row's caption has left the screen.
    if (version === undefined || row === 0) continue
    const found = reading.pictures.find(({ last }) => last === row - 1 || last === row - 2)
    const card = cards.get(version)
    if (!found || !card) {
      problems.push(`row ${row}: no picture of v${version} over its caption`)
      continue
    }
    captioned.add(found)
    problems.push(
      ...reading
        .compare(found, card)
        .map((problem) => `the picture of v${version} over row ${row}: ${problem}`),
    )
  }
  for (const found of reading.pictures) {
    if (!captioned.has(found))
      problems.push(`rows ${found.first} to ${found.last}: a picture without a caption`)
  }
  return problems
}

function rowsWrong(reading: Reading, tape: Tape): readonly string[] {
  const { cursor } = tape
  return tape.cells().flatMap((row, y) => {
    const drawn = row.some(isDrawn)
    const last = row.findLastIndex(({ text }) => text !== '')
    const isText = !drawn && last >= 0
    const wrong = row.flatMap((cell, x) => {
      const { text, reverse } = cell
      if (cursor.row === y && Math.abs(cursor.column - x) <= 1) return []
      if (reverse) return []
      if (isDrawn(cell)) return reading.isCovered(x, y) ? [] : [`${x} is not drawn`]
      if (text !== '') {
        if (reading.isCovered(x, y)) return [`${x} is covered (${text})`]
        return reading.hasInk(x, y) ? [] : [`${x} has no ${text}`]
      }
      if (!reading.hasInk(x, y)) return []
      return !isText && reading.isNearPicture(x, y) ? [] : [`${x} has something`]
    })
    // Allows for the faintest dots, and for the part of a wide letter in the next cell.
    if (wrong.length <= 2) return []
    const what = drawn
      ? 'a picture'
      : isText
        ? `"${row
            .map(({ text }) => text || ' ')
            .join('')
            .trim()}"`
        : 'an empty row'
    return [`row ${y}, ${what}: ${wrong.length} cells are wrong: ${wrong.slice(0, 4).join(', ')}`]
  })
}

/** Compares what the terminal says it shows with what was written to it. */
function ownWrong(tape: Tape, own: readonly string[]): readonly string[] {
  const cells = tape.cells()
  return tape.rows().flatMap((row, y) => {
    if (cells[y]?.some(isDrawn)) return []
    const shown = own[y]?.trimEnd() ?? ''
    return shown === row ? [] : [`row ${y}: the terminal has "${shown}" for "${row}"`]
  })
}
