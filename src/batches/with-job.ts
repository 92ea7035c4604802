import { type Answer, type Event, fail } from '../core/event.ts'
import type { TaskProblem } from '../core/line/part-outcome.ts'
import { type OpenJob, openJob } from '../store/jobs/jobs.ts'
import type { Context } from '../turn/context.ts'

/** Runs work on a job that no other limn may change meanwhile. */
export async function* withJob<T>(
  id: string,
  { place, clock }: Pick<Context, 'place' | 'clock'>,
  work: (open: OpenJob) => AsyncGenerator<Event, T, Answer>,
): AsyncGenerator<Event, T | TaskProblem, Answer> {
  const opening = await openJob(place.root, id, clock.now())
  if (opening.kind === 'refused') return yield* fail(opening.sentence)
  try {
    return yield* work(opening.open)
  } finally {
    opening.open.release()
  }
}
