// Reads a screenshot cell by cell: where pictures are and how they are oriented, and where there is text.
import type { Shot } from './shot.ts'
import { COLOURS, type Colour, FRAME, type Quadrants, RATIO } from './testcard.ts'
import type { Size } from './window.ts'

/** Pixels between the window's edge and the cells. */
export type Margins = {
  readonly left: number
  readonly top: number
  readonly right: number
  readonly bottom: number
}

/** The shares of a cell in the card's colours and in the background; `ink`: whether anything is drawn in it. */
type Look = { readonly card: number; readonly background: number; readonly ink: boolean }

/** A picture on the screen: its first and last row, its last column, and the pixels that it covers. */
export type Found = {
  readonly first: number
  readonly last: number
  readonly right: number
  readonly box: {
    readonly left: number
    readonly top: number
    readonly right: number
    readonly bottom: number
  }
}

const names = Object.keys(COLOURS) as readonly Colour[]

/** How far a palette, a JPEG or a blend of block characters may shift a colour. */
const NEAR = 80

/** A pixel at least this far from the background counts as drawn. */
const DRAWN = 48

/** The fewest cells in a row of a picture: a cursor or a bold letter is not a picture. */
const LEAST = 4

type Rgb = readonly [red: number, green: number, blue: number]

export class Reading {
  readonly #shot: Shot
  readonly #left: number
  readonly #top: number
  readonly #cell: { readonly width: number; readonly height: number }
  readonly #background: Rgb
  readonly #looks: readonly (readonly Look[])[]
  readonly size: Size
  readonly pictures: readonly Found[]

  /** @param fractional cells do not have a whole number of pixels, as in a browser */
  constructor(shot: Shot, size: Size, taken: number, margins: Margins, fractional: boolean) {
    const width = (shot.width - margins.left - margins.right) / size.columns
    const height = (shot.height - margins.top - margins.bottom) / (size.rows + taken)
    this.#cell = fractional ? { width, height } : { width: Math.floor(width), height: Math.floor(height) }
    this.#shot = shot
    this.#left = margins.left
    this.#top = margins.top
    this.size = size
    this.#background = this.#mostSeen()
    this.#looks = Array.from({ length: size.rows }, (_, row) =>
      Array.from({ length: size.columns }, (_, column) => this.#look(column, row)),
    )
    this.pictures = this.#find()
  }

  /** Whether something is written or drawn in the cell. */
  hasInk(column: number, row: number): boolean {
    return this.#looks[row]?.[column]?.ink ?? false
  }

  /** Whether no background is left in the cell, or much of it has the card's colours. */
  isCovered(column: number, row: number): boolean {
    const look = this.#looks[row]?.[column]
    return look !== undefined && (look.card > 0.4 || look.background < 0.2)
  }

  /** Whether a picture may reach into the cell, with part of a cell or with the blur of its edge. */
  isNearPicture(column: number, row: number): boolean {
    return this.pictures.some(
      ({ first, last, right }) => row >= first - 1 && row <= last + 1 && column <= right + 1,
    )
  }

