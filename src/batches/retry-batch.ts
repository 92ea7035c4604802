import { givenUp, type Job, type JobRow, missingOf } from '../core/batch/job.ts'
import { stateText, tallyOf } from '../core/batch/job-text.ts'
import { type Answer, type Event, fail, say, tellProblem } from '../core/event.ts'
import { isProblem, type TaskProblem } from '../core/line/part-outcome.ts'
import type { OpenJob } from '../store/jobs/jobs.ts'
import type { Context } from '../turn/context.ts'
import { agreeOnPrice } from './batch-price.ts'
import { missingRows } from './batch-status.ts'
import { engineProblem, groupsOf, oneJob, partFor } from './one-job.ts'
import { refresh } from './refresh.ts'
import { sendParts } from './send.ts'
import type { Submitted } from './submit.ts'
import { withJob } from './with-job.ts'

type RetryRequest = { readonly word: string; readonly yes: boolean; readonly command: string }

/** Sends again what of a job has brought no image, and what was never sent, and only that. */
export async function* retryBatch(
  wanted: RetryRequest,
  context: Context,
): AsyncGenerator<Event, Submitted | TaskProblem, Answer> {
  const found = yield* oneJob(wanted.word, context.place.root)
  if (isProblem(found)) return found
  const problem = engineProblem(found, context.chat)
  if (problem) return yield* tellProblem(problem)
  return yield* withJob(found.id, context, (open) => sendMissing(open, wanted, context))
}

async function* sendMissing(
  open: OpenJob,
  { yes, command }: RetryRequest,
  context: Context,
): AsyncGenerator<Event, Submitted | TaskProblem, Answer> {
  const unasked = yield* refresh(open, context)
  if (unasked) return unasked
  const rows = yield* rowsToSend(open, command)
  if (isProblem(rows)) return rows
  const unsent = yield* agreeOnPrice(rows, yes, context)
  if (unsent) return unsent
  await open.save(withRowsAnew(open.job, rows))
  const problem = yield* sendParts(open, context)
  yield say(`${open.job.id}: ${stateText(open.job, command)}`, problem ? 'plain' : 'good')
  return { kind: 'sent', job: open.job, problem }
}

async function* rowsToSend(
  { job }: OpenJob,
  command: string,
): AsyncGenerator<Event, readonly JobRow[] | TaskProblem, Answer> {
  // What is ready may hold the very rows, and is paid for.
  if (tallyOf(job).ready > 0) {
    return yield* fail(`${job.id}: ${stateText(job, command)}. Fetch that first.`)
  }
  const missing = new Set(missingOf(job).map(({ row }) => row))
  if (missing.size === 0) {
    return yield* fail(`Nothing of ${job.id} is missing: ${stateText(job, command)}.`)
  }
  yield* missingRows(job)
  return job.rows.filter(({ name }) => missing.has(name))
}

/** Rows of parts that were sent go in new ones; a part that was not is sent as it is. */
function withRowsAnew(job: Job, rows: readonly JobRow[]): Job {
  const unsent = new Set(job.parts.flatMap((part) => (part.state.kind === 'unsent' ? part.rows : [])))
  const anew = groupsOf(rows.filter(({ name }) => !unsent.has(name)))
  return { ...job, parts: [...job.parts.map(givenUp), ...anew.map((of) => partFor(job.id, of))] }
}
