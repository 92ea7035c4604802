// Sixel: one escape sequence, with as many colours as the terminal has registers.
import { setImmediate } from 'node:timers/promises'
import type { Sharp } from 'sharp'
import { openImage } from '../../image/open-image.ts'
import { withinLimit } from './byte-limit.ts'
import type { ProtocolDriver } from './driver.ts'
import { fitCells } from './fit.ts'
import { rgbOf, type Size, scaleTo } from './scale.ts'
import { backgroundOf } from './see-through.ts'

export const sixel: ProtocolDriver = {
  protocol: 'sixel',

  fits(size, { terminal, maxColumns, maxRows }) {
    const { cell } = terminal
    // A larger picture is cut off, or not shown at all.
    const { largest } = terminal.sixel
    const columns = largest ? Math.floor(largest.width / cell.width) : maxColumns
    const rows = largest ? Math.floor(largest.height / cell.height) : maxRows
    return fitCells(size, cell, Math.min(maxColumns, columns), Math.min(maxRows, rows), 1)
  },

  async draw(picture, place) {
    const { terminal, bytes, hasAlpha } = picture
    const background = backgroundOf(picture, { sees: false })
    const draw = async (size: Size) => {
      const image = await scaleTo(bytes, size, { background, hasAlpha })
      return { size, sequence: await drawSixel(image, size, terminal.sixel.registers) }
    }
    const { size, sequence } = await withinLimit(place.pixels, draw, (it) => it.sequence.length)
    // The terminal does not stretch the picture: a smaller one takes fewer cells.
    const columns = Math.min(place.columns, Math.ceil(size.width / terminal.cell.width))
    const rows = Math.min(place.rows, Math.ceil(size.height / terminal.cell.height))
    return { kind: 'raw', rows, columns, sequence }
  },
}

type Encoder = typeof import('sixel')
let loading: Promise<Encoder> | undefined

/** Pixels encoded at a time, about 10 ms; between the pieces, keys are handled. */
const PIECE = 40_000

/** The height of a sixel, in pixels. */
const BAND = 6

// The palette sizes that sharp makes: with libimagequant, well dithered, in its own thread.
const sharpSizes = [256, 16, 4, 2]

/**
 * Opaque pixels in at most this many colours. With less effort, some photographs get a palette that is two or three
 * times as far from their colours (seen: 4 to 10 of 255; with this effort, always 3.3).
 */
async function quantize(image: Sharp, colours: number): Promise<Buffer> {
  const png = await image
    .png({ palette: true, colours, dither: 1, quality: 100, effort: 6, compressionLevel: 0 })
    .toBuffer()
  return rgbOf(await openImage(png))
}

function opaque(pixels: Buffer): Uint8Array {
  const out = new Uint8Array((pixels.length / 3) * 4)
  for (let from = 0, to = 0; from < pixels.length; from += 3, to += 4) {
    out[to] = pixels[from]!
    out[to + 1] = pixels[from + 1]!
    out[to + 2] = pixels[from + 2]!
    out[to + 3] = 255
  }
  return out
}

type Palette = Array<[red: number, green: number, blue: number]>

async function paletteOf(pixels: Buffer): Promise<Palette> {
  const palette = new Map<number, [number, number, number]>()
  for (let at = 0; at < pixels.length; at += 3) {
    const [red, green, blue] = [pixels[at]!, pixels[at + 1]!, pixels[at + 2]!]
    const colour = (red << 16) | (green << 8) | blue
    if (!palette.has(colour)) palette.set(colour, [red, green, blue])
    if (at % (3 * PIECE) === 0) await setImmediate()
  }
  return [...palette.values()]
}

/** Encodes a few bands at a time. The encoder repeats the palette before each of them; it is kept once. */
async function bandsOf(pixels: Buffer, { width, height }: Size, sixelEncode: Encoder['sixelEncode']) {
  const palette = await paletteOf(pixels)
  const step = BAND * Math.max(1, Math.floor(PIECE / width / BAND))
  const bands: string[] = []
  let colours = ''
  for (let row = 0; row < height; row += step) {
    const rows = Math.min(step, height - row)
    const part = opaque(pixels.subarray(row * width * 3, (row + rows) * width * 3))
    const encoded = sixelEncode(part, width, rows, palette, false)
    colours ||= /^(?:#\d+;2;\d+;\d+;\d+)*/.exec(encoded)?.[0] ?? ''
    bands.push(encoded.slice(colours.length))
    await setImmediate()
  }
  return `"1;1;${width};${height}${colours}${bands.join('-\n')}`
}

/** `image` has this size and no transparency. */
async function drawSixel(image: Sharp, size: Size, registers: number): Promise<string> {
  loading ??= import('sixel')
  // A sixel palette has 2 to 256 colours.
  const colours = Math.max(2, Math.min(256, registers))
  const bySharp = sharpSizes.includes(colours)
  const [{ image2sixel, sixelEncode, introducer, FINALIZER }, pixels] = await Promise.all([
    loading,
    bySharp ? quantize(image, colours) : rgbOf(image),
  ])
  // For other sizes, the package's own quantizer is used.
  if (!bySharp) return image2sixel(opaque(pixels), size.width, size.height, colours, 1)
  return `${introducer(1)}${await bandsOf(pixels, size, sixelEncode)}${FINALIZER}`
}
