import { isOut, type Job, missingOf } from '../core/batch/job.ts'
import { partText, stateText } from '../core/batch/job-text.ts'
import { type Answer, type Event, say } from '../core/event.ts'
import { isProblem, type TaskProblem, whyText } from '../core/line/part-outcome.ts'
import { damagedJobs, listJobs } from '../store/jobs/jobs.ts'
import type { Context } from '../turn/context.ts'
import { engineProblem, oneJob } from './one-job.ts'
import { refresh } from './refresh.ts'
import { withJob } from './with-job.ts'

type JobsSeen = {
  /** In their current state, as far as the server answered. */
  readonly jobs: readonly Job[]
  /** Why the state of one of them is not known. */
  readonly problem: TaskProblem | undefined
}

/** Shows the state of one job, or of all. */
export async function* batchStatus(
  word: string | undefined,
  context: Context,
  command: string,
): AsyncGenerator<Event, JobsSeen | TaskProblem, Answer> {
  const { root } = context.place
  if (word === undefined) {
    const all = await listJobs(root)
    const damaged = await damagedJobs(root)
    for (const path of damaged) yield say(`${path} cannot be read; it was left alone.`, 'warning')
    if (all.length + damaged.length === 0)
      yield say(`There are no batches yet: ${command} submit FILE sends one.`)
    const seen: JobSeen[] = []
    for (const job of all) seen.push(yield* refreshed(job, context))
    const jobs = seen.map(({ job }) => job)
    if (jobs.length > 0) yield { type: 'list', rows: jobs.map((job) => [job.id, stateText(job, command)]) }
    return { jobs, problem: seen.find(({ problem }) => problem)?.problem }
  }
  const found = yield* oneJob(word, root)
  if (isProblem(found)) return found
  const { job, problem } = yield* refreshed(found, context)
  yield* details(job, command)
  return { jobs: [job], problem }
}

type JobSeen = { readonly job: Job; readonly problem?: TaskProblem | undefined }

/** As the server has it now, where it can be asked; else as it was when it was. */
async function* refreshed(job: Job, context: Context): AsyncGenerator<Event, JobSeen, Answer> {
  if (!isOut(job)) return { job }
  const other = engineProblem(job, context.chat)
  if (other) {
    // A job of another engine is not an error.
    yield say(whyText(other.why), 'warning')
    return { job }
  }
  const seen = yield* withJob(job.id, context, async function* (open): AsyncGenerator<
    Event,
    JobSeen,
    Answer
  > {
    const problem = yield* refresh(open, context)
    return { job: open.job, problem }
  })
  return isProblem(seen) ? { job, problem: seen } : seen
}

async function* details(job: Job, command: string): AsyncGenerator<Event, void, Answer> {
  yield say(`${job.id}: ${stateText(job, command)}`)
  yield say(`${job.source} · its session is ${job.session}`)
  yield { type: 'list', rows: job.parts.map((part, index) => [`part ${index + 1}`, partText(part)]) }
  yield* missingRows(job)
}

/** Rows without an image, each with the reason. */
export async function* missingRows(job: Job): AsyncGenerator<Event, void, Answer> {
  const missing = missingOf(job)
  if (missing.length > 0) yield { type: 'list', rows: missing.map(({ row, says }) => [row, says]) }
}
