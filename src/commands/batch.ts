import { batchStatus } from '../batches/batch-status.ts'
import { cancelJob } from '../batches/cancel.ts'
import { fetchBatch } from '../batches/fetch.ts'
import { oneJob } from '../batches/one-job.ts'
import { retryBatch } from '../batches/retry-batch.ts'
import { type Submitted, submitBatch } from '../batches/submit.ts'
import { isDone, type Job } from '../core/batch/job.ts'
import { type Answer, type Event, say } from '../core/event.ts'
import { isProblem, type TaskProblem } from '../core/line/part-outcome.ts'
import { listJobs } from '../store/jobs/jobs.ts'
import type { Context } from '../turn/context.ts'
import { checked, missingFile } from './checks.ts'
import { defineCommand } from './define.ts'

const COMMAND = '/batch'

const job = { kind: 'text', about: 'the name of a batch, or its beginning' } as const

export const batchSubmit = defineCommand({
  name: 'batch submit',
  summary: 'Send a file of prompts (CSV or JSON lines) at half the price; the answers come within a day',
  example: '/batch submit posters.csv',
  group: 'batches',
  changes: [],
  arguments: {
    file: { kind: 'file', about: 'a .csv or .jsonl file with name, prompt, ar, size, model, refs' },
  },
  flags: { 'dry-run': { kind: 'switch', about: 'list what would be sent, and send nothing' } },
  check: async ({ file }, before) => checked(await missingFile([file], before)),
  async *run({ file, 'dry-run': dryRun }, context) {
    return problemIn(yield* submitBatch({ path: file, yes: false, dryRun, command: COMMAND }, context))
  },
})

export const batchStatusCommand = defineCommand({
  name: 'batch status',
  aliases: ['batch'],
  summary: 'Show the state of the batches that were sent, in this session or another',
  example: '/batch status posters',
  group: 'batches',
  changes: [],
  arguments: { job: { ...job, optional: true } },
  async *run({ job: word }, context) {
    return problemIn(yield* batchStatus(word, context, COMMAND))
  },
})

export const batchFetch = defineCommand({
  name: 'batch fetch',
  summary: "Bring a batch's images into its session, as versions named after their rows",
  example: '/batch fetch posters',
  group: 'batches',
  changes: [],
  arguments: { job: { ...job, optional: true } },
  async *run({ job: word }, context) {
    const jobs = yield* wanted(word, context)
    if (isProblem(jobs)) return jobs
    let problem: TaskProblem | undefined
    for (const one of jobs) {
      if (context.signal.aborted) break
      const fetched = problemIn(yield* fetchBatch(one, context, COMMAND))
      problem ??= fetched
    }
    return problem
  },
})

export const batchCancel = defineCommand({
  name: 'batch cancel',
  summary: 'Stop a batch: the rows that are not drawn yet are cancelled',
  example: '/batch cancel posters',
  group: 'batches',
  changes: [],
  arguments: { job },
  async *run({ job: word }, context) {
    return problemIn(yield* cancelJob(word, context, COMMAND))
  },
})

export const batchRetry = defineCommand({
  name: 'batch retry',
  summary: 'Send again only the rows of a batch that made no image',
  example: '/batch retry posters',
  group: 'batches',
  changes: [],
  arguments: { job },
  async *run({ job: word }, context) {
    return problemIn(yield* retryBatch({ word, yes: false, command: COMMAND }, context))
  },
})

/** Why all or a part of something was not done. */
function problemIn(given: TaskProblem | Job | Submitted | { readonly problem: TaskProblem | undefined }) {
  if (isProblem(given)) return given
  return 'problem' in given ? given.problem : undefined
}

/** The job that is named, or the jobs of this session that are not done. */
async function* wanted(
  word: string | undefined,
  { session, place }: Context,
): AsyncGenerator<Event, readonly Job[] | TaskProblem, Answer> {
  if (word !== undefined) {
    const one = yield* oneJob(word, place.root)
    return isProblem(one) ? one : [one]
  }
  const all = await listJobs(place.root)
  const ofSession = all.filter((one) => one.session === session.id && !isDone(one))
  if (ofSession.length === 0)
    yield say('This session has no open batch; /batch status lists the batches of all sessions.')
  return ofSession
}
