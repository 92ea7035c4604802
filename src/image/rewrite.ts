// Moves or cuts the pixels of a picture and keeps its format: nothing is scaled, and nothing else changes.
import type { Sharp } from 'sharp'
import { openImage } from './open-image.ts'
import { sniff } from './sniff.ts'

/** The quality at which a JPEG is written again, with full chroma. The other formats are lossless. */
export const JPEG_QUALITY = 95

/** Colour spaces that sharp would convert: 16 bits to 8, grey to three channels. */
const OWN_SPACES: ReadonlySet<string> = new Set(['rgb16', 'grey16', 'b-w', 'cmyk'])

/**
 * Edits a picture with its EXIF orientation applied, and keeps its colour profile, transparency and bit depth. Other
 * metadata is removed: a thumbnail would still show what was cut away. PNG, JPEG and WebP keep their format, others
 * become PNG.
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
