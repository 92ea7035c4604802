import type { RowCells, RowProblem } from '../../core/batch/columns.ts'

/** A file of prompts as it was read; the values of its rows are not checked yet. */
export type PromptRows = {
  readonly rows: readonly RowCells[]
  readonly problems: readonly RowProblem[]
  readonly notes: readonly string[]
}
