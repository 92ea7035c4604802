// Splits a cell by one straight line, at an eighth of its width or of its height.
import { cellSums, columnSums, partSums, rowSums } from './cell-sums.ts'
import { gainOf, spreadOf } from './two-means.ts'

/** Glyphs by the number of eighths that they fill. */
export const lower: readonly string[] = ['', '▁', '▂', '▃', '▄', '▅', '▆', '▇']
export const left: readonly string[] = ['', '▏', '▎', '▍', '▌', '▋', '▊', '▉']

export type Eighth = { eighths: number; spread: number }

/** The spread between the left and the right parts. */
export function sidesOf(down: number, samples: number): number {
  const [red = 0, green = 0, blue = 0] = cellSums
  let r = 0
  let g = 0
  let b = 0
  for (let at = 0; at < down * 6; at += 6) {
    r += partSums[at]!
    g += partSums[at + 1]!
    b += partSums[at + 2]!
  }
  return spreadOf(r - red / 2, g - green / 2, b - blue / 2) * gainOf(samples / 2, samples)
}

/** The largest spread between the parts above and below any line between rows of parts. */
export function levelsOf(down: number, samples: number): number {
  const red = cellSums[0]! / down
  const green = cellSums[1]! / down
  const blue = cellSums[2]! / down
  let most = 0
  let r = 0
  let g = 0
  let b = 0
  for (let row = 1, at = 0; row < down; row++, at += 6) {
    r += partSums[at]! + partSums[at + 3]! - red
    g += partSums[at + 1]! + partSums[at + 4]! - green
    b += partSums[at + 2]! + partSums[at + 5]! - blue
    const spread = spreadOf(r, g, b) * gainOf((row * samples) / down, samples)
    if (spread > most) most = spread
  }
  return most
}

const fromLeft: Eighth = { eighths: 0, spread: 0 }
const fromBelow: Eighth = { eighths: 0, spread: 0 }

/** The number of eighths from the left that separates the two sides best. `height`: samples in a column. */
export function bestFromLeft(across: number, height: number): Readonly<Eighth> {
  return bestEighth(fromLeft, columnSums, across, height, false)
}

/** The number of eighths from below that separates the two sides best. */
export function bestFromBelow(across: number, height: number): Readonly<Eighth> {
  return bestEighth(fromBelow, rowSums, height, across, true)
}

/** Counts from the first line of samples, or from the last one. */
function bestEighth(
  best: Eighth,
  sums: Int32Array,
  lines: number,
  across: number,
  fromLast: boolean,
): Eighth {
  const samples = lines * across
  const red = cellSums[0]! / lines
  const green = cellSums[1]! / lines
  const blue = cellSums[2]! / lines
  best.eighths = best.spread = 0
  // Sums the lines that are filled completely; where an eighth is a line and a half, half of the next one is filled
  // too.
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
    if (spread > best.spread) {
      best.spread = spread
      best.eighths = eighths
    }
  }
  return best
}
