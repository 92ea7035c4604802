// How far a picture has drifted over a series of edits, in the parts that none of them was meant to change.

/** Cells per side of a picture that is compared. A texture that is redrawn within its cell counts as unchanged. */
export const CELLS = 64
/** Blocks of cells per side. A block is calm when no edit of the series has touched it. */
const BLOCKS = 16
const EACH = CELLS / BLOCKS

/** In units of CIE76, where 2.3 is just visible: a step that changes a block by more than this is an edit of it. */
const EDITED = 8
/** A share of the picture: with less of it calm, all of it was edited, and its drift cannot be measured. */
const LEAST_CALM = 0.1
/** Change of lightness from pixel to pixel, on a scale of 100: a calm block with less has no detail to lose. */
const TEXTURED = 0.6

/** A picture, reduced to what is compared. */
export type PictureLook = {
  /** CIE Lab of each cell, row by row. */
  readonly lab: Float32Array
  /** How much lightness changes from pixel to pixel, by cell. */
  readonly detail: Float32Array
  /** Width by height. */
  readonly ratio: number
}

/** How the calm part has changed as a whole. */
export type Drift = {
  /** In units of CIE76. */
  readonly colour: number
  readonly lighter: number
  readonly redder: number
  readonly yellower: number
  /** As a ratio to what it was: 0.8 is softer, 1.3 is harsher. */
  readonly detail: number
}

/**
 * The drift over all looks, which come in order, the oldest first; undefined when too little of the picture was left
 * alone. Drift is what happens in most of the steps: a single step that brightens a dark picture on purpose is not.
 */
export function driftOver(looks: readonly PictureLook[]): Drift | undefined {
  const [first] = looks
  if (!first || looks.length < 2) return undefined
  if (looks.some(({ ratio }) => Math.abs(ratio / first.ratio - 1) > 0.02)) return undefined
  const steps = looks.slice(1).map((after, index) => ({ before: looks[index] ?? first, after }))
  const calm = calmBlocks(steps)
  if (calm.length < LEAST_CALM * BLOCKS * BLOCKS) return undefined
  const cells = calm.flat()
  const steady = (of: (step: DriftStep) => number) => steps.length * median(steps.map(of))
  const moved = (channel: number) =>
    steady(({ before, after }) => mean(cells, (cell) => at(after, cell, channel) - at(before, cell, channel)))
  const [lighter, redder, yellower] = [moved(0), moved(1), moved(2)]
  const textured = calm.filter((block) => detailOf(first, block) > TEXTURED)
  const detail = steady(({ before, after }) =>
    median(textured.map((block) => Math.log(detailOf(after, block) / detailOf(before, block)))),
  )
  return {
    colour: Math.hypot(lighter, redder, yellower),
    lighter,
    redder,
    yellower,
    detail: Math.exp(detail),
  }
}

type DriftStep = { readonly before: PictureLook; readonly after: PictureLook }

/** The indexes of its cells. */
type Block = readonly number[]

function detailOf(look: PictureLook, block: Block): number {
  // Never 0, since it is divided by.
  return mean(block, (cell) => look.detail[cell] ?? 0) + 0.01
}

function calmBlocks(steps: readonly DriftStep[]): readonly Block[] {
  const blocks = Array.from({ length: BLOCKS * BLOCKS }, (_, number) => blockOf(number))
  return blocks.filter((block) => steps.every(({ before, after }) => change(before, after, block) <= EDITED))
}

function change(before: PictureLook, after: PictureLook, block: Block): number {
  const by = (cell: number, channel: number) => at(after, cell, channel) - at(before, cell, channel)
  return mean(block, (cell) => Math.hypot(by(cell, 0), by(cell, 1), by(cell, 2)))
}

function at({ lab }: PictureLook, cell: number, channel: number): number {
  return lab[cell * 3 + channel] ?? 0
}

function blockOf(number: number): Block {
  const corner = Math.floor(number / BLOCKS) * EACH * CELLS + (number % BLOCKS) * EACH
  return Array.from({ length: EACH * EACH }, (_, index) => {
    return corner + Math.floor(index / EACH) * CELLS + (index % EACH)
  })
}

function mean(cells: readonly number[], of: (cell: number) => number): number {
  let sum = 0
  for (const cell of cells) sum += of(cell)
  return sum / Math.max(1, cells.length)
}

/** 0 for no values. */
function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b)
  const [low = 0, high = low] = [sorted[(sorted.length - 1) >> 1], sorted[sorted.length >> 1]]
  return (low + high) / 2
}
