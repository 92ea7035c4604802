// The pixels of a picture in other places, in its own format: nothing is scaled, and nothing else changes.
import type { Sharp } from 'sharp'
import { openImage } from './open-image.ts'
import { sniff } from './sniff.ts'

/** Of a JPEG that is written again; its colours are kept whole. No other format loses anything. */
export const JPEG_QUALITY = 95

/** In these, sharp would widen or narrow what the file has: 16 bits to 8, grey to three channels. */
const OWN_SPACES: ReadonlySet<string> = new Set(['rgb16', 'grey16', 'b-w', 'cmyk'])

/**
 * Upright as its EXIF orientation says, with its colour profile, transparency and bit depth. Other metadata goes: a
 * thumbnail of what was cut away would still show it. PNG, JPEG and WebP stay what they are, others become PNG.
 */
export async function rewrite(bytes: Uint8Array, edit: (image: Sharp) => Sharp): Promise<Uint8Array> {
  const image = await openImage(bytes, { ignoreIcc: true })
  const { space = '' } = await image.metadata()
  const edited = edit(image).keepIccProfile()
  return encoded(OWN_SPACES.has(space) ? edited.toColourspace(space) : edited, bytes).toBuffer()
}

function encoded(image: Sharp, original: Uint8Array): Sharp {
  switch (sniff(original)) {
    case 'jpeg':
      return image.jpeg({ quality: JPEG_QUALITY, chromaSubsampling: '4:4:4' })
    case 'webp':
      return image.webp({ lossless: true, exact: true })
    case 'png':
    case 'gif':
    case 'avif':
    case 'heic':
    case 'tiff':
    case 'bmp':
    case 'svg':
    case undefined:
      return image.png()
  }
}
