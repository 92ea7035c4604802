// Makes a copy that is small enough to send to an engine.
import { encode } from './convert.ts'
import { openImage } from './open-image.ts'
import { mimeOf, sniff } from './sniff.ts'

export type Copy = { bytes: Uint8Array; mime: string; width: number; height: number }

/**
 * A copy with at most `maxPixels` on the long side, upright: the same bytes if they fit already, in a format that every
 * engine accepts; else a JPEG, or a PNG when something is transparent.
 */
export async function fitWithin(bytes: Uint8Array, maxPixels: number): Promise<Copy> {
  const format = sniff(bytes)
  const { autoOrient, orientation, hasAlpha } = await (await openImage(bytes)).metadata()
  const { width, height } = autoOrient
  const fits = Math.max(width, height) <= maxPixels && (orientation ?? 1) === 1
  if (fits && (format === 'png' || format === 'jpeg' || format === 'webp')) {
    return { bytes, mime: mimeOf(format), width, height }
  }
  const opaque = !hasAlpha || (await (await openImage(bytes)).stats()).isOpaque
  const small = (await openImage(bytes)).resize(maxPixels, maxPixels, {
    fit: 'inside',
    withoutEnlargement: true,
  })
  const to = opaque ? 'jpeg' : 'png'
  const { data, info } = await encode(small, to).toBuffer({ resolveWithObject: true })
  return { bytes: data, mime: mimeOf(to), width: info.width, height: info.height }
}
