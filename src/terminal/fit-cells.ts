// The glyph and the two colours that come nearest to the samples of each cell.
import { type Cells, emptyCells } from './cells.ts'
import { byteOf, linear } from './light.ts'
import { type Mosaic, mosaics } from './mosaic.ts'

/** Of the errors of red, green and blue, about as the eye has them. */
const redWeight = 0.3
const greenWeight = 0.55
const blueWeight = 0.15

/**
 * A cell whose samples lie less than this from their mean, in bytes, is drawn in one colour: a blank has no seams in
 * any font, and half the bytes.
 */
const flat = 1

/** A way to part the samples of a cell in two: the glyph fills those that are `inside`. */
type Split = { glyph: string; inside: Uint8Array; count: number }

/** Samples of a cell from left to right. */
const width = 4

type Ways = ReturnType<typeof waysOf>

/** All splits of a mosaic, and what is the same for every cell or used by each again. */
function waysOf({ height, down, glyphs, lower }: Mosaic) {
  const samples = width * height
  const split = (glyph: string, fills: (x: number, y: number) => boolean): Split => {
    const inside = Uint8Array.from({ length: samples }, (_, at) =>
      fills(at % width, Math.floor(at / width)) ? 1 : 0,
    )
    return { glyph, inside, count: inside.reduce((sum, one) => sum + one, 0) }
  }
  const part = (x: number, y: number) => Math.floor((y * down) / height) * 2 + Math.floor(x / 2)
  return {
    height,
    down,
    partSums: new Int32Array(2 * down * 3),
    rowSums: new Int32Array(height * 3),
    // Of the first and the last column; the two in the middle are never parted from each other but at the half.
    columnSums: new Int32Array(2 * 3),
    parts: glyphs.map((glyph, mask) => split(glyph, (x, y) => (mask >> part(x, y)) % 2 === 1)),
    belows: lower.map((glyph, count) => split(glyph, (_, y) => y >= height - count)),
    lefts: [split('▎', (x) => x < 1), split('▊', (x) => x < 3)],
    // With sums of differences from the mean, both sides have the same sum but for its sign; the spread between them
    // is its square over both counts.
    gain: Float64Array.from({ length: samples + 1 }, (_, count) =>
      count === 0 || count === samples ? 0 : 1 / count + 1 / (samples - count),
    ),
  }
}

/** `pixels`: red, green and blue of each sample, in rows of `columns * 4`. */
export function fitCells(pixels: Uint8Array, columns: number, rows: number, mosaic: Mosaic): Cells {
  const ways = waysOf(mosaic)
  const { height } = mosaic
  const stride = columns * width * 3
  const out = emptyCells(columns, rows)
  for (let cell = 0; cell < columns * rows; cell++) {
    const start = Math.floor(cell / columns) * height * stride + (cell % columns) * width * 3
    const best = bestSplit(pixels, start, stride, ways)
    out.glyphs[cell] = best.glyph
    average(pixels, start, stride, height, best, cell, out)
  }
  return out
}

