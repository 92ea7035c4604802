/** The part of a picture to cut out. */
export type Shape =
  /** The largest part with this ratio. */
  | { readonly kind: 'ratio'; readonly word: string; readonly wide: number; readonly high: number }
  /** In pixels. */
  | { readonly kind: 'size'; readonly word: string; readonly width: number; readonly height: number }
  /** In percent of the picture, with a fixed place. */
  | {
      readonly kind: 'part'
      readonly word: string
      readonly left: number
      readonly top: number
      readonly width: number
      readonly height: number
    }

/** In whole pixels, inside the picture. */
export type Rectangle = {
  readonly left: number
  readonly top: number
  readonly width: number
  readonly height: number
}

type PictureSize = { readonly name: string; readonly width: number; readonly height: number }

const NUMBER = String.raw`\d+(?:\.\d+)?`
const RATIO = new RegExp(`^(${NUMBER})[:/](${NUMBER})$`)
const SIZE = /^(\d+)[x×](\d+)$/i
const PART = new RegExp(`^${Array(4).fill(`(${NUMBER})%`).join(',')}$`)

/** `16:9`, `800x600` or `10%,20%,50%,40%` (left, top, width, height); undefined for anything else. */
export function shapeOf(word: string): Shape | undefined {
  const [wide = 0, high = 0] = numbers(RATIO, word)
  if (wide > 0 && high > 0) return { kind: 'ratio', word, wide, high }
  const [across = 0, down = 0] = numbers(SIZE, word)
  if (across > 0 && down > 0) return { kind: 'size', word, width: across, height: down }
  const [left = 0, top = 0, width = 0, height = 0] = numbers(PART, word)
  if (width > 0 && height > 0) return { kind: 'part', word, left, top, width, height }
  return undefined
}

function numbers(pattern: RegExp, word: string): readonly number[] {
  return (pattern.exec(word) ?? []).slice(1).map(Number)
}

/**
 * The pixels of a shape, centred on a point (0 to 1 across and down) as nearly as the picture's edges allow, or a
 * sentence about why the picture does not have them.
 */
export function rectangleOf(
  shape: Shape,
  picture: PictureSize,
  at: { readonly x: number; readonly y: number },
): Rectangle | string {
  const found = shape.kind === 'part' ? partOf(shape, picture) : sizeOf(shape, picture)
  const { name, width, height } = picture
  const size = `${width}×${height}`
  if (found.width > width || found.height > height) {
    const most = Math.min(width / found.width, height / found.height)
    const [less, lower] = [found.width, found.height].map((side) =>
      Math.max(1, Math.floor(side * most + 1e-6)),
    )
    return `${shape.word} does not fit: ${name} has ${size} pixels, and /crop does not scale. ${less}x${lower} is the largest crop of that shape.`
  }
  if (found.width < 1 || found.height < 1) {
    return `${shape.word} leaves nothing of ${name}, which has ${size} pixels.`
  }
  if (found.left + found.width > width || found.top + found.height > height) {
    return `${shape.word} reaches beyond the picture: left plus width, and top plus height, can be at most 100%.`
  }
  if (found.width === width && found.height === height) {
    return `${shape.word} is all of ${name} (${size}): there is nothing to cut off.`
  }
  if (shape.kind === 'part') return found
  return {
    ...found,
    left: within(Math.round(at.x * width - found.width / 2), width - found.width),
    top: within(Math.round(at.y * height - found.height / 2), height - found.height),
  }
}

function sizeOf(shape: Exclude<Shape, { kind: 'part' }>, { width, height }: PictureSize): Rectangle {
  if (shape.kind === 'size') return { left: 0, top: 0, width: shape.width, height: shape.height }
  const ratio = shape.wide / shape.high
  return width / height > ratio
    ? { left: 0, top: 0, width: Math.round(height * ratio), height }
    : { left: 0, top: 0, width, height: Math.round(width / ratio) }
}

function partOf(shape: Shape & { kind: 'part' }, { width, height }: PictureSize): Rectangle {
  const left = Math.round((shape.left * width) / 100)
  const top = Math.round((shape.top * height) / 100)
  const right = Math.round(((shape.left + shape.width) * width) / 100)
  const bottom = Math.round(((shape.top + shape.height) * height) / 100)
  return { left, top, width: right - left, height: bottom - top }
}

function within(value: number, most: number): number {
  return Math.min(Math.max(0, value), most)
}
