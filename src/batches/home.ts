import type { Context } from '../chat/context.ts'
import { type Answer, change, type Event, say } from '../core/event.ts'
import type { Job } from '../core/job.ts'
import { openJob } from '../store/jobs.ts'

/** A new session for a job whose own is gone; it is the one that is open now. */
export async function* newHome(job: Job, context: Context): AsyncGenerator<Event, Job | undefined, Answer> {
  const { place, clock } = context
  const opening = await openJob(place.root, job.id, clock.now())
  if (opening.kind === 'refused') {
    yield say(opening.sentence, 'bad')
    return undefined
  }
  try {
    yield say(`The session ${job.session} is gone; the images go to a new one.`, 'warning')
    yield change({ type: 'titled', title: job.id })
    await opening.open.save({ ...opening.open.job, session: context.session.id })
    return opening.open.job
  } finally {
    opening.open.release()
  }
}
