import type { Model } from '../models/model-catalogue.ts'
import type { FileRef } from '../session/file-ref.ts'
import type { TurnSettings } from '../settings/turn-settings-type.ts'
import { sideOf } from './image-size.ts'

/** Sizes in the models' own tables are up to 6 % off their nominal ratios (1584×672 for 21:9). */
const RATIO_SLACK = 0.1

/** Images in these tables have 0.94 to 1.05 times the pixels of a square; one size has twice the side of the next. */
const SIDE_SLACK = 0.3

/** How an image differs from what was requested, as a sentence; undefined when it does not. */
export function differenceOf(
  { aspect, size }: TurnSettings,
  model: Model,
  { width, height }: Pick<FileRef, 'width' | 'height'>,
): string | undefined {
  const [wide = 0, high = 0] = aspect.split(':').map(Number)
  const wanted = wide / high
  const other = wide > 0 && high > 0 && Math.abs(width / height / wanted - 1) > RATIO_SLACK
  const side = model.sizes.includes(size) ? sideOf(size) : undefined
  const smaller = side !== undefined && Math.abs(Math.sqrt(width * height) / side - 1) > SIDE_SLACK
  const asked = [...(other ? [aspect] : []), ...(smaller ? [size] : [])]
  if (asked.length === 0) return undefined
  return `You asked for ${asked.join(' and ')}; the image is ${width}×${height}.`
}
