// The keys that are bound now, laid out in columns and pages.
import { displayWidth } from '../../text/graphemes.ts'
import { paragraph } from '../../text/wrap.ts'
import { chordText } from '../line/chord.ts'
import type { BoundKeys } from './layer.ts'

export type KeyCell =
  | { readonly kind: 'heading'; readonly text: string }
  /** `keys` is '' where the text continues from the row above. */
  | { readonly kind: 'key'; readonly keys: string; readonly does: string }
  | { readonly kind: 'blank' }

export type KeyPages = {
  /** Width of one column of a page. */
  readonly columns: number
  /** Width of the key names, which come before what the keys do. */
  readonly keyColumns: number
  /** Each page has columns of cells from the top down; no column has more cells than the page has rows. */
  readonly pages: readonly (readonly (readonly KeyCell[])[])[]
}

/** Blank columns between two columns of keys. */
export const GUTTER = 2
/** The least readable width of a column of keys. */
const COLUMN = 38
const MOST_COLUMNS = 3
const MOST_KEY_COLUMNS = 13

/** Lays the keys out on as few pages as this many rows and columns allow, each as low as possible. */
export function keyPages(bound: readonly BoundKeys[], columns: number, rows: number): KeyPages {
  const abreast = Math.max(1, Math.min(MOST_COLUMNS, Math.floor((columns + GUTTER) / (COLUMN + GUTTER))))
  const width = Math.floor((columns - GUTTER * (abreast - 1)) / abreast)
  const labels = bound.map((one) => labelOf(one, Math.min(MOST_KEY_COLUMNS, width)))
  const keyColumns = Math.max(0, ...labels.map(displayWidth))
  const doesColumns = Math.max(1, width - keyColumns - GUTTER)
  // A section comes where its lowest layer does, so that keys bound only now come before those that always are.
  const names = [...new Set(bound.map(({ section }) => section).toReversed())].toReversed()
  const bySection = Map.groupBy(bound, ({ section }) => section)
  const named = names.map((section) => [section, bySection.get(section) ?? []] as const)
  const sections = named.map(([section, all]) => [
    [{ kind: 'heading', text: section } as const],
    ...all.map((one) => cellsOf(one, labelOf(one, keyColumns), doesColumns)),
  ])
  const height = Math.max(1, rows)
  // On one page if possible, with or without empty rows between the sections.
  for (const gap of [1, 0] as const) {
    for (let low = 1; low <= height; low++) {
      const flowed = flow(sections, low, gap)
      const fits = flowed.length <= abreast && flowed.every((column) => column.length <= low)
      if (fits) return { columns: width, keyColumns, pages: [flowed] }
    }
  }
  // What is higher than a page is cut off.
  const flowed = flow(sections, height, 0).map((column) => column.slice(0, height))
  const pages = Array.from({ length: Math.ceil(flowed.length / abreast) }, (_, page) =>
    flowed.slice(page * abreast, (page + 1) * abreast),
  )
  return { columns: width, keyColumns, pages }
}

/** As many of the keys as fit; always the first one. */
function labelOf({ keys }: BoundKeys, columns: number): string {
  const names = keys.map(chordText)
  // Alt-1, Alt-2 and so on are shown as a range, since they are not alternatives to one another.
  if (keys.length > 1 && keys.every((key) => /^alt-\d$/.test(key))) return `${names[0]} … ${names.at(-1)}`
  let label = names[0] ?? ''
  for (const name of names.slice(1)) {
    if (displayWidth(`${label}, ${name}`) > columns) break
    label = `${label}, ${name}`
  }
  return label
}

function cellsOf({ does }: BoundKeys, label: string, columns: number): readonly KeyCell[] {
  return paragraph(does, columns, Number.POSITIVE_INFINITY).map((text, row) => ({
    kind: 'key',
    keys: row === 0 ? label : '',
    does: text,
  }))
}

type KeyRows = readonly KeyCell[]

/**
 * Flows the sections into columns of this height, with this many empty rows between them. The rows of one key stay
 * together, and so do a heading and the first key under it. A section that continues in the next column repeats its
 * heading. A column is higher only where a single key with its heading is.
 */
function flow(
  sections: readonly (readonly KeyRows[])[],
  height: number,
  gap: 0 | 1,
): readonly (readonly KeyCell[])[] {
  const columns: KeyCell[][] = [[]]
  for (const [heading = [], ...groups] of sections) {
    for (const [index, group] of groups.entries()) {
      const last = columns.at(-1) ?? []
      const headed = [...heading, ...group]
      const between: KeyRows = gap === 1 && last.length > 0 ? [{ kind: 'blank' }] : []
      const next = index > 0 ? group : [...between, ...headed]
      if (last.length === 0 || last.length + next.length <= height) last.push(...next)
      else columns.push(headed)
    }
  }
  return columns
}
