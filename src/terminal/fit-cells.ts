// The glyph and the two colours that come nearest to the samples of each cell.
import { type Cells, emptyCells } from './cells.ts'
import { byteOf, linear } from './light.ts'
import { type Mosaic, samplesAcross } from './mosaic.ts'
import { bestMask, gainOf, spreadOf } from './two-means.ts'

/**
 * A cell whose parts lie less than this from their mean, in bytes, is drawn in one colour: a blank has no seams in any
 * font, and half the bytes.
 */
const flat = 1

/** Where they lie farther than this there is an edge, and eighths are looked at too; in a photograph, in few cells. */
const edge = 3

// What is added up of a cell, used by each again: nothing is made for a cell. Red, green and blue, in bytes.
const parts = new Int32Array(8 * 3)
const columnSums = new Int32Array(samplesAcross * 3)
const rowSums = new Int32Array(12 * 3)
const all = new Float64Array(3)
/** Light of the two sides, added up: of what the glyph fills, and of the rest. */
const mix = new Float64Array(6)

/** `pixels`: red, green and blue of each sample, in rows of `columns * samplesAcross`. */
export function fitCells(pixels: Uint8Array, columns: number, rows: number, mosaic: Mosaic): Cells {
  const { height, down, glyphs } = mosaic
  const stride = columns * samplesAcross * 3
  const samples = samplesAcross * height
  const partSize = samples / (2 * down)
  const out = emptyCells(columns, rows)
  for (let cell = 0; cell < columns * rows; cell++) {
    const start = Math.floor(cell / columns) * height * stride + (cell % columns) * samplesAcross * 3
    addParts(pixels, start, stride, mosaic)
    const best = bestMask(parts, 2 * down, partSize)
    if (best.spread <= flat * flat * samples) {
      for (let channel = 0; channel < 3; channel++) all[channel] = Math.round(all[channel]! / samples)
      out.back[cell] = (all[0]! << 16) | (all[1]! << 8) | all[2]!
      continue
    }
    if (
      best.spread > edge * edge * samples &&
      fitEighths(pixels, start, stride, height, best.spread, cell, out)
    ) {
      continue
    }
    const turned = glyphs[best.mask] === ''
    const mask = turned ? best.mask ^ ((1 << (2 * down)) - 1) : best.mask
    const count = turned ? 2 * down - best.count : best.count
    mix.fill(0)
    for (let part = 0; part < 2 * down; part++) add(parts, part, partSize, ((mask >> part) & 1) === 0 ? 3 : 0)
    paint(cell, out, glyphs[mask]!, count, 2 * down - count)
  }
  return out
}

/** On its own, so that it is compiled well after a few cells. */
function addParts(pixels: Uint8Array, start: number, stride: number, { height, down }: Mosaic): void {
  const partHeight = height / down
  all.fill(0)
  for (let part = 0, top = start; part < down * 6; top += partHeight * stride) {
    for (let half = 0; half < samplesAcross * 3; half += (samplesAcross / 2) * 3, part += 3) {
      let red = 0
      let green = 0
      let blue = 0
      for (let y = 0, at = top + half; y < partHeight; y++, at += stride) {
        red += pixels[at]! + pixels[at + 3]! + pixels[at + 6]! + pixels[at + 9]!
        green += pixels[at + 1]! + pixels[at + 4]! + pixels[at + 7]! + pixels[at + 10]!
        blue += pixels[at + 2]! + pixels[at + 5]! + pixels[at + 8]! + pixels[at + 11]!
      }
      parts[part] = red
      parts[part + 1] = green
      parts[part + 2] = blue
      all[0]! += red
      all[1]! += green
      all[2]! += blue
    }
  }
}

const lower = ['', '▁', '▂', '▃', '▄', '▅', '▆', '▇']
const left = ['', '▏', '▎', '▍', '▌', '▋', '▊', '▉']

