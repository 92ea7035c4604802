import type { Job } from '../core/batch/job.ts'
import { stateText } from '../core/batch/job-text.ts'
import { type Answer, type Event, say } from '../core/event.ts'
import { explain } from '../core/failures/failure.ts'
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
): AsyncGenerator<Event, Job | undefined, Answer> {
  const found = yield* oneJob(word, context.place.root)
  if (!found) return undefined
  const problem = engineProblem(found, context.chat)
  if (problem !== undefined) {
    yield say(problem, 'bad')
    return undefined
  }
  return yield* withJob(found.id, context, async function* (open) {
    const done = (yield* refresh(open, context)) && (yield* cancelParts(open, context))
    yield say(`${open.job.id}: ${stateText(open.job, command)}`)
    return done ? open.job : undefined
  })
}

async function* cancelParts(open: OpenJob, context: Context): AsyncGenerator<Event, boolean, Answer> {
  const out = open.job.parts.flatMap(({ state }) => (state.kind === 'running' ? [state.batch] : []))
  const { chat, signal } = context
  const { batches } = batchService(chat)
  for (const batch of out) {
    const cancelled = yield* callAgain(() => batches.cancel(batch, signal), context)
    // One that has come to its end meanwhile cannot be cancelled, and that is told by the next look.
    if (!cancelled.ok && cancelled.failure.kind !== 'refused') {
      yield say(explain(cancelled.failure).what, 'bad')
      return false
    }
  }
  yield say(
    out.length === 0
      ? 'Nothing of it is under way.'
      : 'It is cancelled. What was drawn before that is billed, and what the server gives of it can be fetched.',
  )
  return yield* refresh(open, context)
}
