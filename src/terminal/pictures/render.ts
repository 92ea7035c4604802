// Image bytes + room + terminal -> what to print. It decides nothing about where.
import type { Protocol } from '../../core/graphics.ts'
import { openImage, orientedSize } from '../../image/open-image.ts'
import { drawBlocks, samplesOf } from '../blocks/draw-blocks.ts'
import { brands } from '../which/brands.ts'
import type { Terminal } from '../which/probe.ts'
import { atLeast } from '../which/terminals.ts'
import { throughTmux } from '../which/tmux.ts'
import { fitCells, inWholeRows, type PicturePlace } from './fit.ts'
import { drawIterm2 } from './iterm2.ts'
import { drawKitty, imageIdAt, largestPlaceholderSide, placeholders, transmit } from './kitty.ts'
import { type Background, type Size, scaleTo } from './scale.ts'
import type { SentPictures } from './sent.ts'
import { drawSixel } from './sixel.ts'

export type Shown =
  /** Lines like any others. `transmit` goes to the terminal once, before them; it moves nothing. */
  | { kind: 'text'; rows: number; columns: number; transmit: string; lines: string[]; imageId?: number }
  /** Drawn over the cells from the cursor on: print it with reserve(). */
  | { kind: 'raw'; rows: number; columns: number; sequence: string; imageId?: number }
  /** This terminal shows no pictures, or the user wants none: say where the file is. */
  | { kind: 'none' }

/** What is seen through transparent pixels. */
export type Transparency = 'checkerboard' | 'background'

export type PictureOptions = {
  terminal: Terminal
  protocol: Protocol | 'none'
  maxColumns: number
  maxRows: number
  /** What the terminal has been sent by now: with it, the same image at the same size is not sent again. */
  sent?: SentPictures
  /** Names the image for `sent`, such as its path, so that its bytes need not be hashed. */
  name?: string
  /** 1 to 0xffffff, instead of one of `sent`. */
  imageId?: number
  transparency?: Transparency
}

type Image = { bytes: Uint8Array; hasAlpha: boolean }
type RenderedPicture = Required<Pick<PictureOptions, 'terminal' | 'transparency'>> & Image

/** `bytes` is any image that sharp reads (see inspect() in image/inspect.ts, which the caller has asked). */
export async function picture(bytes: Uint8Array, options: PictureOptions): Promise<Shown> {
  const { terminal, protocol, transparency = 'checkerboard' } = options
  if (protocol === 'none') return { kind: 'none' }
  const { hasAlpha, ...size } = await orientedSize(bytes)
  const place = placeFor(size, protocol, options)
  const drawing = { bytes, hasAlpha, terminal, transparency }
  switch (protocol) {
    case 'blocks':
      return blocks(drawing, place)
    case 'iterm2':
      return iterm2(drawing, place)
    case 'sixel':
      return sixel(drawing, place)
    case 'kitty':
      return kitty(drawing, place, options.imageId ?? options.sent?.take('', 0) ?? anyId())
    case 'kitty-placeholders':
      return kittyPlaceholders(drawing, place, options)
  }
}

const anyId = () => imageIdAt(Math.random(), 0)

function placeFor(size: Size, protocol: Protocol, options: PictureOptions): PicturePlace {
  const { terminal, maxColumns, maxRows } = options
  const { cell } = terminal
  switch (protocol) {
    case 'blocks':
      return fitCells(size, cell, maxColumns, maxRows, cell.width)
    case 'kitty-placeholders': {
      const side = largestPlaceholderSide
      return fitCells(size, cell, Math.min(maxColumns, side), Math.min(maxRows, side), 1)
    }
    case 'sixel': {
      // What is larger is cut off, or not shown at all.
      const largest = terminal.sixel.largest
      const columns = largest ? Math.floor(largest.width / cell.width) : maxColumns
      const rows = largest ? Math.floor(largest.height / cell.height) : maxRows
      return fitCells(size, cell, Math.min(maxColumns, columns), Math.min(maxRows, rows), 1)
    }
    case 'iterm2': {
      const place = fitCells(size, cell, maxColumns, maxRows, 1)
      return brands[terminal.brand].imagesByHeight ? inWholeRows(place, cell) : place
    }
    case 'kitty':
      return fitCells(size, cell, maxColumns, maxRows, 1)
  }
}

/** `square`: how large one of a checkerboard is; `sees`: the protocol leaves the terminal's background where it was. */
function behind({ terminal, transparency }: RenderedPicture, square: Size, sees: boolean): Background {
  if (transparency === 'checkerboard') return { kind: 'squares', ...square }
  return sees ? { kind: 'terminal' } : { kind: 'colour', colour: terminal.background ?? [0, 0, 0] }
}

/** Half a cell is about as high as wide. */
function squareOf({ cell }: Terminal): Size {
  return { width: cell.width, height: Math.max(1, Math.round(cell.height / 2)) }
}

async function blocks(drawing: RenderedPicture, { columns, rows }: PicturePlace): Promise<Shown> {
  const { terminal, bytes, hasAlpha } = drawing
  const samples = samplesOf(terminal)
  const size = { width: columns * samples.width, height: rows * samples.height }
  const square = { width: samples.width, height: Math.ceil(samples.height / 2) }
  const image = await scaleTo(bytes, size, {
    behind: behind(drawing, square, false),
    hasAlpha,
    samples: true,
  })
  const lines = await drawBlocks(image, columns, rows, terminal)
  return { kind: 'text', rows, columns, transmit: '', lines }
}

/**
 * Bytes to the terminal for one picture: a tenth of a second through a pty, and no more than a few seconds over a
 * slow line.
 */
const mostBytes = 2_500_000

