// The same picture in another file format.
import type { Sharp } from 'sharp'
import type { SaveFormat } from '../core/save-format.ts'
import { openImage } from './open-image.ts'
import { sniff } from './sniff.ts'

/** Qualities at which a generated picture shows no loss at 100 %; chroma is kept whole, for lettering. */
export function encode(image: Sharp, to: SaveFormat): Sharp {
  switch (to) {
    case 'png':
      return image.png()
    case 'jpeg':
      // JPEG has no transparency: white is the paper.
      return image.flatten({ background: '#fff' }).jpeg({ quality: 92, chromaSubsampling: '4:4:4' })
    case 'webp':
      return image.webp({ quality: 92, smartSubsample: true })
    case 'avif':
      return image.avif({ quality: 70, chromaSubsampling: '4:4:4' })
  }
}

/** The very same bytes when they are in that format already. Bytes that sharp cannot read throw: inspect() first. */
export async function convert(bytes: Uint8Array, to: SaveFormat): Promise<Uint8Array> {
  if (sniff(bytes) === to) return bytes
  return encode(await openImage(bytes), to).toBuffer()
}

/** In one of the formats that every engine takes: PNG, JPEG and WebP as they are, others as PNG. */
export async function toAccepted(bytes: Uint8Array): Promise<Uint8Array> {
  const format = sniff(bytes)
  return format === 'png' || format === 'jpeg' || format === 'webp' ? bytes : convert(bytes, 'png')
}
