// The block characters that a cell can be drawn with, and which parts of it each one fills.
import type { Glyphs } from '../which/terminal-row.ts'

/** Samples of a cell from left to right. */
export const samplesAcross = 8

export type Mosaic = {
  /** Samples of a cell from top to bottom. */
  height: number
  /** Rows of two parts that a glyph fills or leaves, bit by bit from the upper left one. */
  down: number
  /** By the mask of its filled parts; empty where only the complement has a character that is drawn everywhere. */
  glyphs: readonly string[]
}

/** U+1FB00 and on, by the mask, less the four that Unicode has elsewhere. */
function sextant(mask: number): string {
  if (mask === 0) return ' '
  if (mask === 0b010101) return '▌'
  if (mask === 0b101010) return '▐'
  if (mask === 0b111111) return '█'
  return String.fromCodePoint(0x1fb00 + mask - 1 - (mask > 0b010101 ? 1 : 0) - (mask > 0b101010 ? 1 : 0))
}

/**
 * Those that Unicode has elsewhere: nothing, halves, quadrants, and quarters of the height. Single quarters of a half,
 * and two in its middle, are in ranges of their own that foot 1.21 leaves to the font (seen).
 */
const olderOctants: ReadonlyMap<number, string> = new Map([
  [0x00, ' '],
  [0x01, ''],
  [0x02, ''],
  [0x03, '\u{1fb82}'],
  [0x05, '▘'],
  [0x0a, '▝'],
  [0x0f, '▀'],
  [0x14, ''],
  [0x28, ''],
  [0x3f, '\u{1fb85}'],
  [0x40, ''],
  [0x50, '▖'],
  [0x55, '▌'],
  [0x5a, '▞'],
  [0x5f, '▛'],
  [0x80, ''],
  [0xa0, '▗'],
  [0xa5, '▚'],
  [0xaa, '▐'],
  [0xaf, '▜'],
  [0xc0, '▂'],
  [0xf0, '▄'],
  [0xf5, '▙'],
  [0xfa, '▟'],
  [0xfc, '▆'],
  [0xff, '█'],
])

/** U+1CD00 and on are the others, in the order of their masks (Unicode 16, held to its names by a test). */
function octants(): readonly string[] {
  let next = 0x1cd00
  return Array.from({ length: 256 }, (_, mask) => olderOctants.get(mask) ?? String.fromCodePoint(next++))
}

export const mosaics: Readonly<Record<Exclude<Glyphs, 'halves'>, Mosaic>> = {
  quadrants: {
    height: 8,
    down: 2,
    glyphs: [...' ▘▝▀▖▌▞▛▗▚▐▜▄▙▟█'],
  },
  sextants: {
    height: 12,
    down: 3,
    glyphs: Array.from({ length: 64 }, (_, mask) => sextant(mask)),
  },
  octants: {
    height: 8,
    down: 4,
    glyphs: octants(),
  },
}

/** For dithering: all masks of a cell's parts. Code page 437, the Linux console's, has these four. */
export function partsOf(glyphs: Glyphs): { across: number; down: number; glyphs: readonly string[] } {
  switch (glyphs) {
    case 'halves':
      return { across: 1, down: 2, glyphs: [...' ▀▄█'] }
    case 'quadrants':
    case 'sextants':
      return { across: 2, ...mosaics[glyphs] }
    case 'octants':
      // Not every mask of theirs has a character.
      return { across: 2, ...mosaics.sextants }
  }
}
