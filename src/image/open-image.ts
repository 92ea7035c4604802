// The one place that loads sharp, and only when the first image is touched: it takes 100 ms that a prompt would wait.
import type { Sharp } from 'sharp'

/**
 * 100 megapixels, some 300 MB decoded: more than any phone's usual photo and six times the largest image of a model
 * (4K at 16:9 has 15 megapixels), and far below a bomb of 30,000 by 30,000.
 */
export const pixelLimit = 100_000_000

type OpenImageOptions = {
  /** How broken an image may be: 'none' reads whatever can be read, 'error' refuses one that is damaged or cut short. */
  failOn?: 'none' | 'error'
  /** Reading only the header costs nothing, whatever the size: its reader says what is too large. */
  headerOnly?: boolean
  /** Colours as the file has them, whatever its profile means by them. */
  ignoreIcc?: boolean
  /** The bytes are pixels, and no file. */
  raw?: { width: number; height: number; channels: 3 | 4 }
}

let loading: Promise<typeof import('sharp')['default']> | undefined

/** Also for who only knows that an image will come. */
export function loadSharp() {
  loading ??= import('sharp').then(({ default: sharp }) => {
    // libvips would keep 50 MB of operations on buffers that never come a second time.
    sharp.cache(false)
    return sharp
  })
  return loading
}

/** Turned as its EXIF orientation says. Bytes that are no image throw when they are read, not here. */
export async function openImage(
  bytes: Uint8Array,
  { failOn = 'none', headerOnly = false, ignoreIcc = false, raw }: OpenImageOptions = {},
): Promise<Sharp> {
  const sharp = await loadSharp()
  const limitInputPixels = headerOnly ? false : pixelLimit
  return sharp(bytes, { limitInputPixels, failOn, autoOrient: true, ignoreIcc, ...(raw ? { raw } : {}) })
}

export async function orientedSize(
  bytes: Uint8Array,
): Promise<{ width: number; height: number; hasAlpha: boolean }> {
  const { autoOrient, hasAlpha } = await (await openImage(bytes)).metadata()
  return { width: autoOrient.width, height: autoOrient.height, hasAlpha }
}
