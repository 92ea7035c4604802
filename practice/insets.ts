import type { OverlayOptions } from 'sharp'
import { fromPixels, toPixels } from './picture.ts'
import type { Pixels } from './pixels.ts'

/** Draws the references along the bottom as small framed pictures, not blended in, to show that they arrived. */
export async function drawInsets(pixels: Pixels, references: readonly Pixels[]): Promise<Pixels> {
  if (references.length === 0) return pixels
  const { width, height } = pixels
  const gap = Math.round(width * 0.015)
  const side = Math.floor(
    Math.min(height * 0.22, width * 0.2, (width - gap * (references.length + 1)) / references.length),
  )
  const edge = Math.max(2, Math.round(side * 0.04))
  const overlays: OverlayOptions[] = []
  for (const [i, reference] of references.entries()) {
    const left = gap + i * (side + gap)
    const top = height - gap - side
    const inner = side - 2 * edge
    const small = await fromPixels(reference).resize(inner, inner, { fit: 'cover' }).png().toBuffer()
    overlays.push({ input: mount(side), left: left - edge, top: top - edge })
    overlays.push({ input: small, left: left + edge, top: top + edge })
  }
  return toPixels(fromPixels(pixels).composite(overlays))
}

/** A white card with a soft shadow under it. */
function mount(side: number): Buffer {
  const edge = Math.max(2, Math.round(side * 0.04))
  const whole = side + 2 * edge
  const shadows = [0.9, 0.6, 0.3]
    .map((part) => {
      const by = edge * part
      const at = edge - by
      const length = side + 2 * by
      return `<rect x="${at}" y="${at + edge * 0.3}" width="${length}" height="${length}" rx="${by}" fill="#000" opacity="0.14"/>`
    })
    .join('')
  return Buffer.from(
    `<svg xmlns="http://www.w3.org/2000/svg" width="${whole}" height="${whole}">${shadows}` +
      `<rect x="${edge}" y="${edge}" width="${side}" height="${side}" fill="#fbfaf6"/></svg>`,
  )
}
