// Converts a picture to another file format.
import type { Sharp } from 'sharp'
import type { SaveFormat } from '../core/image-format.ts'
import { openImage } from './open-image.ts'
import { sniff } from './sniff.ts'

/** Encodes at a quality that shows no loss at 100 %, with full chroma, which lettering needs. */
export function encode(image: Sharp, to: SaveFormat): Sharp {
  switch (to) {
    case 'png':
      return image.png()
    case 'jpeg':
      // JPEG has no transparency: it becomes white.
      return image.flatten({ background: '#fff' }).jpeg({ quality: 92, chromaSubsampling: '4:4:4' })
    case 'webp':
      return image.webp({ quality: 92, smartSubsample: true })
    case 'avif':
      return image.avif({ quality: 70, chromaSubsampling: '4:4:4' })
  }
}

/** The same bytes when they are in that format already. Throws for bytes that sharp cannot read: call inspect() first. */
export async function convert(bytes: Uint8Array, to: SaveFormat): Promise<Uint8Array> {
  if (sniff(bytes) === to) return bytes
  return encode(await openImage(bytes), to).toBuffer()
}

/** The image in a format that every engine accepts: PNG, JPEG and WebP unchanged, any other as PNG. */
export async function toAccepted(bytes: Uint8Array): Promise<Uint8Array> {
  const format = sniff(bytes)
  return format === 'png' || format === 'jpeg' || format === 'webp' ? bytes : convert(bytes, 'png')
}
