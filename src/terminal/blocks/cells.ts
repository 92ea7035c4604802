// From the glyphs and colours of cells to lines for a terminal.
import type { Colours } from '../which/terminal-row.ts'

export type Cells = {
  columns: number
  rows: number
  glyphs: string[]
  /** 24 bits of red, green and blue, or an index in the terminal's palette; -1 is the terminal's default colour. */
  front: Int32Array
  back: Int32Array
}

export function emptyCells(columns: number, rows: number): Cells {
  const cells = columns * rows
  return {
    columns,
    rows,
    glyphs: new Array<string>(cells).fill(' '),
    front: new Int32Array(cells).fill(-1),
    back: new Int32Array(cells).fill(-1),
  }
}

// A line is written byte by byte: strings would be joined from a dozen pieces per cell.
const perCell = 48 // ESC [ 38;2;255;255;255 ; 48;2;255;255;255 m and four bytes of a glyph are 41
let line = Buffer.alloc(0)
let at = 0

/** The decimal digits of each byte, three places per number, and how many of them are used. */
const digits = new Uint8Array(256 * 3)
const lengths = new Uint8Array(256)
for (let value = 0; value < 256; value++) {
  const text = String(value)
  lengths[value] = text.length
  for (let place = 0; place < text.length; place++) digits[value * 3 + place] = text.charCodeAt(place)
}

/** Writes all three places and advances by the digits used: dividing and branching takes three times as long. */
function writeNumber(value: number): void {
  const from = value * 3
  line[at] = digits[from]!
  line[at + 1] = digits[from + 1]!
  line[at + 2] = digits[from + 2]!
  at += lengths[value]!
}

function writeColour(colour: number, base: 30 | 40, colours: Colours): void {
  if (colours === '16') {
    writeNumber(colour < 8 ? base + colour : base + 52 + colour)
    return
  }
  writeNumber(base + 8)
  line[at++] = 0x3b
  if (colours === '256') {
    line[at++] = 0x35
    line[at++] = 0x3b
    writeNumber(colour)
    return
  }
  line[at++] = 0x32
  for (let shift = 16; shift >= 0; shift -= 8) {
    line[at++] = 0x3b
    writeNumber((colour >> shift) & 255)
  }
}

function writeGlyph(glyph: string): void {
  const code = glyph.codePointAt(0)!
  if (code < 0x80) {
    line[at++] = code
    return
  }
  if (code > 0xffff) {
    line[at++] = 0xf0 | (code >> 18)
    line[at++] = 0x80 | ((code >> 12) & 63)
  } else line[at++] = 0xe0 | (code >> 12)
  line[at++] = 0x80 | ((code >> 6) & 63)
  line[at++] = 0x80 | (code & 63)
}

/** One line per row; each begins and ends in the terminal's default colours. */
export function drawCells({ columns, rows, glyphs, front, back }: Cells, colours: Colours): string[] {
  if (line.length < columns * perCell + 8) line = Buffer.alloc(columns * perCell + 8)
  const lines: string[] = []
  for (let row = 0, cell = 0; row < rows; row++) {
    at = 0
    let inkBefore = -1
    let paperBefore = -1
    for (let column = 0; column < columns; column++, cell++) {
      const glyph = glyphs[cell]!
      const ink = glyph === ' ' ? inkBefore : front[cell]!
      const paper = back[cell]!
      if (ink !== inkBefore || paper !== paperBefore) {
        line[at++] = 0x1b
        line[at++] = 0x5b
        if (paper !== paperBefore) writeColour(paper, 40, colours)
        if (ink !== inkBefore && paper !== paperBefore) line[at++] = 0x3b
        if (ink !== inkBefore) writeColour(ink, 30, colours)
        line[at++] = 0x6d
        inkBefore = ink
        paperBefore = paper
      }
      writeGlyph(glyph)
    }
    const end = inkBefore === -1 && paperBefore === -1 ? '' : '\x1b[0m'
    lines.push(line.toString('utf8', 0, at) + end)
  }
  return lines
}