  /** What is wrong with a picture that should be the card in this orientation. It may be cut off at the top of the screen. */
  compare(found: Found, wanted: Quadrants): readonly string[] {
    const { left, top, right, bottom } = found.box
    const width = right - left
    const whole = found.first > 0
    const height = whole ? bottom - top : Math.round(width / RATIO)
    const problems: string[] = []
    if (left - this.#left > 1) problems.push(`it begins ${left - this.#left} pixels from the left`)
    if (!this.#isBare(found)) problems.push('something is drawn beside it, on its right')
    // Blocks are off by at most half a cell in each direction.
    const off = (this.#cell.width + this.#cell.height * RATIO) / 2 + 2
    if (whole && Math.abs(width - height * RATIO) > off) {
      problems.push(`it has ${width}x${height} pixels, which is not 4 to 3`)
    }
    let looked = 0
    const wrong: string[] = []
    const steps = 32
    for (let y = 0; y < steps; y++) {
      for (let x = 0; x < steps; x++) {
        const column = (x + 0.5) / steps
        const row = (y + 0.5) / steps
        const pixelY = bottom - height + row * height
        // A cell at an edge between two colours has both, or a blend of them.
        const edge = { x: this.#cell.width / width, y: this.#cell.height / height }
        const expected = colourAt(wanted, column, row, edge)
        // The average looks one pixel up.
        if (!expected || pixelY < this.#top + 1) continue
        looked++
        const seen = this.#average(left + column * width, pixelY)
        if (nearest(seen) !== expected) wrong.push(`${seen.join(',')} for ${expected}`)
      }
    }
    if (looked < 20) problems.push('too little of it is visible')
    if (wrong.length > looked * 0.02) {
      problems.push(
        `${wrong.length} of ${looked} places have another colour (${wrong.slice(0, 3).join('; ')})`,
      )
    }
    return problems
  }

  /** The cells, for a message: the letter of a card colour, # for a covered cell, t for text. */
  map(): string {
    return this.#looks
      .map((row, y) =>
        row
          .map(({ ink }, x) => {
            if (!this.isCovered(x, y)) return ink ? 't' : ' '
            const colour = nearest(
              this.#average(
                this.#left + (x + 0.5) * this.#cell.width,
                this.#top + (y + 0.5) * this.#cell.height,
              ),
            )
            return colour?.[0]?.toUpperCase() ?? '#'
          })
          .join('')
          .trimEnd(),
      )
      .join('\n')
  }

  /** Whether there is only background between the picture and the end of the next cell. */
  #isBare({ box, right }: Found): boolean {
    const end = Math.min(this.#shot.width, Math.round(this.#left + (right + 2) * this.#cell.width))
    // Scaling an edge may add a pixel or two.
    const begin = box.right + 2
    let drawn = 0
    for (let y = box.top; y < box.bottom; y++) {
      for (let x = begin; x < end; x++) {
        if (distance(this.#pixel(x, y), this.#background) > DRAWN / 2) drawn++
      }
    }
    return drawn <= Math.max(0, end - begin) * (box.bottom - box.top) * 0.05
  }

  #pixel(x: number, y: number): Rgb {
    const { width, height, data } = this.#shot
    const at = (Math.min(height - 1, Math.floor(y)) * width + Math.min(width - 1, Math.floor(x))) * 3
    return [data[at] ?? 0, data[at + 1] ?? 0, data[at + 2] ?? 0]
  }

  /** The mean over an area large enough for dithering to average to the intended colour. */
  #average(x: number, y: number): Rgb {
    const sum: [number, number, number] = [0, 0, 0]
    for (let dy = -1; dy <= 2; dy++) {
      for (let dx = -1; dx <= 2; dx++) {
        for (const [channel, value] of this.#pixel(x + dx, y + dy).entries()) sum[channel]! += value / 16
      }
    }
    return sum.map(Math.round) as unknown as Rgb
  }

  #mostSeen(): Rgb {
    const counts = new Map<string, number>()
    for (let y = this.#top; y < this.#shot.height; y += 3) {
      for (let x = this.#left; x < this.#shot.width; x += 3) {
        const pixel = this.#pixel(x, y)
        if (!nearest(pixel)) counts.set(pixel.join(), (counts.get(pixel.join()) ?? 0) + 1)
      }
    }
    const [most] = [...counts].sort(([, one], [, other]) => other - one)
    return (most?.[0].split(',').map(Number) ?? [0, 0, 0]) as unknown as Rgb
  }

  #look(column: number, row: number): Look {
    const { width, height } = this.#cell
    const [left, right] = [this.#left + column * width, this.#left + (column + 1) * width].map(Math.round)
    const [top, bottom] = [this.#top + row * height, this.#top + (row + 1) * height].map(Math.round)
    let card = 0
    let background = 0
    let drawn = 0
    let all = 0
    for (let y = top!; y < bottom!; y++) {
      for (let x = left!; x < right!; x++) {
        const pixel = this.#pixel(x, y)
        all++
        if (nearest(pixel)) card++
        const far = distance(pixel, this.#background)
        if (far < DRAWN / 2) background++
        if (far > DRAWN) drawn++
      }
    }
    // One pixel may be the end of the next letter.
    return { card: card / all, background: background / all, ink: drawn > 1 }
  }

  #find(): readonly Found[] {
    const found: Found[] = []
    let first = -1
    let right = 0
    for (let row = 0; row <= this.size.rows; row++) {
      const covered =
        row < this.size.rows
          ? Array.from({ length: this.size.columns }, (_, column) => column).filter((column) =>
              this.isCovered(column, row),
            )
          : []
      if (covered.length >= LEAST) {
        if (first < 0) [first, right] = [row, 0]
        right = Math.max(right, covered.at(-1)!)
      } else if (first >= 0) {
        found.push({ first, last: row - 1, right, box: this.#box(first, row - 1, right) })
        first = -1
      }
    }
    return found
  }

  /** The card's pixels in these cells and those around them. */
  #box(first: number, last: number, right: number): Found['box'] {
    const { width, height } = this.#cell
    const box = { left: Number.POSITIVE_INFINITY, top: Number.POSITIVE_INFINITY, right: 0, bottom: 0 }
    const end = Math.min(this.#shot.width, this.#left + (right + 2) * width)
    const begin = Math.round(this.#top + Math.max(0, first) * height)
    for (let y = begin; y < Math.min(this.#shot.height, this.#top + (last + 1) * height); y++) {
      for (let x = 0; x < end; x++) {
        if (!nearest(this.#pixel(x, y))) continue
        box.left = Math.min(box.left, x)
        box.right = Math.max(box.right, x + 1)
        box.top = Math.min(box.top, y)
        box.bottom = Math.max(box.bottom, y + 1)
      }
    }
    return box
  }
}

/** The card's colour at a point, 0 to 1; undefined near an edge. */
function colourAt(
  quadrants: Quadrants,
  x: number,
  y: number,
  near: { readonly x: number; readonly y: number },
): Colour | undefined {
  const frameX = FRAME / RATIO
  const edge = (value: number, frame: number, range: number) =>
    [frame, 0.5, 1 - frame].some((one) => Math.abs(value - one) <= range)
  if (x < frameX - near.x || x > 1 - frameX + near.x) return 'frame'
  if (y < FRAME - near.y || y > 1 - FRAME + near.y) return 'frame'
  if (edge(x, frameX, near.x) || edge(y, FRAME, near.y)) return undefined
  return quadrants[(x > 0.5 ? 1 : 0) + (y > 0.5 ? 2 : 0)]
}

function nearest(pixel: Rgb): Colour | undefined {
  return names.find((name) => distance(pixel, COLOURS[name]) < NEAR)
}

function distance(one: Rgb, other: Rgb): number {
  return Math.hypot(one[0] - other[0], one[1] - other[1], one[2] - other[2])
}