/** Of one cell. On its own, so that it is compiled well after a few cells. */
function bestSplit(
  pixels: Uint8Array,
  start: number,
  stride: number,
  { height, down, parts, belows, lefts, gain, partSums, rowSums, columnSums }: Ways,
): Split {
  const samples = width * height
  const partHeight = height / down
  const partSize = 2 * partHeight
  const masks = 1 << (2 * down - 1)
  let red = 0
  let green = 0
  let blue = 0
  columnSums.fill(0)
  for (let part = 0, y = 0; part < 2 * down; part += 2) {
    let leftRed = 0
    let leftGreen = 0
    let leftBlue = 0
    let rightRed = 0
    let rightGreen = 0
    let rightBlue = 0
    for (let end = y + partHeight; y < end; y++) {
      const at = start + y * stride
      const l0 = pixels[at]! + pixels[at + 3]!
      const l1 = pixels[at + 1]! + pixels[at + 4]!
      const l2 = pixels[at + 2]! + pixels[at + 5]!
      const r0 = pixels[at + 6]! + pixels[at + 9]!
      const r1 = pixels[at + 7]! + pixels[at + 10]!
      const r2 = pixels[at + 8]! + pixels[at + 11]!
      columnSums[0]! += pixels[at]!
      columnSums[1]! += pixels[at + 1]!
      columnSums[2]! += pixels[at + 2]!
      columnSums[3]! += pixels[at + 9]!
      columnSums[4]! += pixels[at + 10]!
      columnSums[5]! += pixels[at + 11]!
      rowSums[y * 3] = l0 + r0
      rowSums[y * 3 + 1] = l1 + r1
      rowSums[y * 3 + 2] = l2 + r2
      leftRed += l0
      leftGreen += l1
      leftBlue += l2
      rightRed += r0
      rightGreen += r1
      rightBlue += r2
    }
    const to = part * 3
    partSums[to] = leftRed
    partSums[to + 1] = leftGreen
    partSums[to + 2] = leftBlue
    partSums[to + 3] = rightRed
    partSums[to + 4] = rightGreen
    partSums[to + 5] = rightBlue
    red += leftRed + rightRed
    green += leftGreen + rightGreen
    blue += leftBlue + rightBlue
  }
  red /= samples
  green /= samples
  blue /= samples

  let best = parts[0]!
  let most = flat * flat * samples
  // The upper left part is never inside: its complement is the same picture with the colours exchanged. In Gray's
  // order, each mask differs from the one before in one part.
  let r = 0
  let g = 0
  let b = 0
  let count = 0
  let mask = 0
  for (let way = 1; way < masks; way++) {
    const bit = 32 - Math.clz32(way & -way)
    mask ^= 1 << bit
    const at = bit * 3
    if ((mask >> bit) & 1) {
      count += partSize
      r += partSums[at]! - red * partSize
      g += partSums[at + 1]! - green * partSize
      b += partSums[at + 2]! - blue * partSize
    } else {
      count -= partSize
      r -= partSums[at]! - red * partSize
      g -= partSums[at + 1]! - green * partSize
      b -= partSums[at + 2]! - blue * partSize
    }
    const here = gain[count]! * (redWeight * r * r + greenWeight * g * g + blueWeight * b * b)
    if (here > most) {
      most = here
      best = parts[mask]!
    }
  }
  r = g = b = 0
  for (let below = 1; below < belows.length; below++) {
    const at = (height - below) * 3
    r += rowSums[at]! - red * width
    g += rowSums[at + 1]! - green * width
    b += rowSums[at + 2]! - blue * width
    const here = gain[below * width]! * (redWeight * r * r + greenWeight * g * g + blueWeight * b * b)
    if (here > most && belows[below]!.glyph) {
      most = here
      best = belows[below]!
    }
  }
  // The glyphs that leave the last column are the complements of ones that fill it.
  for (let side = 0; side < 2; side++) {
    const at = side * 3
    r = columnSums[at]! - red * height
    g = columnSums[at + 1]! - green * height
    b = columnSums[at + 2]! - blue * height
    const here = gain[height]! * (redWeight * r * r + greenWeight * g * g + blueWeight * b * b)
    if (here > most) {
      most = here
      best = lefts[side]!
    }
  }
  return best
}

/** Upper and lower halves alone, of eight rows of samples a cell: nothing is to be chosen. */
export function halveCells(pixels: Uint8Array, columns: number, rows: number): Cells {
  const out = emptyCells(columns, rows)
  const stride = columns * width * 3
  const lower = mosaics.quadrants.height / 2
  const inside = Uint8Array.from({ length: 2 * lower * width }, (_, at) => (at < lower * width ? 0 : 1))
  const half = { glyph: '▄', inside, count: lower * width }
  for (let cell = 0; cell < columns * rows; cell++) {
    const start = Math.floor(cell / columns) * 2 * lower * stride + (cell % columns) * width * 3
    out.glyphs[cell] = half.glyph
    average(pixels, start, stride, 2 * lower, half, cell, out)
  }
  return out
}

/** The mean light of the samples on either side. */
function average(
  pixels: Uint8Array,
  start: number,
  stride: number,
  height: number,
  { inside, count }: Split,
  to: number,
  { front, back }: Cells,
): void {
  let red = 0
  let green = 0
  let blue = 0
  let insideRed = 0
  let insideGreen = 0
  let insideBlue = 0
  for (let y = 0, sample = 0; y < height; y++) {
    for (let at = start + y * stride, end = at + width * 3; at < end; at += 3) {
      const r = linear[pixels[at]!]!
      const g = linear[pixels[at + 1]!]!
      const b = linear[pixels[at + 2]!]!
      const share = inside[sample++]!
      red += r
      green += g
      blue += b
      insideRed += share * r
      insideGreen += share * g
      insideBlue += share * b
    }
  }
  const others = width * height - count
  back[to] = packed((red - insideRed) / others, (green - insideGreen) / others, (blue - insideBlue) / others)
  if (count > 0) front[to] = packed(insideRed / count, insideGreen / count, insideBlue / count)
}

function packed(red: number, green: number, blue: number): number {
  return (byteOf(red) << 16) | (byteOf(green) << 8) | byteOf(blue)
}