/** Draws the cell with the eighth from below or from the left that spreads its sides farther than `least`, if one does. */
function fitEighths(
  pixels: Uint8Array,
  start: number,
  stride: number,
  height: number,
  least: number,
  cell: number,
  out: Cells,
): boolean {
  columnSums.fill(0)
  for (let y = 0; y < height; y++) {
    let red = 0
    let green = 0
    let blue = 0
    for (let x = 0, at = start + y * stride; x < samplesAcross * 3; x += 3, at += 3) {
      const r = pixels[at]!
      const g = pixels[at + 1]!
      const b = pixels[at + 2]!
      columnSums[x]! += r
      columnSums[x + 1]! += g
      columnSums[x + 2]! += b
      red += r
      green += g
      blue += b
    }
    rowSums[y * 3] = red
    rowSums[y * 3 + 1] = green
    rowSums[y * 3 + 2] = blue
  }
  const fromLeft = bestEighth(columnSums, samplesAcross, height, false)
  const { spread, eighths } = fromLeft
  const fromBelow = bestEighth(rowSums, height, samplesAcross, true)
  const isLeft = spread > fromBelow.spread
  if (Math.max(spread, fromBelow.spread) <= least) return false
  mix.fill(0)
  if (isLeft) {
    for (let x = 0; x < samplesAcross; x++) add(columnSums, x, height, x < eighths ? 0 : 3)
    paint(cell, out, left[eighths]!, eighths, samplesAcross - eighths)
  } else {
    // An eighth of twelve rows is one and a half: the row between belongs to both sides, and says little of either.
    const filled = (fromBelow.eighths * height) / 8
    const whole = Math.max(1, Math.floor(filled))
    const rest = Math.max(1, Math.floor(height - filled))
    for (let row = 0; row < rest; row++) add(rowSums, row, samplesAcross, 3)
    for (let row = height - whole; row < height; row++) add(rowSums, row, samplesAcross, 0)
    paint(cell, out, lower[fromBelow.eighths]!, whole, rest)
  }
  return true
}

/** How many eighths, from the first line of samples or from the last one. */
function bestEighth(sums: Int32Array, lines: number, across: number, fromLast: boolean) {
  const samples = lines * across
  const red = all[0]! / lines
  const green = all[1]! / lines
  const blue = all[2]! / lines
  let best = 0
  let most = 0
  // Of the lines that are filled whole; where an eighth is a line and a half, the next one is so by a half.
  let r = 0
  let g = 0
  let b = 0
  for (let eighths = 1, line = 0; eighths < 8; eighths++) {
    const filled = (eighths * lines) / 8
    for (; line + 1 <= filled; line++) {
      const at = (fromLast ? lines - 1 - line : line) * 3
      r += sums[at]! - red
      g += sums[at + 1]! - green
      b += sums[at + 2]! - blue
    }
    const share = filled - line
    const next = (fromLast ? lines - 1 - line : line) * 3
    const spread =
      spreadOf(
        r + share * (sums[next]! - red),
        g + share * (sums[next + 1]! - green),
        b + share * (sums[next + 2]! - blue),
      ) * gainOf(filled * across, samples)
    if (spread > most) {
      most = spread
      best = eighths
    }
  }
  return { spread: most, eighths: best }
}

/** One of `sums`, of so many samples, to its side. Colours mix in light; within a part they are alike. */
function add(sums: Int32Array, one: number, samples: number, side: 0 | 3): void {
  const from = one * 3
  mix[side]! += linear[Math.round(sums[from]! / samples)]!
  mix[side + 1]! += linear[Math.round(sums[from + 1]! / samples)]!
  mix[side + 2]! += linear[Math.round(sums[from + 2]! / samples)]!
}

/** `filled` and `rest`: how many were added to either side. */
function paint(
  cell: number,
  { glyphs, front, back }: Cells,
  glyph: string,
  filled: number,
  rest: number,
): void {
  glyphs[cell] = glyph
  front[cell] = packed(mix[0]! / filled, mix[1]! / filled, mix[2]! / filled)
  back[cell] = packed(mix[3]! / rest, mix[4]! / rest, mix[5]! / rest)
}

function packed(red: number, green: number, blue: number): number {
  return (byteOf(red) << 16) | (byteOf(green) << 8) | byteOf(blue)
}

/** Samples of a cell for `halveCells`. */
export const halfSamples = { width: 2, height: 4 } as const

/** Upper and lower halves alone: nothing is to be chosen. */
export function halveCells(pixels: Uint8Array, columns: number, rows: number): Cells {
  const { width, height } = halfSamples
  const out = emptyCells(columns, rows)
  const stride = columns * width * 3
  for (let cell = 0; cell < columns * rows; cell++) {
    const start = Math.floor(cell / columns) * height * stride + (cell % columns) * width * 3
    mix.fill(0)
    for (let y = 0; y < height; y++) {
      const side = y < height / 2 ? 3 : 0
      for (let at = start + y * stride, x = 0; x < width * 3; x++)
        mix[side + (x % 3)]! += linear[pixels[at + x]!]!
    }
    paint(cell, out, '▄', (width * height) / 2, (width * height) / 2)
  }
  return out
}
