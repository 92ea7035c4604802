import { isOut, type Job, missingOf } from '../core/batch/job.ts'
import { partText, stateText } from '../core/batch/job-text.ts'
import { type Answer, type Event, say } from '../core/event.ts'
import { damagedJobs, listJobs } from '../store/jobs/jobs.ts'
import type { Context } from '../turn/context.ts'
import { engineProblem, oneJob } from './one-job.ts'
import { refresh } from './refresh.ts'
import { withJob } from './with-job.ts'

/** Looks at one job, or at all; gives them as they are now. */
export async function* batchStatus(
  word: string | undefined,
  context: Context,
  command: string,
): AsyncGenerator<Event, readonly Job[], Answer> {
  const { root } = context.place
  if (word === undefined) {
    const all = await listJobs(root)
    const damaged = await damagedJobs(root)
    for (const path of damaged) yield say(`${path} cannot be read; it was left alone.`, 'warning')
    if (all.length + damaged.length === 0)
      yield say(`There are no batches yet: ${command} submit FILE sends one.`)
    const now: Job[] = []
    for (const job of all) now.push(yield* refreshed(job, context))
    if (now.length > 0) yield { type: 'list', rows: now.map((job) => [job.id, stateText(job, command)]) }
    return now
  }
  const found = yield* oneJob(word, root)
  if (!found) return []
  const job = yield* refreshed(found, context)
  yield* details(job, command)
  return [job]
}

/** As the server has it now, where it can be asked; else as it was when it was. */
async function* refreshed(job: Job, context: Context): AsyncGenerator<Event, Job, Answer> {
  if (!isOut(job)) return job
  const other = engineProblem(job, context.chat)
  if (other !== undefined) {
    yield say(other, 'warning')
    return job
  }
  const now = yield* withJob(job.id, context, async function* (open) {
    yield* refresh(open, context)
    return open.job
  })
  return now ?? job
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
