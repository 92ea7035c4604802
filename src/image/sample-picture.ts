import { CELLS, type PictureLook } from '../core/request/drift.ts'
import { openImage } from './open-image.ts'

/** Pixels per side of the copy: enough for what an eye sees at a glance, and cheap for eleven pictures. */
const SIDE = 256
const EACH = SIDE / CELLS

/** Measures a picture for comparing drift; sharp decodes, scales and converts it to CIE Lab in its own threads. */
export async function lookAt(bytes: Uint8Array): Promise<PictureLook> {
  const image = await openImage(bytes)
  const { autoOrient } = await image.metadata()
  const { buffer, byteOffset } = await image
    .removeAlpha()
    .resize(SIDE, SIDE, { fit: 'fill' })
    .toColourspace('lab')
    .raw({ depth: 'float' })
    .toBuffer()
  const pixels = new Float32Array(buffer, byteOffset, SIDE * SIDE * 3)
  return { ...cellsOf(pixels), ratio: autoOrient.width / autoOrient.height }
}

function cellsOf(pixels: Float32Array): Pick<PictureLook, 'lab' | 'detail'> {
  const lab = new Float32Array(CELLS * CELLS * 3)
  const detail = new Float32Array(CELLS * CELLS)
  const share = 1 / (EACH * EACH)
  for (let y = 0; y < SIDE; y++) {
    for (let x = 0; x < SIDE; x++) {
      const at = (y * SIDE + x) * 3
      const cell = Math.floor(y / EACH) * CELLS + Math.floor(x / EACH)
      for (let channel = 0; channel < 3; channel++) lab[cell * 3 + channel]! += pixels[at + channel]! * share
      const lightness = pixels[at]!
      const right = x + 1 < SIDE ? pixels[at + 3]! : lightness
      const below = y + 1 < SIDE ? pixels[at + SIDE * 3]! : lightness
      detail[cell]! += ((Math.abs(right - lightness) + Math.abs(below - lightness)) / 2) * share
    }
  }
  return { lab, detail }
}
