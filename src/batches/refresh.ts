import { type Job, type Part, type PartState, withPart } from '../core/batch/job.ts'
import { type Answer, type Event, failed } from '../core/event.ts'
import { explain, type Failure } from '../core/failures/failure.ts'
import type { TaskProblem } from '../core/line/part-outcome.ts'
import type { OpenJob } from '../store/jobs/jobs.ts'
import type { Context } from '../turn/context.ts'
import { callAgain } from '../turn/try-again.ts'
import { batchService } from './one-job.ts'

/** A job that was sent a moment ago may not be in the server's list yet, in milliseconds. */
const NOT_LISTED_YET = 120_000

/** Asks the server for the state of a job. Returns why that failed. */
export async function* refresh(
  open: OpenJob,
  context: Context,
): AsyncGenerator<Event, TaskProblem | undefined, Answer> {
  const problem = yield* findSent(open, context)
  if (problem) return problem
  for (const { label, state } of open.job.parts) {
    if (state.kind !== 'running') continue
    const { chat, signal } = context
    const seen = yield* callAgain(() => batchService(chat).batches.look(state.batch, signal), context)
    if (!seen.ok) return yield* unasked(open, seen.failure)
    await saveState(open, label, { ...seen.value, batch: state.batch })
  }
  return undefined
}

/** limn, or the connection, ended between a job and its answer: the server has it under its label, or has not. */
async function* findSent(
  open: OpenJob,
  context: Context,
): AsyncGenerator<Event, TaskProblem | undefined, Answer> {
  const { chat, signal, clock } = context
  const sending = open.job.parts.flatMap(({ label, state }) =>
    state.kind === 'sending' ? [{ label, state }] : [],
  )
  if (sending.length === 0) return undefined
  const labels = new Set(sending.map(({ label }) => label))
  const found = yield* callAgain(() => batchService(chat).batches.find(labels, signal), context)
  if (!found.ok) return yield* unasked(open, found.failure)
  for (const { label, state } of sending) {
    const batch = found.value.get(label)
    const old = clock.now().getTime() - Date.parse(state.since) > NOT_LISTED_YET
    if (batch !== undefined) await saveState(open, label, { kind: 'running', batch, done: 0 })
    else if (old) await saveState(open, label, { kind: 'unsent' })
  }
  return undefined
}

function unasked({ job }: OpenJob, failure: Failure) {
  return failed(failure, job.engine, `${job.id}: ${explain(failure).what}`)
}

function saveState(open: OpenJob, label: Part['label'], state: PartState): Promise<void> {
  const job: Job = withPart(open.job, label, state)
  return open.save(job)
}
