import { type Job, type Part, type PartState, withPart } from '../core/batch/job.ts'
import { type Answer, type Event, say } from '../core/event.ts'
import { explain } from '../core/failures/failure.ts'
import type { OpenJob } from '../store/jobs/jobs.ts'
import type { Context } from '../turn/context.ts'
import { callAgain } from '../turn/try-again.ts'
import { batchService } from './one-job.ts'

/** A job that was sent a moment ago may not be in the server's list yet, in milliseconds. */
const NOT_LISTED_YET = 120_000

/** Asks the server what has become of a job; false when it could not be asked, which is then said. */
export async function* refresh(open: OpenJob, context: Context): AsyncGenerator<Event, boolean, Answer> {
  const found = yield* findSent(open, context)
  if (!found) return false
  for (const { label, state } of open.job.parts) {
    if (state.kind !== 'running') continue
    const { chat, signal } = context
    const seen = yield* callAgain(() => batchService(chat).batches.look(state.batch, signal), context)
    if (!seen.ok) {
      yield say(`${open.job.id}: ${explain(seen.failure).what}`, 'bad')
      return false
    }
    await saveState(open, label, { ...seen.value, batch: state.batch })
  }
  return true
}

/** limn, or the connection, ended between a job and its answer: the server has it under its label, or has not. */
async function* findSent(open: OpenJob, context: Context): AsyncGenerator<Event, boolean, Answer> {
  const { chat, signal, clock } = context
  const sending = open.job.parts.flatMap(({ label, state }) =>
    state.kind === 'sending' ? [{ label, state }] : [],
  )
  if (sending.length === 0) return true
  const labels = new Set(sending.map(({ label }) => label))
  const found = yield* callAgain(() => batchService(chat).batches.find(labels, signal), context)
  if (!found.ok) {
    yield say(`${open.job.id}: ${explain(found.failure).what}`, 'bad')
    return false
  }
  for (const { label, state } of sending) {
    const batch = found.value.get(label)
    const old = clock.now().getTime() - Date.parse(state.since) > NOT_LISTED_YET
    if (batch !== undefined) await saveState(open, label, { kind: 'running', batch, done: 0 })
    else if (old) await saveState(open, label, { kind: 'unsent' })
  }
  return true
}

function saveState(open: OpenJob, label: Part['label'], state: PartState): Promise<void> {
  const job: Job = withPart(open.job, label, state)
  return open.save(job)
}
