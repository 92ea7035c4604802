// The block characters that a cell can be drawn with, and which parts of it each one fills.
import type { Glyphs } from './graphics.ts'

export type Mosaic = {
  /** Samples of a cell from top to bottom; there are four from left to right. */
  height: number
  /** Rows of two parts that a glyph fills or leaves, bit by bit from the upper left one. */
  down: number
  /** By the mask of its filled parts. */
  glyphs: readonly string[]
  /** Glyphs that fill so many rows of samples from below; empty where there is none. */
  lower: readonly string[]
}

/** U+1FB00 and on, by the mask, less the four that Unicode has elsewhere. */
function sextant(mask: number): string {
  if (mask === 0) return ' '
  if (mask === 0b010101) return '▌'
  if (mask === 0b101010) return '▐'
  if (mask === 0b111111) return '█'
  return String.fromCodePoint(0x1fb00 + mask - 1 - (mask > 0b010101 ? 1 : 0) - (mask > 0b101010 ? 1 : 0))
}

export const mosaics: Readonly<Record<Exclude<Glyphs, 'halves'>, Mosaic>> = {
  quadrants: {
    height: 8,
    down: 2,
    glyphs: [...' ▘▝▀▖▌▞▛▗▚▐▜▄▙▟█'],
    lower: ['', '▁', '▂', '▃', '', '▅', '▆', '▇'],
  },
  // A third of a cell and a quarter of one are whole numbers of twelfths.
  sextants: {
    height: 12,
    down: 3,
    glyphs: Array.from({ length: 64 }, (_, mask) => sextant(mask)),
    lower: ['', '', '', '▂', '', '', '▄', '', '', '▆'],
  },
}

/** For dithering: all masks of a cell's parts. Code page 437, the Linux console's, has these four. */
export function partsOf(glyphs: Glyphs): { across: number; down: number; glyphs: readonly string[] } {
  return glyphs === 'halves' ? { across: 1, down: 2, glyphs: [...' ▀▄█'] } : { across: 2, ...mosaics[glyphs] }
}