/** Draws it smaller until it is no more than what a picture may cost. `length` of what is drawn, in bytes. */
async function within<Drawn>(
  pixels: Size,
  draw: (size: Size) => Promise<Drawn>,
  length: (it: Drawn) => number,
) {
  let size = pixels
  for (;;) {
    const drawn = await draw(size)
    const share = mostBytes / length(drawn)
    if (share >= 1 || size.width < 16 || size.height < 16) return drawn
    // Bytes go with the area, a little less than in proportion.
    const factor = Math.sqrt(share) * 0.95
    size = { width: Math.ceil(size.width * factor), height: Math.ceil(size.height * factor) }
  }
}

async function iterm2(drawing: RenderedPicture, { columns, rows, pixels }: PicturePlace): Promise<Shown> {
  const { terminal, bytes, hasAlpha, transparency } = drawing
  // With parts of it transparent, only a PNG shows the terminal's own background.
  const png = hasAlpha && transparency === 'background' && !terminal.background
  const through = behind(drawing, squareOf(terminal), png)
  const draw = async (size: Size) => {
    const image = await scaleTo(bytes, size, { behind: through, hasAlpha })
    // A photograph is a tenth as JPEG; chroma is kept whole, for lettering.
    return png ? image.png().toBuffer() : image.jpeg({ quality: 90, chromaSubsampling: '4:4:4' }).toBuffer()
  }
  const image = await within(pixels, draw, (it) => (it.byteLength * 4) / 3)
  const multipart = terminal.brand === 'iterm2' && atLeast(terminal.version, '3.5')
  const cells = brands[terminal.brand].imagesByHeight ? { rows } : { columns, rows }
  return { kind: 'raw', rows, columns, sequence: drawIterm2(image, cells, multipart) }
}

async function sixel(drawing: RenderedPicture, place: PicturePlace): Promise<Shown> {
  const { terminal, bytes, hasAlpha } = drawing
  const through = behind(drawing, squareOf(terminal), false)
  const draw = async (size: Size) => {
    const image = await scaleTo(bytes, size, { behind: through, hasAlpha })
    return { size, sequence: await drawSixel(image, size, terminal.sixel.registers) }
  }
  const { size, sequence } = await within(place.pixels, draw, (it) => it.sequence.length)
  // The terminal does not stretch it: a smaller one takes fewer cells.
  const columns = Math.min(place.columns, Math.ceil(size.width / terminal.cell.width))
  const rows = Math.min(place.rows, Math.ceil(size.height / terminal.cell.height))
  return { kind: 'raw', rows, columns, sequence }
}

/**
 * kitty stretches what it is given over the whole place, so that the rest of the last column and row is filled with
 * nothing, and what is smaller than its cells keeps its shape.
 */
async function fill(drawing: RenderedPicture, { columns, rows, pixels }: PicturePlace) {
  const { terminal, bytes, hasAlpha } = drawing
  const { cell, filesReadable } = terminal
  const through = behind(drawing, squareOf(terminal), true)
  const draw = async (size: Size) => {
    const scale = size.width / pixels.width
    const right = Math.max(0, Math.round(columns * cell.width * scale) - size.width)
    const bottom = Math.max(0, Math.round(rows * cell.height * scale) - size.height)
    const scaled = await scaleTo(bytes, size, { behind: through, hasAlpha })
    const filled = right > 0 || bottom > 0
    // Finished first: sharp would extend before it puts the picture over what is behind it, and then centre it; and
    // each payload would be made of a copy of the whole file.
    const whole = await openImage(await scaled.png({ compressionLevel: 0 }).toBuffer())
    const image = filled ? whole.ensureAlpha().extend({ right, bottom, background: '#0000' }) : whole
    const opaque = !filled && !(hasAlpha && through.kind === 'terminal')
    const { payloadOf } = await import('./payload.ts')
    return payloadOf(
      image,
      { width: size.width + right, height: size.height + bottom },
      { opaque, filesReadable },
    )
  }
  return within(pixels, draw, (it) => (it.kind === 'file' ? 0 : (it.bytes.byteLength * 4) / 3))
}

async function kitty(drawing: RenderedPicture, place: PicturePlace, imageId: number): Promise<Shown> {
  const { columns, rows } = place
  const sequence = drawKitty(await fill(drawing, place), imageId, columns, rows)
  return { kind: 'raw', rows, columns, sequence, imageId }
}

async function kittyPlaceholders(
  drawing: RenderedPicture,
  place: PicturePlace,
  { imageId, sent, name }: PictureOptions,
): Promise<Shown> {
  const { columns, rows } = place
  const { terminal, bytes, transparency } = drawing
  const { width, height } = terminal.cell
  // node:crypto takes longer to load than blocks take to draw.
  const image = name ?? (await import('node:crypto')).hash('sha1', bytes)
  const key = `${image} ${columns}x${rows} ${width}x${height} ${transparency}`
  const known = imageId === undefined ? sent?.recall(key) : undefined
  const id = known ?? imageId ?? sent?.take(key, columns * width * rows * height) ?? anyId()
  const sequences = known === undefined ? transmit(await fill(drawing, place), id, columns, rows) : []
  const wrapped = terminal.multiplexer === 'tmux' ? sequences.map(throughTmux) : sequences
  return {
    kind: 'text',
    rows,
    columns,
    transmit: wrapped.join(''),
    lines: placeholders(id, columns, rows),
    imageId: id,
  }
}

/**
 * A raw image in rows of its own, whatever the terminal does with the cursor after it: rows are made first, the
 * cursor is kept and brought back, and stands at the start of a fresh line afterwards. To be written in one piece.
 */
export function reserve(rows: number, sequence: string): string {
  return `${'\n'.repeat(rows)}\x1b[${rows}A\x1b7${sequence}\x1b8\x1b[${rows}B\r`
}
