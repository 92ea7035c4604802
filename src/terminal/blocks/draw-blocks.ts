// Draws an image as block characters, with two colours per cell.
import type { Sharp } from 'sharp'
import { ditherCells, ditherPlain } from '../pictures/dither.ts'
import { rgbOf, type Size } from '../pictures/scale.ts'
import type { Terminal } from '../which/probe.ts'
import { type Cells, drawCells } from './cells.ts'
import { fitCells, halfSamples, halveCells } from './fit-cells.ts'
import { mosaics, partsOf, samplesAcross } from './mosaic.ts'

type BlockScreen = Pick<Terminal, 'colours' | 'glyphs' | 'background'>

/** The number of samples that a cell is drawn from, across and down. */
export function samplesOf({ colours, glyphs }: BlockScreen): Size {
  if (colours === 'truecolor') {
    return glyphs === 'halves' ? halfSamples : { width: samplesAcross, height: mosaics[glyphs].height }
  }
  const { across, down } = partsOf(glyphs)
  return { width: across, height: down }
}

/** `image` has exactly the samples of these cells, and no transparency. */
export async function drawBlocks(
  image: Sharp,
  columns: number,
  rows: number,
  screen: BlockScreen,
): Promise<string[]> {
  return drawCells(cellsOf(await rgbOf(image), columns, rows, screen), screen.colours)
}

function cellsOf(pixels: Uint8Array, columns: number, rows: number, screen: BlockScreen): Cells {
  const { colours, glyphs } = screen
  switch (colours) {
    case 'truecolor':
      return glyphs === 'halves'
        ? halveCells(pixels, columns, rows)
        : fitCells(pixels, columns, rows, mosaics[glyphs])
    case '256':
    case '16':
      return ditherCells(pixels, columns, rows, partsOf(glyphs), colours)
    case 'none':
      return ditherPlain(pixels, columns, rows, partsOf(glyphs), isLight(screen.background))
  }
}

function isLight(background: Terminal['background']): boolean {
  if (!background) return false
  const [red, green, blue] = background
  return 0.3 * red + 0.59 * green + 0.11 * blue > 127
}
