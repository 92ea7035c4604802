// An image at the pixels of its cells, made by sharp off the main thread.
import type { Sharp } from 'sharp'
import { openImage } from '../../image/open-image.ts'

/** What is seen through transparent pixels: whatever the terminal has there, a colour, or squares of so many pixels. */
export type Background =
  | { kind: 'terminal' }
  | { kind: 'colour'; colour: readonly [red: number, green: number, blue: number] }
  | { kind: 'squares'; width: number; height: number }

export type Size = { width: number; height: number }

/** The two greys of the squares that stand for nothing in every image editor. */
const squareGreys = [102, 153]

function squares(size: Size, square: Size): Buffer {
  const stride = size.width * 3
  const pixels = Buffer.alloc(stride * size.height)
  for (let y = 0; y < size.height; y++) {
    // A row of squares is drawn once, and copied down.
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
 * Exactly so many pixels; opaque unless the terminal is what is behind. `samples`: they are added up again, so that
 * the sharpest way to come to them is not worth its time.
 */
export async function scaleTo(
  bytes: Uint8Array,
  size: Size,
  { behind, hasAlpha, samples = false }: { behind: Background; hasAlpha: boolean; samples?: boolean },
): Promise<Sharp> {
  const kernel = samples ? 'cubic' : 'lanczos3'
  const image = (await openImage(bytes)).resize(size.width, size.height, { fit: 'fill', kernel })
  if (!hasAlpha) return image.removeAlpha()
  switch (behind.kind) {
    case 'terminal':
      return image
    case 'colour': {
      const [r, g, b] = behind.colour
      return image.flatten({ background: { r, g, b } })
    }
    case 'squares': {
      const input = await image.png({ compressionLevel: 1 }).toBuffer()
      const raw = { width: size.width, height: size.height, channels: 3 } as const
      return (await openImage(squares(size, behind), { raw })).composite([{ input }]).removeAlpha()
    }
  }
}

/** Red, green and blue, whatever the image has: a grey one has one channel. */
export function rgbOf(image: Sharp): Promise<Buffer> {
  return pixelsOf(image.removeAlpha(), 3)
}

/** With how opaque it is. */
export function rgbaOf(image: Sharp): Promise<Buffer> {
  return pixelsOf(image.ensureAlpha(), 4)
}

async function pixelsOf(image: Sharp, channels: 3 | 4): Promise<Buffer> {
  const { data, info } = await image.toColourspace('srgb').raw().toBuffer({ resolveWithObject: true })
  if (info.channels === channels) return data
  // Grey, or grey and how opaque it is.
  const pixels = Buffer.alloc(info.width * info.height * channels)
  for (let from = 0, to = 0; to < pixels.length; from += info.channels, to += channels) {
    pixels.fill(data[from]!, to, to + 3)
    if (channels === 4) pixels[to + 3] = data[from + 1]!
  }
  return pixels
}
