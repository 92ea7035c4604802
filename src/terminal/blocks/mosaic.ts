// The block characters that can draw a cell, and which of its parts each one fills.
import type { Glyphs } from '../which/terminal-row.ts'

/** Samples across a cell. */
export const samplesAcross = 8

export type Mosaic = {
  /** Samples down a cell. */
  height: number
  /** Rows of two parts each. In a mask, the lowest bit is the upper left part. */
  down: number
  /** Glyphs by the mask of their filled parts; empty where only the complement has a character drawn everywhere. */
  glyphs: readonly string[]
}

/** From U+1FB00 on, in the order of the masks, without the four that Unicode has elsewhere. */
function sextant(mask: number): string {
  if (mask === 0) return ' '
  if (mask === 0b010101) return '▌'
  if (mask === 0b101010) return '▐'
  if (mask === 0b111111) return '█'
  return String.fromCodePoint(0x1fb00 + mask - 1 - (mask > 0b010101 ? 1 : 0) - (mask > 0b101010 ? 1 : 0))
}

/**
 * The octants that Unicode has elsewhere: the blank, halves, quadrants, and quarters of the height. A single quarter of
 * a half, and the two in its middle, are in separate ranges, which foot 1.21 leaves to the font (seen).
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

/** The others, from U+1CD00 on, in the order of their masks (Unicode 16; a test compares them with its names). */
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

/** The glyphs for all masks of a cell's parts, for dithering. The Linux console's code page 437 has the four halves. */
export function partsOf(glyphs: Glyphs): { across: number; down: number; glyphs: readonly string[] } {
  switch (glyphs) {
    case 'halves':
      return { across: 1, down: 2, glyphs: [...' ▀▄█'] }
    case 'quadrants':
    case 'sextants':
      return { across: 2, ...mosaics[glyphs] }
    case 'octants':
      // Not every octant has a character.
      return { across: 2, ...mosaics.sextants }
  }
}
