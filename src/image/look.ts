import { CELLS, type Look } from '../core/drift.ts'
import { openImage } from './open.ts'

/** Pixels a side of the copy: what an eye sees at a glance, and eleven of them cost little. */
const SIDE = 256
const EACH = SIDE / CELLS

/** A picture as drift compares it: decoded, made small and turned to CIE Lab by sharp, in its own threads. */
export async function lookAt(bytes: Uint8Array): Promise<Look> {
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

function cellsOf(pixels: Float32Array): Pick<Look, 'lab' | 'detail'> {
  const lab = new Float32Array(CELLS * CELLS * 3)
  const detail = new Float32Array(CELLS * CELLS)
  const share = 1 / (EACH * EACH)
  const of = (x: number, y: number, channel: number) => pixels[(y * SIDE + x) * 3 + channel] ?? 0
  for (let y = 0; y < SIDE; y++) {
    for (let x = 0; x < SIDE; x++) {
      const cell = Math.floor(y / EACH) * CELLS + Math.floor(x / EACH)
      for (let channel = 0; channel < 3; channel++) {
        lab[cell * 3 + channel] = (lab[cell * 3 + channel] ?? 0) + of(x, y, channel) * share
      }
      const [right, below] = [of(Math.min(x + 1, SIDE - 1), y, 0), of(x, Math.min(y + 1, SIDE - 1), 0)]
      const change = Math.abs(right - of(x, y, 0)) + Math.abs(below - of(x, y, 0))
      detail[cell] = (detail[cell] ?? 0) + (change / 2) * share
    }
  }
  return { lab, detail }
}
