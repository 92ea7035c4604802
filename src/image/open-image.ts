// The only place that loads sharp, when the first image is used: loading takes 100 ms, which would delay the prompt.
import type { Sharp } from 'sharp'

/**
 * 100 megapixels, about 300 MB decoded: more than a phone's usual photo and six times the largest image of a model (4K
 * at 16:9 has 15 megapixels), and far below a decompression bomb of 30,000 by 30,000.
 */
export const pixelLimit = 100_000_000

type OpenImageOptions = {
  /** How damaged an image may be: 'none' reads whatever it can, 'error' refuses one that is damaged or cut short. */
  failOn?: 'none' | 'error'
  /** Read only the header, which is cheap at any size: no limit applies, so the caller must check the size. */
  headerOnly?: boolean
  /** Keep the colour values of the file, without applying its profile. */
  ignoreIcc?: boolean
  /** The bytes are raw pixels, not a file. */
  raw?: { width: number; height: number; channels: 3 | 4 }
}

let loading: Promise<typeof import('sharp')['default']> | undefined

/** Can be called early, when an image is expected. */
export function loadSharp() {
  loading ??= import('sharp').then(({ default: sharp }) => {
    // libvips would cache 50 MB of operations on buffers that are never used again.
    sharp.cache(false)
    return sharp
  })
  return loading
}

/** Opens an image with its EXIF orientation applied. Bytes that are not an image throw when they are read, not here. */
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
