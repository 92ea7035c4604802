// Renders the block and line characters of terminal output to pixels. The geometry comes from the characters' Unicode
// names, not from a font, so that every program's output is drawn in the same way on every machine.
import headless from '@xterm/headless'
import { octants } from '../test/terminal/blocks/octants.ts'

/** Red, green and blue. */
export type Pixels = { readonly width: number; readonly height: number; readonly pixels: Uint8Array }

/** The size of a cell: eighths and thirds are whole pixels, and the height is twice the width. */
const cell = { width: 24, height: 48 }
const light = cell.width / 8

type Shape = (x: number, y: number) => boolean

const QUADRANTS = ' ▘▝▀▖▌▞▛▗▚▐▜▄▙▟█'
/** The Bayer matrix, for the dots of shades. */
const SHADES = [0, 2, 3, 1]
/** U+2500 to U+257F: the weight of the line up, right, down and left; dashes and diagonals are separate. */
const ARMS = `
0101 0202 1010 2020 .... .... .... .... .... .... .... .... 0110 0210 0120 0220
0011 0012 0021 0022 1100 1200 2100 2200 1001 1002 2001 2002 1110 1210 2110 1120
2120 2210 1220 2220 1011 1012 2011 1021 2021 2012 1022 2022 0111 0112 0211 0212
0121 0122 0221 0222 1101 1102 1201 1202 2101 2102 2201 2202 1111 1112 1211 1212
2111 1121 2121 2112 2211 1122 1221 2212 1222 2122 2221 2222 .... .... .... ....
0202 2020 0210 0120 0220 0012 0021 0022 1200 2100 2200 1002 2001 2002 1210 2120
2220 1012 2021 2022 0212 0121 0222 1202 2101 2202 1212 2121 2222 0110 0011 1001
1100 .... .... .... 0001 1000 0100 0010 0002 2000 0200 0020 0201 1020 0102 2010`
  .trim()
  .split(/\s+/)
/** Dashes: their number, their weight, and whether they are vertical. */
const DASHES: Readonly<Record<string, readonly [count: number, heavy: 1 | 2, down: boolean]>> = {
  '┄': [3, 1, false],
  '┅': [3, 2, false],
  '┆': [3, 1, true],
  '┇': [3, 2, true],
  '┈': [4, 1, false],
  '┉': [4, 2, false],
  '┊': [4, 1, true],
  '┋': [4, 2, true],
  '╌': [2, 1, false],
  '╍': [2, 2, false],
  '╎': [2, 1, true],
  '╏': [2, 2, true],
}

function shapeOf(glyph: string): Shape {
  const { width, height } = cell
  const lower = '▁▂▃▄▅▆▇█'.indexOf(glyph)
  if (lower >= 0) return (_, y) => y >= height - ((lower + 1) * height) / 8
  const left = '▏▎▍▌▋▊▉'.indexOf(glyph)
  if (left >= 0) return (x) => x < ((left + 1) * width) / 8
  if (glyph === '▔') return (_, y) => y < height / 8
  if (glyph === '▕') return (x) => x >= (width * 7) / 8
  const shade = '░▒▓'.indexOf(glyph)
  if (shade >= 0) {
    const order = (x: number, y: number) => SHADES[(Math.floor(y / 2) % 2) * 2 + (Math.floor(x / 2) % 2)] ?? 0
    return (x, y) => order(x, y) <= shade
  }
  const quadrant = [...QUADRANTS].indexOf(glyph)
  if (quadrant >= 0)
    return (x, y) =>
      ((quadrant >> (Math.floor((y * 2) / height) * 2 + Math.floor((x * 2) / width))) & 1) === 1
  const octant = octants.get(glyph)
  if (octant !== undefined)
    return (x, y) => ((octant >> (Math.floor((y * 4) / height) * 2 + Math.floor((x * 2) / width))) & 1) === 1
  const code = glyph.codePointAt(0) ?? 0
  if (code >= 0x1fb00 && code <= 0x1fb3b) {
    // Unicode leaves out the two halves: 135 and 246.
    const mask = [0b010101, 0b101010].reduce((all, half) => (all >= half ? all + 1 : all), code - 0x1fb00 + 1)
    return (x, y) => ((mask >> (Math.floor((y * 3) / height) * 2 + Math.floor((x * 2) / width))) & 1) === 1
  }
  return lineOf(glyph, code)
}

