// Image bytes + room + terminal -> what to print. It decides nothing about where.
import { openImage, orientedSize } from '../image/open.ts'
import { drawBlocks } from './blocks.ts'
import { fitCells, type Place } from './fit.ts'
import { choose, type Graphics } from './graphics.ts'
import { drawIterm2 } from './iterm2.ts'
import { drawKitty, imageIdAt, largestPlaceholderSide, placeholders, transmit } from './kitty.ts'
import type { Terminal } from './probe.ts'

export type Shown =
  /** Lines like any others. `transmit` goes to the terminal once, before them; it moves nothing. */
  | { kind: 'text'; rows: number; columns: number; transmit: string; lines: string[] }
  /** Drawn over the cells from the cursor on: print it with reserve(). */
  | { kind: 'raw'; rows: number; columns: number; sequence: string }
  /** This terminal shows no pictures, or the user wants none: say where the file is. */
  | { kind: 'none' }

export type PictureOptions = {
  terminal: Terminal
  graphics: Graphics
  maxColumns: number
  maxRows: number
  /** 1 to 0xffffff. The same image at the same size keeps its id, and then need not be transmitted again. */
  imageId?: number
}

const firstId = Math.random()
let ids = 0

/**
 * The image in exactly the pixels of its cells, as PNG: kitty stretches what it is given over the whole place, so
 * the rest of the last column and row is filled with nothing.
 */
async function fillCells(bytes: Uint8Array, { columns, rows, pixels }: Place, cell: Terminal['cell']) {
  const image = (await openImage(bytes)).resize(pixels.width, pixels.height, { fit: 'fill' })
  const right = columns * cell.width - pixels.width
  const bottom = rows * cell.height - pixels.height
  return (right > 0 || bottom > 0 ? image.extend({ right, bottom, background: '#0000' }) : image)
    .png()
    .toBuffer()
}

/** iTerm2 keeps the aspect itself, and a photograph is a tenth as JPEG. */
async function asJpeg(bytes: Uint8Array, { pixels }: Place) {
  const image = (await openImage(bytes)).resize(pixels.width, pixels.height, { fit: 'fill' })
  return image.flatten({ background: '#000' }).jpeg({ quality: 90, chromaSubsampling: '4:4:4' }).toBuffer()
}

/** `bytes` is any image that sharp reads (see inspect() in image/inspect.ts, which the caller has asked). */
export async function picture(bytes: Uint8Array, options: PictureOptions): Promise<Shown> {
  const { terminal, graphics, maxColumns, maxRows } = options
  const protocol = choose(terminal, graphics)
  if (protocol === 'none') return { kind: 'none' }
  const size = await orientedSize(bytes)

  if (protocol === 'blocks') {
    const { columns, rows } = fitCells(size, terminal.cell, maxColumns, maxRows, terminal.cell.width)
    const image = await openImage(bytes)
    const small = image.resize(columns, rows * 2, { fit: 'fill' }).flatten({ background: '#000' })
    const lines = await drawBlocks(await small.png().toBuffer(), columns, rows, terminal.colours)
    return { kind: 'text', rows, columns, transmit: '', lines }
  }

  const side = protocol === 'kitty-placeholders' ? largestPlaceholderSide : Number.POSITIVE_INFINITY
  const place = fitCells(size, terminal.cell, Math.min(maxColumns, side), Math.min(maxRows, side), 1)
  const { columns, rows } = place
  if (protocol === 'iterm2') {
    return { kind: 'raw', rows, columns, sequence: drawIterm2(await asJpeg(bytes, place), columns, rows) }
  }
  const png = await fillCells(bytes, place, terminal.cell)
  if (protocol === 'kitty') return { kind: 'raw', rows, columns, sequence: drawKitty(png, columns, rows) }
  const id = options.imageId ?? imageIdAt(firstId, ids++)
  return {
    kind: 'text',
    rows,
    columns,
    transmit: transmit(png, id, columns, rows),
    lines: placeholders(id, columns, rows),
  }
}

/**
 * A raw image in rows of its own, whatever the terminal does with the cursor after it: rows are made first, the
 * cursor is kept and brought back, and stands at the start of a fresh line afterwards. To be written in one piece.
 */
export function reserve(rows: number, sequence: string): string {
  return `${'\n'.repeat(rows)}\x1b[${rows}A\x1b7${sequence}\x1b8\x1b[${rows}B\r`
}
