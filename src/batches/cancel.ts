import type { Job } from '../core/batch/job.ts'
import { stateText } from '../core/batch/job-text.ts'
import { type Answer, type Event, failed, say, tellProblem } from '../core/event.ts'
import { explain } from '../core/failures/failure.ts'
import { isProblem, type TaskProblem } from '../core/line/part-outcome.ts'
import type { OpenJob } from '../store/jobs/jobs.ts'
import type { Context } from '../turn/context.ts'
import { callAgain } from '../turn/try-again.ts'
import { batchService, engineProblem, oneJob } from './one-job.ts'
import { refresh } from './refresh.ts'
import { withJob } from './with-job.ts'

/** Stops what the server has not done yet of a job. */
export async function* cancelJob(
  word: string,
  context: Context,
  command: string,
): AsyncGenerator<Event, Job | TaskProblem, Answer> {
  const found = yield* oneJob(word, context.place.root)
  if (isProblem(found)) return found
  const problem = engineProblem(found, context.chat)
  if (problem) return yield* tellProblem(problem)
  return yield* withJob(found.id, context, async function* (open) {
    const problem = (yield* refresh(open, context)) ?? (yield* cancelParts(open, context))
    yield say(`${open.job.id}: ${stateText(open.job, command)}`)
    return problem ?? open.job
  })
}

async function* cancelParts(
  open: OpenJob,
  context: Context,
): AsyncGenerator<Event, TaskProblem | undefined, Answer> {
  const out = open.job.parts.flatMap(({ state }) => (state.kind === 'running' ? [state.batch] : []))
  const { chat, signal } = context
  const { batches } = batchService(chat)
  for (const batch of out) {
    const cancelled = yield* callAgain(() => batches.cancel(batch, signal), context)
    // One that has come to its end meanwhile cannot be cancelled, and that is told by the next look.
    if (!cancelled.ok && cancelled.failure.kind !== 'refused') {
      return yield* failed(cancelled.failure, open.job.engine, explain(cancelled.failure).what)
    }
  }
  yield say(
    out.length === 0
      ? 'Nothing of it is under way.'
      : 'It is cancelled. What was drawn before that is billed, and what the server gives of it can be fetched.',
  )
  return yield* refresh(open, context)
}
