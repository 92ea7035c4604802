// From image bytes, a room and a terminal to what to print. Where it is printed is decided elsewhere.
import type { Protocol } from '../../core/graphics.ts'
import { orientedSize } from '../../image/open-image.ts'
import type { DrawnPicture, OpenPicture, PictureRoom } from './driver.ts'
import { DRIVERS } from './drivers.ts'

export type Shown =
  | DrawnPicture
  /** This terminal shows no pictures, or the user wants none: only the caption is printed. */
  | { readonly kind: 'none' }

export type PictureOptions = PictureRoom &
  Omit<OpenPicture, 'bytes' | 'hasAlpha' | 'transparency'> &
  Partial<Pick<OpenPicture, 'transparency'>> & { readonly protocol: Protocol | 'none' }

/** `bytes` is any image that sharp reads; the caller has checked it with inspect() in image/inspect.ts. */
export async function picture(bytes: Uint8Array, options: PictureOptions): Promise<Shown> {
  const { protocol, transparency = 'checkerboard' } = options
  if (protocol === 'none') return { kind: 'none' }
  const driver = DRIVERS[protocol]
  const { hasAlpha, ...size } = await orientedSize(bytes)
  return driver.draw({ ...options, bytes, hasAlpha, transparency }, driver.fits(size, options))
}
