import { givenUp, type Job, type JobRow, missingOf } from '../core/batch/job.ts'
import { stateText, tallyOf } from '../core/batch/job-text.ts'
import { type Answer, type Event, say } from '../core/event.ts'
import type { OpenJob } from '../store/jobs/jobs.ts'
import type { Context } from '../turn/context.ts'
import { missingRows } from './batch-status.ts'
import { engineProblem, groupsOf, oneJob, partFor } from './one-job.ts'
import { agreeOnPrice } from './price.ts'
import { refresh } from './refresh.ts'
import { sendParts } from './send.ts'
import type { Submitted } from './submit.ts'
import { withJob } from './with-job.ts'

type RetryRequest = { readonly word: string; readonly yes: boolean; readonly command: string }

/** Sends again what of a job has brought no image, and what was never sent, and only that. */
export async function* retryBatch(
  wanted: RetryRequest,
  context: Context,
): AsyncGenerator<Event, Submitted, Answer> {
  const found = yield* oneJob(wanted.word, context.place.root)
  if (!found) return { kind: 'refused' }
  const problem = engineProblem(found, context.chat)
  if (problem !== undefined) {
    yield say(problem, 'bad')
    return { kind: 'refused' }
  }
  const outcome = yield* withJob(found.id, context, (open) => sendMissing(open, wanted, context))
  return outcome ?? { kind: 'refused' }
}

async function* sendMissing(
  open: OpenJob,
  { yes, command }: RetryRequest,
  context: Context,
): AsyncGenerator<Event, Submitted, Answer> {
  if (!(yield* refresh(open, context))) return { kind: 'refused' }
  const rows = yield* rowsToSend(open, command)
  if (rows.length === 0) return { kind: 'refused' }
  const agreement = yield* agreeOnPrice(rows, { yes }, context)
  if (agreement === 'planned') return { kind: agreement, rows }
  if (agreement === 'unpaid') return { kind: agreement }
  await open.save(withRowsAnew(open.job, rows))
  yield* sendParts(open, context)
  yield say(`${open.job.id}: ${stateText(open.job, command)}`, 'good')
  return { kind: 'sent', job: open.job }
}

async function* rowsToSend(
  { job }: OpenJob,
  command: string,
): AsyncGenerator<Event, readonly JobRow[], Answer> {
  // What is ready may hold the very rows, and is paid for.
  if (tallyOf(job).ready > 0) {
    yield say(`${job.id}: ${stateText(job, command)}. Fetch that first.`, 'bad')
    return []
  }
  const missing = new Set(missingOf(job).map(({ row }) => row))
  if (missing.size === 0) {
    yield say(`Nothing of ${job.id} is missing: ${stateText(job, command)}.`)
    return []
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
