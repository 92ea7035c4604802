import sharp, { type Sharp } from 'sharp'
import { badImage, Refusal } from './errors.ts'
import type { Pixels as Frame, Model } from './models.ts'
import type { Pixels } from './pixels.ts'

/** The longest side that the engine works on, in pixels: a 4K picture is made at half its size and enlarged. */
const WORKING_SIDE = 2048

/** The frame to work on for an output of this size. */
export function workingFrame({ width, height }: Frame): Frame {
  const scale = Math.min(1, WORKING_SIDE / Math.max(width, height))
  return { width: Math.round(width * scale), height: Math.round(height * scale) }
}

/** Decodes a client's image: upright, in sRGB, opaque on white, and no larger than needed. */
export async function decode(bytes: Uint8Array): Promise<Pixels> {
  try {
    const image = sharp(bytes, { failOn: 'error', limitInputPixels: 120_000_000 })
      .autoOrient()
      .resize(WORKING_SIDE, WORKING_SIDE, { fit: 'inside', withoutEnlargement: true })
    return await toPixels(image)
  } catch {
    throw new Refusal(badImage())
  }
}

export async function toPixels(image: Sharp): Promise<Pixels> {
  const { data, info } = await image
    .flatten({ background: '#ffffff' })
    .toColourspace('srgb')
    .removeAlpha()
    .raw()
    .toBuffer({ resolveWithObject: true })
  return { data: bytesOf(data), width: info.width, height: info.height }
}

export function fromPixels({ data, width, height }: Pixels): Sharp {
  return sharp(data, { raw: { width, height, channels: 3 } })
}

/** Encodes in the model's format: JPEG for Gemini 3, PNG for Gemini 2.5. */
export function encode(
  pixels: Pixels,
  { width, height }: Frame,
  mimeType: Model['mimeType'],
): Promise<Buffer> {
  const image = fromPixels(pixels).resize(width, height, { fit: 'fill' })
  return mimeType === 'image/png'
    ? image.png({ compressionLevel: 3 }).toBuffer()
    : image.jpeg({ quality: 95, chromaSubsampling: '4:4:4' }).toBuffer()
}

function bytesOf(buffer: Buffer): Uint8ClampedArray {
  return new Uint8ClampedArray(buffer.buffer, buffer.byteOffset, buffer.byteLength)
}

/** A rough of a finished image: posterised greys, like a draft. */
export function sketch(image: Buffer, mimeType: Model['mimeType']): Promise<Buffer> {
  const rough = sharp(image).greyscale().blur(4).linear(0.7, 60)
  return mimeType === 'image/png' ? rough.png({ compressionLevel: 3 }).toBuffer() : rough.jpeg().toBuffer()
}

/** A finished image with the drift of real models: all of it a little softer, warmer and 1 % closer. */
export async function drift(image: Buffer, mimeType: Model['mimeType']): Promise<Buffer> {
  const { width, height } = await sharp(image).metadata()
  const [left, top] = [Math.ceil(width * 0.005), Math.ceil(height * 0.005)]
  const off = sharp(image)
    .extract({ left, top, width: width - 2 * left, height: height - 2 * top })
    .resize(width, height, { fit: 'fill' })
    .blur(0.7)
    .linear([1.012, 1, 0.985], [1, 0, 0])
  return mimeType === 'image/png'
    ? off.png({ compressionLevel: 3 }).toBuffer()
    : off.jpeg({ quality: 90 }).toBuffer()
}
