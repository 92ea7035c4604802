import { type Answer, type Event, say } from '../core/event.ts'
import { type OpenJob, openJob } from '../store/jobs/jobs.ts'
import type { Context } from '../turn/context.ts'

/** Works at a job that no other limn may change meanwhile; undefined when one is at it, which is then said. */
export async function* withJob<T>(
  id: string,
  { place, clock }: Pick<Context, 'place' | 'clock'>,
  work: (open: OpenJob) => AsyncGenerator<Event, T, Answer>,
): AsyncGenerator<Event, T | undefined, Answer> {
  const opening = await openJob(place.root, id, clock.now())
  if (opening.kind === 'refused') {
    yield say(opening.sentence, 'bad')
    return undefined
  }
  try {
    return yield* work(opening.open)
  } finally {
    opening.open.release()
  }
}
