// Finds the glyph and the two colours that come nearest to the samples of each cell.

import { byteOf, linear } from '../pictures/light.ts'
import {
  addColumns,
  addParts,
  addRows,
  cellSums,
  columnSums,
  partSums,
  rowSums,
  wordsAcross,
  wordsOf,
} from './cell-sums.ts'
import { type Cells, emptyCells } from './cells.ts'
import { bestFromBelow, bestFromLeft, left, levelsOf, lower, sidesOf } from './eighths.ts'
import { type Mosaic, samplesAcross } from './mosaic.ts'
import { bestMask } from './two-means.ts'

/**
 * A cell whose parts differ from their mean by less than this, in byte values, is drawn in one colour: a space has no
 * seams in any font, and takes half the bytes.
 */
const flat = 1

/**
 * Where the parts differ by more than this, there is an edge. Eighths are tried too, if the nearest line between the
 * parts separates them at least `near` times as well as the best glyph: an eighth beside that line may do better.
 */
const edge = 3
const near = 0.5

/** `pixels`: red, green and blue of each sample, in rows of `columns * samplesAcross`. */
export function fitCells(pixels: Uint8Array, columns: number, rows: number, mosaic: Mosaic): Cells {
  const words = wordsOf(pixels)
  const stride = columns * wordsAcross
  const out = emptyCells(columns, rows)
  for (let row = 0, cell = 0; row < rows; row++) {
    const first = row * mosaic.height * stride
    for (let start = first; start < first + stride; start += wordsAcross, cell++) {
      fitCell(words, start, stride, mosaic, cell, out)
    }
  }
  return out
}

/** A separate function, so that it is compiled after a few cells and not after a few pictures. */
function fitCell(
  words: Int32Array,
  start: number,
  stride: number,
  mosaic: Mosaic,
  cell: number,
  out: Cells,
): void {
  const { height, down } = mosaic
  const samples = samplesAcross * height
  const partSize = samples / (2 * down)
  addParts(words, start, stride, height / down, down)
  const { mask, spread } = bestMask(partSums, 2 * down, partSize)
  if (spread <= flat * flat * samples) {
    paintFlat(cell, samples, out)
    return
  }
  if (spread > edge * edge * samples) {
    const likely = near * spread
    const sideways = sidesOf(down, samples) > likely
    const level = levelsOf(down, samples) > likely
    if (sideways) addColumns(down)
    if (level) addRows(words, start, stride, height)
    const fromLeft = sideways ? bestFromLeft(samplesAcross, height) : none
    const fromBelow = level ? bestFromBelow(samplesAcross, height) : none
    if (fromLeft.spread > spread && fromLeft.spread > fromBelow.spread) {
      paintFromLeft(cell, fromLeft.eighths, height, out)
      return
    }
    if (fromBelow.spread > spread) {
      paintFromBelow(cell, fromBelow.eighths, height, out)
      return
    }
  }
  paintMask(cell, mask, partSize, mosaic, out)
}

const none = { eighths: 0, spread: 0 }

function paintFlat(cell: number, samples: number, { back }: Cells): void {
  const red = Math.round(cellSums[0]! / samples)
  const green = Math.round(cellSums[1]! / samples)
  const blue = Math.round(cellSums[2]! / samples)
  back[cell] = (red << 16) | (green << 8) | blue
}

function paintMask(cell: number, mask: number, partSize: number, { glyphs, down }: Mosaic, out: Cells): void {
  const all = (1 << (2 * down)) - 1
  const filled = glyphs[mask] === '' ? all ^ mask : mask
  out.glyphs[cell] = glyphs[filled]!
  out.front[cell] = meanOf(partSums, filled, 1 / partSize)
  out.back[cell] = meanOf(partSums, all ^ filled, 1 / partSize)
}

function paintFromLeft(cell: number, eighths: number, height: number, out: Cells): void {
  const filled = (1 << eighths) - 1
  out.glyphs[cell] = left[eighths]!
  out.front[cell] = meanOf(columnSums, filled, 1 / height)
  out.back[cell] = meanOf(columnSums, ((1 << samplesAcross) - 1) ^ filled, 1 / height)
}

function paintFromBelow(cell: number, eighths: number, height: number, out: Cells): void {
  // An eighth of twelve rows is one and a half rows: the row in between belongs to both sides, so it is left out.
  const filled = (eighths * height) / 8
  const whole = Math.max(1, Math.floor(filled))
  const rest = Math.max(1, Math.floor(height - filled))
  out.glyphs[cell] = lower[eighths]!
  out.front[cell] = meanOf(rowSums, ((1 << whole) - 1) << (height - whole), 1 / samplesAcross)
  out.back[cell] = meanOf(rowSums, (1 << rest) - 1, 1 / samplesAcross)
}

/**
 * The mean colour of the `sums` whose bits are set; each sum is of `share` samples. Colours are mixed in linear light,
 * except within a part, where they are similar.
 */
function meanOf(sums: Int32Array, mask: number, share: number): number {
  let red = 0
  let green = 0
  let blue = 0
  let count = 0
  for (let rest = mask; rest !== 0; rest &= rest - 1, count++) {
    const at = (31 - Math.clz32(rest & -rest)) * 3
    red += linear[(sums[at]! * share + 0.5) | 0]!
    green += linear[(sums[at + 1]! * share + 0.5) | 0]!
    blue += linear[(sums[at + 2]! * share + 0.5) | 0]!
  }
  return packed(red / count, green / count, blue / count)
}

function packed(red: number, green: number, blue: number): number {
  return (byteOf(red) << 16) | (byteOf(green) << 8) | byteOf(blue)
}

/** Samples of a cell for `halveCells`. */
export const halfSamples = { width: 2, height: 4 } as const

/** Draws upper and lower halves only, so there is no glyph to choose. */
export function halveCells(pixels: Uint8Array, columns: number, rows: number): Cells {
  const { width, height } = halfSamples
  const out = emptyCells(columns, rows)
  out.glyphs.fill('▄')
  const stride = columns * width * 3
  const half = (height / 2) * stride
  for (let row = 0, cell = 0; row < rows; row++) {
    const first = row * height * stride
    for (let start = first; start < first + stride; start += width * 3, cell++) {
      out.back[cell] = meanOfFour(pixels, start, stride)
      out.front[cell] = meanOfFour(pixels, start + half, stride)
    }
  }
  return out
}

/** The mean colour of two by two samples. */
function meanOfFour(pixels: Uint8Array, at: number, stride: number): number {
  const below = at + stride
  const red =
    linear[pixels[at]!]! + linear[pixels[at + 3]!]! + linear[pixels[below]!]! + linear[pixels[below + 3]!]!
  const green =
    linear[pixels[at + 1]!]! +
    linear[pixels[at + 4]!]! +
    linear[pixels[below + 1]!]! +
    linear[pixels[below + 4]!]!
  const blue =
    linear[pixels[at + 2]!]! +
    linear[pixels[at + 5]!]! +
    linear[pixels[below + 2]!]! +
    linear[pixels[below + 5]!]!
  return packed(red / 4, green / 4, blue / 4)
}
