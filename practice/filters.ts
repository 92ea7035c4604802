import { addFigure } from './figures.ts'
import type { Operation } from './instructions.ts'
import type { Pixels as Frame } from './models.ts'
import { fromPixels, toPixels } from './picture.ts'
import type { Pixels } from './pixels.ts'
import { vignette, within } from './regions.ts'
import { tone } from './tones.ts'

/** Applies the operations that change the shape. They come first, because they decide the frame for the others. */
export async function reshape(pixels: Pixels, operations: readonly Operation[]): Promise<Pixels> {
  let image = pixels
  for (const operation of operations) image = await reshapeOnce(image, operation)
  return image
}

async function reshapeOnce(pixels: Pixels, operation: Operation): Promise<Pixels> {
  switch (operation.kind) {
    case 'rotate':
      return rotate(pixels, operation.degrees)
    case 'mirror': {
      const image = fromPixels(pixels)
      return toPixels(operation.axis === 'sideways' ? image.flop() : image.flip())
    }
    case 'crop':
      return cropTo(pixels, operation.width / operation.height)
    case 'zoom': {
      const part = 1 - Math.min(0.8, operation.strength)
      return centre(pixels, pixels.width * part, pixels.height * part)
    }
    case 'widen':
      return widen(pixels, 1 - Math.min(0.6, operation.strength))
    case 'vignette':
    case 'brightness':
    case 'warmth':
    case 'contrast':
    case 'saturation':
    case 'greyscale':
    case 'sepia':
    case 'invert':
    case 'blur':
    case 'sharpen':
    case 'border':
    case 'tint':
    case 'add':
      return pixels
  }
}

/** Applies the operations that keep the shape, in the order of the prompt; borders last, to keep them clean. */
export async function applyFilters(
  pixels: Pixels,
  operations: readonly Operation[],
  frame: Frame,
): Promise<Pixels> {
  let image = await toPixels(fromPixels(pixels).resize(frame.width, frame.height, { fit: 'cover' }))
  for (const operation of operations) {
    if (operation.kind === 'add') {
      image = await addFigure(image, operation)
      continue
    }
    if (!('where' in operation) || operation.where === undefined) {
      image = await developOnce(image, operation)
      continue
    }
    const before = { ...image, data: image.data.slice() }
    image = within(operation.where, before, await developOnce(image, operation))
  }
  for (const operation of operations) {
    if (operation.kind === 'border') image = await border(image, operation.colour.rgb, operation.strength)
  }
  return image
}

/** May change the given pixels in place. */
async function developOnce(image: Pixels, operation: Operation): Promise<Pixels> {
  const side = Math.min(image.width, image.height)
  if (operation.kind === 'blur') {
    return toPixels(fromPixels(image).blur(Math.max(0.5, side * 0.024 * operation.strength)))
  }
  if (operation.kind === 'sharpen') {
    return toPixels(
      fromPixels(image).sharpen({
        sigma: 0.6 + 2 * operation.strength,
        m1: 1,
        m2: 3 + 6 * operation.strength,
      }),
    )
  }
  if (operation.kind === 'vignette') vignette(image, operation.strength)
  else tone(image, operation)
  return image
}

/** Draws the picture smaller on a blurred, larger copy of itself, since what lies around it is unknown. */
async function widen(pixels: Pixels, part: number): Promise<Pixels> {
  const { width, height } = pixels
  const small = await fromPixels(pixels)
    .resize(Math.round(width * part), Math.round(height * part), { fit: 'fill' })
    .png()
    .toBuffer()
  const around = fromPixels(pixels).blur(Math.max(1, Math.min(width, height) * 0.03))
  return toPixels(around.composite([{ input: small, gravity: 'centre' }]))
}

async function rotate(pixels: Pixels, degrees: number): Promise<Pixels> {
  const turned = await toPixels(fromPixels(pixels).rotate(degrees, { background: '#ffffff' }))
  if (degrees % 90 === 0) return turned
  // The largest rectangle of the old shape that fits inside the rotated one, so that no white corners show.
  const angle = (Math.abs(degrees) * Math.PI) / 180
  const sin = Math.abs(Math.sin(angle))
  const cos = Math.abs(Math.cos(angle))
  const { width: w, height: h } = pixels
  const part = 0.99 * Math.min(w / (w * cos + h * sin), h / (w * sin + h * cos))
  return centre(turned, w * part, h * part)
}

function cropTo(pixels: Pixels, ratio: number): Promise<Pixels> {
  const { width, height } = pixels
  return width / height > ratio
    ? centre(pixels, height * ratio, height)
    : centre(pixels, width, width / ratio)
}

function centre(pixels: Pixels, width: number, height: number): Promise<Pixels> {
  const w = Math.max(1, Math.min(pixels.width, Math.round(width)))
  const h = Math.max(1, Math.min(pixels.height, Math.round(height)))
  const left = Math.floor((pixels.width - w) / 2)
  const top = Math.floor((pixels.height - h) / 2)
  return toPixels(fromPixels(pixels).extract({ left, top, width: w, height: h }))
}

function border(pixels: Pixels, rgb: readonly [number, number, number], strength: number): Promise<Pixels> {
  const { width, height } = pixels
  const wide = Math.max(2, Math.round(Math.min(width, height) * Math.min(0.3, strength)))
  const [r, g, b] = rgb
  return toPixels(
    fromPixels(pixels)
      .resize(width - 2 * wide, height - 2 * wide, { fit: 'cover' })
      .extend({ top: wide, bottom: wide, left: wide, right: wide, background: { r, g, b } }),
  )
}
