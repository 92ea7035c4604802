import { dirname } from 'node:path'
import type { RowProblem } from '../core/batch/columns.ts'
import type { JobRow } from '../core/batch/job.ts'
import { problemRows } from '../core/batch/job-text.ts'
import { type PromptRow, planRows } from '../core/batch/plan-rows.ts'
import { type Answer, type Event, fail, type NewFile, notSent, say } from '../core/event.ts'
import { fileName } from '../core/line/line.ts'
import type { TaskProblem } from '../core/line/part-outcome.ts'
import type { Mention } from '../core/session/session.ts'
import { DiskError } from '../store/disk-error.ts'
import { readPromptFile } from '../store/jobs/prompt-file.ts'
import type { Context } from '../turn/context.ts'
import { type Input, readInput } from '../turn/mentions.ts'
import { absolute } from '../turn/read-image.ts'

/** A row whose price nobody has asked about yet. */
export type Unpriced = Omit<JobRow, 'most'>

/** Rows that can be sent, and the images that they name. */
type ReadRows = { readonly rows: readonly Unpriced[]; readonly files: readonly NewFile[] }

/** Lines that are listed; a file that is wrong throughout is not told line by line. */
const MOST_LISTED = 40

/** Reads the rows of a file with their images. If anything is wrong, everything that is wrong is reported at once. */
export async function* readRows(
  path: string,
  { session, place }: Context,
): AsyncGenerator<Event, ReadRows | TaskProblem, Answer> {
  const full = absolute(path, place)
  try {
    const table = await readPromptFile(full)
    const planned = planRows(table.rows, session.settings)
    // What is wrong with the whole file is why there are no rows in it.
    const problems = table.problems.length > 0 && table.rows.length === 0 ? [] : planned.problems
    const images = await imagesOf(planned.rows, { ...place, folder: dirname(full) })
    for (const note of [...table.notes, ...planned.notes]) yield say(note, 'warning')
    const all = [...table.problems, ...problems, ...images.problems]
    if (all.length > 0) return yield* tellProblems(path, all)
    return { rows: planned.rows.map((row) => rowOf(row, images.found)), files: images.files }
  } catch (error) {
    if (!(error instanceof DiskError)) throw error
    return yield* fail(error.message)
  }
}

async function* tellProblems(
  path: string,
  problems: readonly RowProblem[],
): AsyncGenerator<Event, TaskProblem, Answer> {
  yield { type: 'list', rows: problemRows(problems).slice(0, MOST_LISTED) }
  const more = problems.length > MOST_LISTED ? `, and ${problems.length - MOST_LISTED} more` : ''
  return yield* notSent({
    reason: 'usage',
    says: `${path} cannot be sent as it is${more}. Nothing was sent.`,
  })
}

type Images = {
  readonly found: ReadonlyMap<string, Input>
  readonly files: readonly NewFile[]
  readonly problems: readonly RowProblem[]
}

/** Every image that a row names, read once; paths start from the file of prompts. */
async function imagesOf(rows: readonly PromptRow[], place: Context['place']): Promise<Images> {
  const found = new Map<string, Input>()
  const problems: RowProblem[] = []
  const files = new Map<string, NewFile>()
  for (const { line, refs } of rows) {
    for (const path of new Set(refs)) {
      if (found.has(path)) continue
      const input = await readInput(path, place)
      if (!input.ok) {
        problems.push({ line, sentence: input.sentence })
        continue
      }
      found.set(path, input)
      for (const file of input.files) files.set(file.name, file)
    }
  }
  return { found, files: [...files.values()], problems }
}

function rowOf({ name, prompt, settings, refs }: PromptRow, found: ReadonlyMap<string, Input>): Unpriced {
  const mentions: Mention[] = []
  for (const path of refs) {
    const input = found.get(path)
    if (!input) continue
    // Another image of the same name goes by its path.
    const taken = mentions.some((one) => one.name === fileName(path))
    mentions.push({ name: taken ? path : fileName(path), file: input.file, source: path })
  }
  return { name, prompt, settings, refs: mentions }
}
