// The sums of one cell's samples: by part, by column and by row. Nothing is allocated per cell: each cell overwrites
// the sums of the one before. All are sums of bytes, in the order red, green, blue.
import { endianness } from 'node:os'
import { samplesAcross } from './mosaic.ts'

/** The most rows of samples and the most parts of a cell. */
const mostRows = 12
const mostParts = 8

export const partSums = new Int32Array(mostParts * 3)
export const columnSums = new Int32Array(samplesAcross * 3)
export const rowSums = new Int32Array(mostRows * 3)
/** Sums of the whole cell. */
export const cellSums = new Int32Array(3)

/** For each part, the sums of its four columns, as `addParts` packs them. */
const lanes = new Int32Array(mostParts * 6)

/** Words of four bytes in one row of a cell's samples. */
export const wordsAcross = (samplesAcross * 3) / 4

/** Bytes 0 and 2 of a word: two numbers added at once, each with room for the sum of 128 bytes. */
const even = 0x00ff00ff
const low = 0xffff

const bigEndian = endianness() === 'BE'

/** Pixels as words of four bytes, the first byte lowest. */
export function wordsOf(pixels: Uint8Array): Int32Array {
  // A large picture has its own memory; a small one may share memory and start at any offset in it.
  const aligned = pixels.byteOffset % 4 === 0 && !bigEndian ? pixels : new Uint8Array(pixels)
  if (bigEndian) Buffer.from(aligned.buffer).swap32()
  return new Int32Array(aligned.buffer, aligned.byteOffset, aligned.byteLength >> 2)
}

/**
 * Adds up the parts of a cell, two across and `down` down, and the whole cell. The four samples in a row of a part are
 * three words, RGBR GBRG BRGB, whose even and odd bytes are added separately.
 *
 * @param start the cell's first word
 * @param stride words from one row of samples to the next
 * @param height rows of a part
 */
export function addParts(
  words: Int32Array,
  start: number,
  stride: number,
  height: number,
  down: number,
): void {
  let reds = 0
  let greens = 0
  let blues = 0
  for (let part = 0, top = start; part < 2 * down; part++) {
    let even0 = 0
    let odd0 = 0
    let even1 = 0
    let odd1 = 0
    let even2 = 0
    let odd2 = 0
    for (let y = 0, at = top; y < height; y++, at += stride) {
      const first = words[at]!
      const second = words[at + 1]!
      const third = words[at + 2]!
      even0 += first & even
      odd0 += (first >>> 8) & even
      even1 += second & even
      odd1 += (second >>> 8) & even
      even2 += third & even
      odd2 += (third >>> 8) & even
    }
    const lane = part * 6
    lanes[lane] = even0
    lanes[lane + 1] = odd0
    lanes[lane + 2] = even1
    lanes[lane + 3] = odd1
    lanes[lane + 4] = even2
    lanes[lane + 5] = odd2
    const red = (even0 & low) + (odd0 >> 16) + (even1 >> 16) + (odd2 & low)
    const green = (odd0 & low) + (even1 & low) + (odd1 >> 16) + (even2 >> 16)
    const blue = (even0 >> 16) + (odd1 & low) + (even2 & low) + (odd2 >> 16)
    const to = part * 3
    partSums[to] = red
    partSums[to + 1] = green
    partSums[to + 2] = blue
    reds += red
    greens += green
    blues += blue
    top += (part & 1) === 0 ? 3 : height * stride - 3
  }
  cellSums[0] = reds
  cellSums[1] = greens
  cellSums[2] = blues
}

/** Adds up the columns of the cell that `addParts` has just added up. */
export function addColumns(down: number): void {
  for (let half = 0, to = 0; half < 2; half++) {
    for (let lane = half * 6; lane < half * 6 + 6; lane += 2, to += 4) {
      let evens = 0
      let odds = 0
      for (let part = 0; part < down * 12; part += 12) {
        evens += lanes[lane + part]!
        odds += lanes[lane + part + 1]!
      }
      columnSums[to] = evens & low
      columnSums[to + 1] = odds & low
      columnSums[to + 2] = evens >> 16
      columnSums[to + 3] = odds >> 16
    }
  }
}

export function addRows(words: Int32Array, start: number, stride: number, rows: number): void {
  for (let row = 0, at = start, to = 0; row < rows; row++, at += stride, to += 3) {
    const a = words[at]!
    const b = words[at + 1]!
    const c = words[at + 2]!
    const d = words[at + 3]!
    const e = words[at + 4]!
    const f = words[at + 5]!
    const even0 = (a & even) + (d & even)
    const odd0 = ((a >>> 8) & even) + ((d >>> 8) & even)
    const even1 = (b & even) + (e & even)
    const odd1 = ((b >>> 8) & even) + ((e >>> 8) & even)
    const even2 = (c & even) + (f & even)
    const odd2 = ((c >>> 8) & even) + ((f >>> 8) & even)
    rowSums[to] = (even0 & low) + (odd0 >> 16) + (even1 >> 16) + (odd2 & low)
    rowSums[to + 1] = (odd0 & low) + (even1 & low) + (odd1 >> 16) + (even2 >> 16)
    rowSums[to + 2] = (even0 >> 16) + (odd1 & low) + (even2 & low) + (odd2 >> 16)
  }
}
