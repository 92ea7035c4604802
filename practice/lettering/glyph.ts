import { LATIN, MARKS } from './latin.ts'
import { ALIKE, OTHERS, SMALL_CAPITALS } from './others.ts'
import { SAME, SIGNS } from './signs.ts'

/** A letter in the units of its table: the path of the pen, and its width without the pen's own width. */
export type PlacedGlyph = { width: number; line: string; known: boolean }

/** Small letters are 10 units high, capitals 14. */
const SMALL = 10 / 14

/** A character that no table has is drawn as a box. */
const BOX: PlacedGlyph = { width: 9, line: 'M0 0H9V14H0V0', known: false }
const SPACE: PlacedGlyph = { width: 3.6, line: '', known: true }

/** The glyph of one character with its accents, such as `é` or `e` and `´`. */
export function glyphOf(character: string): PlacedGlyph {
  const [first = '', ...marks] = character.normalize('NFD')
  const letter = SAME[first] ?? first
  if (letter === ' ') return SPACE
  const above = marks.some((mark) => !isBelow(mark))
  const base = baseOf(above && /[ij]/.test(letter) ? (letter === 'i' ? 'ı' : letter) : letter)
  if (!base) return BOX
  const tall = letter !== letter.toLowerCase()
  const accents = marks.map((mark) =>
    placed(MARKS[mark] ?? '', 1, base.width / 2, tall && !isBelow(mark) ? -4 : 0),
  )
  return { ...base, line: [base.line, ...accents].join('') }
}

function baseOf(letter: string): PlacedGlyph | undefined {
  if (SMALL_CAPITALS.includes(letter)) {
    const capital = baseOf(letter.toUpperCase())
    return capital && { width: capital.width * SMALL, line: placed(capital.line, SMALL, 0, 4), known: true }
  }
  const name = ALIKE[letter] ?? letter
  const glyph = LATIN[name] ?? SIGNS[name] ?? OTHERS[name]
  return glyph && { width: glyph[0], line: glyph[1], known: true }
}

const isBelow = (mark: string) => /[\u0323\u0326-\u0328]/.test(mark)

/** Scales path data, then moves it. The tables use only absolute commands. */
export function placed(line: string, scale: number, dx: number, dy: number): string {
  const x = (value: number) => round(value * scale + dx)
  const y = (value: number) => round(value * scale + dy)
  return line.replace(/([MLHVCA])([^A-Z]*)/g, (_, command: string, rest: string) => {
    const n = (rest.match(/-?\d*\.?\d+/g) ?? []).map(Number)
    if (command === 'H') return `H${x(n[0] ?? 0)}`
    if (command === 'V') return `V${y(n[0] ?? 0)}`
    if (command === 'A') {
      const [rx = 0, ry = 0, turn = 0, large = 0, sweep = 0, toX = 0, toY = 0] = n
      return `A${round(rx * scale)} ${round(ry * scale)} ${turn} ${large} ${sweep} ${x(toX)} ${y(toY)}`
    }
    return command + n.map((value, i) => (i % 2 === 0 ? x(value) : y(value))).join(' ')
  })
}

const round = (value: number) => Math.round(value * 100) / 100
