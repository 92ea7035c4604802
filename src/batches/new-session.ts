import type { Job } from '../core/batch/job.ts'
import { type Answer, change, type Event, say } from '../core/event.ts'
import type { TaskProblem } from '../core/line/part-outcome.ts'
import type { Context } from '../turn/context.ts'
import { withJob } from './with-job.ts'

/** A new session for a job whose own is gone; it is the one that is open now. */
export function moveToNewSession(
  job: Job,
  context: Context,
): AsyncGenerator<Event, Job | TaskProblem, Answer> {
  return withJob(job.id, context, async function* (open) {
    yield say(`The session ${job.session} is gone; the images go to a new one.`, 'warning')
    yield change({ type: 'titled', title: job.id })
    await open.save({ ...open.job, session: context.session.id })
    return open.job
  })
}
