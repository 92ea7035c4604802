import type { Pixels } from './pixels.ts'

/** A part of the picture that an instruction can be limited to. */
export type Region = 'top' | 'bottom' | 'left' | 'right' | 'middle' | 'around'

const WORDS: readonly (readonly [RegExp, Region])[] = [
  [/\b(sky|clouds?|ceiling|top|upper)\b/, 'top'],
  [/\b(ground|floor|foreground|grass|road|bottom|lower)\b/, 'bottom'],
  [/\bleft (side|half|part|third|edge)\b|\bon the left\b/, 'left'],
  [/\bright (side|half|part|third|edge)\b|\bon the right\b/, 'right'],
  [/\b(middle|centre|center|subject|face)\b/, 'middle'],
  [/\b(background|backdrop|surroundings|behind (it|her|him|them))\b/, 'around'],
]

export function regionOf(clause: string): Region | undefined {
  return WORDS.find(([words]) => words.test(clause))?.[1]
}

/** Width of the seam as a fraction of the picture; within it the new pixels fade into the old. */
const SEAM = 0.08

/** How far inside the region a point is, as a fraction of the picture; below 0 is outside. */
function depth(region: Region, x: number, y: number): number {
  switch (region) {
    case 'top':
      return 0.45 - y
    case 'bottom':
      return y - 0.6
    case 'left':
      return 0.5 - x
    case 'right':
      return x - 0.5
    case 'middle':
      return 0.36 - Math.hypot(x - 0.5, y - 0.5)
    case 'around':
      return Math.hypot(x - 0.5, y - 0.5) - 0.36
  }
}

/** The new pixels inside the region, the old ones, unchanged, outside of it. */
export function within(region: Region, old: Pixels, fresh: Pixels): Pixels {
  const { width, height } = old
  const data = old.data.slice()
  let i = 0
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++, i += 3) {
      const part = Math.min(1, depth(region, (x + 0.5) / width, (y + 0.5) / height) / SEAM)
      if (part <= 0) continue
      for (let c = i; c < i + 3; c++) {
        data[c] = (old.data[c] as number) * (1 - part) + (fresh.data[c] as number) * part
      }
    }
  }
  return { data, width, height }
}

/** Darkens towards the corners, in place; the ellipse that touches the four sides stays as it is. */
export function vignette({ data, width, height }: Pixels, strength: number): void {
  let i = 0
  for (let y = 0; y < height; y++) {
    const down = ((y + 0.5) / height - 0.5) ** 2
    for (let x = 0; x < width; x++, i += 3) {
      const out = Math.sqrt(down + ((x + 0.5) / width - 0.5) ** 2) - 0.5
      if (out <= 0) continue
      // The distance from the ellipse to the corner is 0.207.
      const part = 1 - strength * Math.min(1, out / 0.2) ** 1.4
      for (let c = i; c < i + 3; c++) data[c] = (data[c] as number) * part
    }
  }
}