function lineOf(glyph: string, code: number): Shape {
  const { width, height } = cell
  const [middle, centre] = [width / 2, height / 2]
  const near = (at: number, line: number, heavy: number) => Math.abs(at + 0.5 - line) < (light * heavy) / 2
  const dash = DASHES[glyph]
  if (dash) {
    const [count, heavy, down] = dash
    const on = (at: number, length: number) => ((at + 0.5) * count) % length < length * 0.6
    return down
      ? (x, y) => near(x, middle, heavy) && on(y, height)
      : (x, y) => near(y, centre, heavy) && on(x, width)
  }
  // A diagonal is wider when measured horizontally, by its slope: a cell is twice as high as wide.
  const rising: Shape = (x, y) => Math.abs(x + 0.5 - (width - (y + 0.5) / 2)) < (light * Math.sqrt(1.25)) / 2
  if (glyph === '╱') return rising
  if (glyph === '╲') return (x, y) => rising(x, height - 1 - y)
  if (glyph === '╳') return (x, y) => rising(x, y) || rising(x, height - 1 - y)
  const arms = ARMS[code - 0x2500]
  if (arms === undefined) throw new Error(`no shape for ${glyph} (U+${code.toString(16)})`)
  const [up = 0, right = 0, down = 0, left = 0] = [...arms].map(Number)
  // An arm extends through the crossing, by the width of the lines that cross it.
  const over = (Math.max(up, right, down, left) * light) / 2
  return (x, y) =>
    (up > 0 && near(x, middle, up) && y < centre + over) ||
    (down > 0 && near(x, middle, down) && y >= centre - over) ||
    (left > 0 && near(y, centre, left) && x < middle + over) ||
    (right > 0 && near(y, centre, right) && x >= middle - over)
}

const masks = new Map<string, Uint8Array>()

function maskOf(glyph: string): Uint8Array {
  const known = masks.get(glyph)
  if (known) return known
  const shape: Shape = glyph === '' || glyph === ' ' ? () => false : shapeOf(glyph)
  const mask = Uint8Array.from({ length: cell.width * cell.height }, (_, at) =>
    shape(at % cell.width, Math.floor(at / cell.width)) ? 1 : 0,
  )
  masks.set(glyph, mask)
  return mask
}

/** The pixels of a picture that was printed into so many cells, in 24-bit colours. */
export async function pixelsOf(text: string, columns: number, rows: number): Promise<Pixels> {
  const terminal = new headless.Terminal({ cols: columns + 2, rows: rows + 2, allowProposedApi: true })
  await new Promise<void>((done) => terminal.write(text.trimEnd().replaceAll('\n', '\r\n'), done))
  const width = columns * cell.width
  const pixels = new Uint8Array(width * rows * cell.height * 3)
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      const shown = terminal.buffer.active.getLine(row)?.getCell(column)
      if (!shown || shown.isFgPalette() || shown.isBgPalette())
        throw new Error('a picture in colours other than 24-bit')
      const rgb = (colour: number) => [colour >> 16, (colour >> 8) & 255, colour & 255]
      const ink = shown.isFgDefault() ? [255, 255, 255] : rgb(shown.getFgColor())
      const paper = shown.isBgDefault() ? [0, 0, 0] : rgb(shown.getBgColor())
      const [front, back] = shown.isInverse() ? [paper, ink] : [ink, paper]
      const mask = maskOf(shown.getChars())
      const start = row * cell.height * width + column * cell.width
      for (let at = 0; at < mask.length; at++) {
        const y = Math.floor(at / cell.width)
        pixels.set(mask[at] === 1 ? front : back, (start + y * width + (at % cell.width)) * 3)
      }
    }
  }
  terminal.dispose()
  return { width, height: rows * cell.height, pixels }
}
