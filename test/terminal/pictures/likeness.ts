// How similar two pictures are.
import sharp from 'sharp'
import type { Picture } from './decode.ts'

/** The source, scaled to another picture's size in pixels. */
export async function atSizeOf(bytes: Uint8Array, { width, height }: Picture): Promise<Picture> {
  const pixels = await sharp(bytes).resize(width, height, { fit: 'fill' }).removeAlpha().raw().toBuffer()
  return { width, height, pixels }
}

/** The mean distance of the colours, in byte values. */
export function colourDistance(a: Picture, b: Picture): number {
  let sum = 0
  for (let at = 0; at < a.pixels.length; at += 3) {
    const of = (channel: number) => a.pixels[at + channel]! - b.pixels[at + channel]!
    sum += Math.hypot(of(0), of(1), of(2))
  }
  return sum / (a.pixels.length / 3)
}

function luma({ pixels }: Picture): Float64Array {
  return Float64Array.from(
    { length: pixels.length / 3 },
    (_, at) => 0.299 * pixels[at * 3]! + 0.587 * pixels[at * 3 + 1]! + 0.114 * pixels[at * 3 + 2]!,
  )
}

/** Structural similarity of the luma in windows of 8 by 8 pixels (Wang et al. 2004), 1 for the same picture. */
export function ssim(a: Picture, b: Picture): number {
  const { width, height } = a
  const [one, two] = [luma(a), luma(b)]
  const window = 8
  const samples = window * window
  let sum = 0
  let windows = 0
  for (let top = 0; top + window <= height; top += 8) {
    for (let left = 0; left + window <= width; left += 8) {
      let [s1, s2, s11, s22, s12] = [0, 0, 0, 0, 0]
      for (let y = top; y < top + window; y++) {
        for (let x = left; x < left + window; x++) {
          const p = one[y * width + x]!
          const q = two[y * width + x]!
          s1 += p
          s2 += q
          s11 += p * p
          s22 += q * q
          s12 += p * q
        }
      }
      const [m1, m2] = [s1 / samples, s2 / samples]
      const [v1, v2, v12] = [s11 / samples - m1 * m1, s22 / samples - m2 * m2, s12 / samples - m1 * m2]
      const [c1, c2] = [(0.01 * 255) ** 2, (0.03 * 255) ** 2]
      sum += ((2 * m1 * m2 + c1) * (2 * v12 + c2)) / ((m1 * m1 + m2 * m2 + c1) * (v1 + v2 + c2))
      windows++
    }
  }
  return sum / windows
}
