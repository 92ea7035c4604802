import { type Model, ONLY_SIZE } from '../models/model-catalogue.ts'
import type { FileRef } from '../session/file-ref.ts'

/** The side, in pixels, of a square with as many pixels as an image of this size: 1K is 1,024 × 1,024. */
const SIDES: ReadonlyMap<string, number> = new Map([
  ['512', 512],
  ['1K', 1024],
  ['2K', 2048],
  ['4K', 4096],
])

export function sideOf(size: string): number | undefined {
  return SIDES.get(size)
}

/** The models' own tables have up to 5 % more pixels than the square. */
const SLACK = 1.06

/**
 * The long side, in pixels, to which an image is scaled down that has more pixels than the model itself makes;
 * undefined for a smaller image.
 */
export function scaledSide(
  { width, height }: Pick<FileRef, 'width' | 'height'>,
  { sizes }: Model,
): number | undefined {
  const side = sideOf(largestSize(sizes))
  if (side === undefined || width * height <= side ** 2 * SLACK) return undefined
  return Math.floor(Math.max(width, height) * Math.sqrt(side ** 2 / (width * height)))
}

export function largestSize(sizes: Model['sizes']): string {
  return sizes.at(-1) ?? ONLY_SIZE
}
