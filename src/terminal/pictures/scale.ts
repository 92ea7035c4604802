// Scales an image to the pixels of its cells, with sharp, off the main thread.
import type { Sharp } from 'sharp'
import { openImage } from '../../image/open-image.ts'

/**
 * What shows through transparent pixels: the terminal's own background, a colour, or squares of this size in pixels.
 */
export type Background =
  | { kind: 'terminal' }
  | { kind: 'colour'; colour: readonly [red: number, green: number, blue: number] }
  | { kind: 'squares'; width: number; height: number }

export type Size = { width: number; height: number }

/** The two greys with which image editors show transparency. */
const squareGreys = [102, 153]

function squares(size: Size, square: Size): Buffer {
  const stride = size.width * 3
  const pixels = Buffer.alloc(stride * size.height)
  for (let y = 0; y < size.height; y++) {
    // One row of pixels is drawn for each row of squares, then copied down.
    if (y % square.height > 0) {
      pixels.copyWithin(y * stride, (y - 1) * stride, y * stride)
      continue
    }
    for (let x = 0; x < size.width; x += square.width) {
      const which = (x / square.width + y / square.height) % 2
      pixels.fill(
        squareGreys[which]!,
        y * stride + x * 3,
        Math.min(y * stride + (x + square.width) * 3, (y + 1) * stride),
      )
    }
  }
  return pixels
}

/**
 * Scales to exactly this many pixels; opaque unless the terminal's background shows through. `samples`: the pixels are
 * averaged later, so the sharpest kernel is not worth its time.
 */
export async function scaleTo(
  bytes: Uint8Array,
  size: Size,
  { background, hasAlpha, samples = false }: { background: Background; hasAlpha: boolean; samples?: boolean },
): Promise<Sharp> {
  const kernel = samples ? 'cubic' : 'lanczos3'
  const image = (await openImage(bytes)).resize(size.width, size.height, { fit: 'fill', kernel })
  if (!hasAlpha) return image.removeAlpha()
  switch (background.kind) {
    case 'terminal':
      return image
    case 'colour': {
      const [r, g, b] = background.colour
      return image.flatten({ background: { r, g, b } })
    }
    case 'squares': {
      const input = await image.png({ compressionLevel: 1 }).toBuffer()
      const raw = { width: size.width, height: size.height, channels: 3 } as const
      return (await openImage(squares(size, background), { raw })).composite([{ input }]).removeAlpha()
    }
  }
}

/** Red, green and blue bytes, also of a grey image, which has one channel. */
export function rgbOf(image: Sharp): Promise<Buffer> {
  return pixelsOf(image.removeAlpha(), 3)
}

/** Red, green, blue and alpha bytes. */
export function rgbaOf(image: Sharp): Promise<Buffer> {
  return pixelsOf(image.ensureAlpha(), 4)
}

async function pixelsOf(image: Sharp, channels: 3 | 4): Promise<Buffer> {
  const { data, info } = await image.toColourspace('srgb').raw().toBuffer({ resolveWithObject: true })
  if (info.channels === channels) return data
  // Grey, or grey and alpha.
  const pixels = Buffer.alloc(info.width * info.height * channels)
  for (let from = 0, to = 0; to < pixels.length; from += info.channels, to += channels) {
    pixels.fill(data[from]!, to, to + 3)
    if (channels === 4) pixels[to + 3] = data[from + 1]!
  }
  return pixels
}
