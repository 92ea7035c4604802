// Finds out whether a file is an image, of which format and size, and whether it is whole. Anything that can be wrong
// with a user's file is a value with a sentence.
import { openImage, pixelLimit } from './open-image.ts'
import { type ImageFormat, mimeOf, sniff } from './sniff.ts'

export type ImageInfo = {
  format: ImageFormat
  mime: string
  /** In pixels, after the EXIF orientation is applied. */
  width: number
  height: number
}

export type Inspection =
  | { ok: true; image: ImageInfo }
  | { ok: false; why: 'empty' | 'not-an-image' | 'truncated' | 'too-large' | 'unsupported'; sentence: string }

/** `verify` decodes the whole image, to find one that is cut short: some 20 ms per megapixel. */
export async function inspect(bytes: Uint8Array, { verify = false } = {}): Promise<Inspection> {
  if (bytes.length === 0) return { ok: false, why: 'empty', sentence: 'The file is empty.' }
  const format = sniff(bytes)
  if (!format) {
    return { ok: false, why: 'not-an-image', sentence: 'The file is not an image, whatever its name says.' }
  }
  if (!readable(format)) {
    const sentence = `limn cannot read ${format.toUpperCase()} images: save it as PNG or JPEG first.`
    return { ok: false, why: 'unsupported', sentence }
  }
  try {
    const { autoOrient } = await (await openImage(bytes, { headerOnly: true })).metadata()
    const { width, height } = autoOrient
    if (width * height > pixelLimit) {
      const size = `${width.toLocaleString('en')} × ${height.toLocaleString('en')} pixels`
      const sentence = `The image is too large: it has ${size}, and limn reads up to ${pixelLimit / 1e6} megapixels.`
      return { ok: false, why: 'too-large', sentence }
    }
    if (verify) await decode(bytes)
    return { ok: true, image: { format, mime: mimeOf(format), width, height } }
  } catch {
    const sentence = 'The image is damaged or cut short: it cannot be read to its end.'
    return { ok: false, why: 'truncated', sentence }
  }
}

// sharp's prebuilt libvips has no decoder for HEVC (patents) and BMP.
function readable(format: ImageFormat): boolean {
  return format !== 'heic' && format !== 'bmp'
}

async function decode(bytes: Uint8Array): Promise<void> {
  const image = await openImage(bytes, { failOn: 'error' })
  // This decodes every row without keeping it.
  await image.resize(8, 8, { fit: 'fill', fastShrinkOnLoad: false }).raw().toBuffer()
}
