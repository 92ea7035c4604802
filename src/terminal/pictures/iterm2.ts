// iTerm2's inline images (OSC 1337).
import { brands } from '../which/brands.ts'
import { atLeast } from '../which/terminal-version.ts'
import { withinLimit } from './byte-limit.ts'
import type { ProtocolDriver } from './driver.ts'
import { fitCells, inWholeRows } from './fit.ts'
import { type Size, scaleTo } from './scale.ts'
import { backgroundOf } from './see-through.ts'

/**
 * Bytes of base64 in one part. iTerm2 takes sequences of up to 1,048,576 bytes (its documentation of inline images), so
 * a larger picture needs parts.
 */
const partSize = 262_144

export const iterm2: ProtocolDriver = {
  protocol: 'iterm2',

  fits(size, { terminal: { cell, brand }, maxColumns, maxRows }) {
    const place = fitCells(size, cell, maxColumns, maxRows, 1)
    return brands[brand].imagesByHeight ? inWholeRows(place, cell) : place
  },

  async draw(picture, { columns, rows, pixels }) {
    const { terminal, bytes, hasAlpha, transparency } = picture
    // Where the picture is partly transparent, only a PNG shows the terminal's own background.
    const png = hasAlpha && transparency === 'background' && !terminal.background
    const background = backgroundOf(picture, { sees: png })
    const draw = async (size: Size) => {
      const image = await scaleTo(bytes, size, { background, hasAlpha })
      // A photograph is a tenth of the size as a JPEG; chroma is not subsampled, for the sake of lettering.
      return png ? image.png().toBuffer() : image.jpeg({ quality: 90, chromaSubsampling: '4:4:4' }).toBuffer()
    }
    const image = await withinLimit(pixels, draw, (it) => (it.byteLength * 4) / 3)
    const multipart = terminal.brand === 'iterm2' && atLeast(terminal.version, '3.5')
    const cells = brands[terminal.brand].imagesByHeight ? { rows } : { columns, rows }
    return { kind: 'raw', rows, columns, sequence: sequenceOf(image, cells, multipart) }
  },
}

type CellArea = {
  /** If absent, the width follows from the rows. */
  readonly columns?: number
  readonly rows: number
}

/**
 * Draws the image at the cursor in this many cells (numbers without a unit are cells). `multipart`: iTerm2 has
 * supported it since 3.5; other terminals are not known to.
 */
function sequenceOf(image: Uint8Array, { columns, rows }: CellArea, multipart = false): string {
  const base64 = Buffer.from(image.buffer, image.byteOffset, image.byteLength).toString('base64')
  const width = columns === undefined ? '' : `width=${columns};`
  const keys = `inline=1;${width}height=${rows};size=${image.byteLength};preserveAspectRatio=1`
  if (!multipart || base64.length <= partSize) return `\x1b]1337;File=${keys}:${base64}\x07`
  const parts: string[] = []
  for (let at = 0; at < base64.length; at += partSize) {
    parts.push(`\x1b]1337;FilePart=${base64.slice(at, at + partSize)}\x07`)
  }
  return `\x1b]1337;MultipartFile=${keys}\x07${parts.join('')}\x1b]1337;FileEnd\x07`
}
