import { basename, extname } from 'node:path'
import type { Job, JobRow } from '../core/batch/job.ts'
import { countText, kindsText, stateText } from '../core/batch/job-text.ts'
import { clip } from '../core/clip-text.ts'
import { type Answer, change, type Event, say, tellProblem } from '../core/event.ts'
import { isProblem, type TaskProblem } from '../core/line/part-outcome.ts'
import { modelOf } from '../core/models/model-catalogue.ts'
import { createJob } from '../store/jobs/jobs.ts'
import type { Context } from '../turn/context.ts'
import { absolute } from '../turn/read-image.ts'
import { agreeOnPrice, mostOf, priceOfRow, priceOfRows } from './batch-price.ts'
import { batchProblem, groupsOf, partFor } from './one-job.ts'
import { readRows, type Unpriced } from './rows.ts'
import { sendParts } from './send.ts'

type SubmitRequest = {
  readonly path: string
  /** Send without asking. */
  readonly yes: boolean
  readonly dryRun: boolean
  /** How a batch is called here: `/batch`, or `limn batch`. */
  readonly command: string
}

export type Submitted =
  /** It was a dry run. */
  | { readonly kind: 'planned'; readonly rows: readonly JobRow[] }
  /** Recorded. The job shows what was sent, and `problem` why some of it was not. */
  | { readonly kind: 'sent'; readonly job: Job; readonly problem: TaskProblem | undefined }

/** Reads a file of prompts, says what it will cost, and sends it. */
export async function* submitBatch(
  { path, yes, dryRun, command }: SubmitRequest,
  context: Context,
): AsyncGenerator<Event, Submitted | TaskProblem, Answer> {
  const { chat, clock, place } = context
  const refusal = batchProblem(chat.engine)
  if (refusal && !dryRun) return yield* tellProblem(refusal)
  const read = yield* readRows(path, context)
  if (isProblem(read)) return read
  const groups = groupsOf(read.rows)
  yield say(
    `${countText(read.rows.length)}: ${kindsText(read.rows)}${groups.length > 1 ? ` · in ${groups.length} jobs` : ''}`,
  )
  const rows = read.rows.map((row) => ({ ...row, most: mostOf(priceOfRow(row, context)) }))
  if (dryRun) {
    yield { type: 'list', rows: read.rows.map(shown) }
    yield say(priceOfRows(rows, context))
    yield say('Nothing was sent.')
    return { kind: 'planned', rows }
  }
  const unsent = yield* agreeOnPrice(rows, yes, context)
  if (unsent) return unsent
  const title = basename(path, extname(path))
  // The results have a place to go to from now on.
  if (context.session.id === '') yield change({ type: 'titled', title })
  const make = (id: string): Job => ({
    id,
    at: clock.now().toISOString(),
    source: absolute(path, place),
    engine: chat.engine.id,
    session: context.session.id,
    rows,
    parts: groups.map((group) => partFor(id, group)),
  })
  const open = await createJob(place.root, title, clock.now(), make, read.files)
  try {
    const problem = yield* sendParts(open, context)
    yield say(`${open.job.id}: ${stateText(open.job, command)}`, problem ? 'plain' : 'good')
    return { kind: 'sent', job: open.job, problem }
  } finally {
    open.release()
  }
}

function shown({ name, prompt, settings, refs }: Unpriced): readonly string[] {
  const { aspect, size, model } = settings
  const images = refs.length === 0 ? '' : refs.map((ref) => ref.name).join(' ')
  return [name, aspect, size, modelOf(model).name, images, clip(prompt, 200)]
}
