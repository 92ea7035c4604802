import { loadSharp, openImage } from './open-image.ts'

/** Pixels of the long side of the copy that is examined. */
const SIDE = 512

/** Where an eye goes first, by sharp's attention strategy (edges, skin, saturation); 0 to 1 across and down. */
export async function focalPoint(bytes: Uint8Array): Promise<{ readonly x: number; readonly y: number }> {
  const copy = (await openImage(bytes)).resize(SIDE, SIDE, { fit: 'inside' }).png()
  const { data, info } = await copy.toBuffer({ resolveWithObject: true })
  const { width, height } = info
  // sharp reports the point only when it has something to cut off: here, half of the longer side.
  const half =
    width < height ? { width, height: Math.ceil(height / 2) } : { width: Math.ceil(width / 2), height }
  const sharp = await loadSharp()
  const cut = await sharp(data)
    .resize({ ...half, fit: 'cover', position: 'attention' })
    .toBuffer({ resolveWithObject: true })
  const { attentionX = width / 2, attentionY = height / 2 } = cut.info
  return { x: attentionX / width, y: attentionY / height }
}
