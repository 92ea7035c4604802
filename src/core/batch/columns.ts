/** The columns that the first line of a file of prompts may name. */
export const COLUMNS = ['name', 'prompt', 'ar', 'size', 'model', 'refs'] as const

export type Column = (typeof COLUMNS)[number]

/** A row as it is in the file; `line` counts from 1, as editors do. */
export type RowCells = { readonly line: number; readonly cells: Readonly<Partial<Record<Column, string>>> }

/** `line` is 0 for a problem of the file as a whole. */
export type RowProblem = { readonly line: number; readonly sentence: string }

export function columnOf(name: string): Column | undefined {
  return COLUMNS.find((column) => column === name)
}

export function unknownColumn(name: string): string {
  return `There is no column "${name}"; the columns are ${COLUMNS.join(', ')}.`
}

/** The cells that are filled in; one without a known column is left out. */
export function cellsOf(
  entries: readonly (readonly [Column | undefined, string | undefined])[],
): RowCells['cells'] {
  return Object.fromEntries(
    entries.filter(([column, cell]) => column !== undefined && cell !== undefined && cell !== ''),
  )
}
