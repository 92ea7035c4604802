import { batchStatus } from '../batches/batch-status.ts'
import { cancelJob } from '../batches/cancel.ts'
import { fetchBatch } from '../batches/fetch.ts'
import { moveToNewSession } from '../batches/new-session.ts'
import { retryBatch } from '../batches/retry-batch.ts'
import { type Submitted, submitBatch } from '../batches/submit.ts'
import { isDone, isOut, type Job } from '../core/batch/job.ts'
import { EXIT, exitCodeOf } from '../core/exit-codes.ts'
import { isProblem, type TaskProblem } from '../core/line/part-outcome.ts'
import type { BatchCommand, CliOptions } from '../options/command.ts'
import { findJobs, listJobs } from '../store/jobs/jobs.ts'
import { findSession } from '../store/session/list-sessions.ts'
import { imageJson, jobJson, rowJson } from './batch-report.ts'
import { type AskYesNo, type BatchRun, runTask } from './batch-task.ts'
import type { HeadlessInput } from './headless-input.ts'
import { hand, type Streams } from './streams.ts'

const COMMAND = 'limn batch'

/**
 * `limn batch`. What a script wants is on stdout: the id of a job, the paths of images, a report; all else on stderr.
 * Gives the exit code.
 */
export async function runBatch(
  input: HeadlessInput,
  command: BatchCommand,
  streams: Streams,
  ask: AskYesNo,
  stop: AbortSignal,
): Promise<number> {
  const run = { input, streams, ask, stop, textToStdout: wantsText(command) }
  const word = command.word ?? ''
  switch (command.verb) {
    case 'submit':
      return submit(command, run)
    case 'retry': {
      const asked = { word, yes: command.yes, command: COMMAND }
      const outcome = await runTask(await forJob(word, run), (context) => retryBatch(asked, context))
      return sent(outcome, command, run)
    }
    case 'cancel': {
      const job = await runTask(await forJob(word, run), (context) => cancelJob(word, context, COMMAND))
      if (isProblem(job)) return exitCodeOf([job])
      return !command.json || (await report(jobJson(job), run)) ? EXIT.done.code : EXIT.failed.code
    }
    case 'status':
      return status(command, run)
    case 'fetch':
      return fetch(command, run)
  }
}

/** Whether the text itself is what was asked for. */
function wantsText({ verb, dryRun, json }: BatchCommand): boolean {
  return !json && (verb === 'status' || dryRun)
}

async function submit(command: BatchCommand, run: BatchRun): Promise<number> {
  const { options, place } = run.input
  const words = options.open.kind === 'resume' ? options.open.words : undefined
  if (words !== undefined) {
    const [found, ...others] = await findSession(place.root, words)
    if (!found || others.length > 0) {
      const all = [found, ...others].flatMap((one) => one?.id ?? []).join(', ')
      run.streams.err(
        `${found ? `Several sessions fit "${words}": ${all}` : `No session has "${words}" in it`}.\n`,
      )
      return EXIT.failed.code
    }
  }
  const { word, yes, dryRun } = command
  const wanted = { path: word ?? '', yes, dryRun, command: COMMAND }
  const outcome = await runTask(run, (context) => submitBatch(wanted, context))
  return sent(outcome, command, run)
}

async function sent(
  outcome: Submitted | TaskProblem,
  { json }: BatchCommand,
  run: BatchRun,
): Promise<number> {
  if (isProblem(outcome)) return exitCodeOf([outcome])
  switch (outcome.kind) {
    case 'planned':
      return !json || (await report(outcome.rows.map(rowJson), run)) ? EXIT.done.code : EXIT.failed.code
    case 'sent': {
      const { job, problem } = outcome
      const printed = json ? await report(jobJson(job), run) : await hand('', run.streams, job.id)
      return exitCodeOf([problem]) || (printed ? EXIT.done.code : EXIT.failed.code)
    }
  }
}

async function status({ word, json }: BatchCommand, run: BatchRun): Promise<number> {
  const seen = await runTask(await forJob(word, run), (context) =>
    batchStatus(word ?? undefined, context, COMMAND),
  )
  if (isProblem(seen)) return exitCodeOf([seen])
  const printed = !json || (await report(seen.jobs.map(jobJson), run))
  return exitCodeOf([seen.problem]) || (printed ? EXIT.done.code : EXIT.failed.code)
}

async function fetch({ word, json }: BatchCommand, run: BatchRun): Promise<number> {
  const { root } = run.input.place
  const found =
    word === null ? (await listJobs(root)).filter((job) => !isDone(job)) : await findJobs(root, word)
  if (found.length === 0)
    run.streams.err(word === null ? 'No batch waits to be fetched.\n' : `There is no batch "${word}".\n`)
  if (word !== null && found.length > 1) {
    run.streams.err(`"${word}" could be ${found.map(({ id }) => id).join(' or ')}.\n`)
    return EXIT.failed.code
  }
  if (word !== null && found.length === 0) return EXIT.failed.code
  const ended: JobFetched[] = []
  let printed = true
  for (const job of found) {
    if (run.stop.aborted) return EXIT.failed.code
    const one = await fetchOne(job, run)
    ended.push(one)
    for (const { path } of json ? [] : (one.report?.images ?? []))
      printed = (await hand(path, run.streams)) && printed
  }
  if (json) {
    const reports = ended.flatMap(({ report }) => report ?? [])
    printed = await report(word === null ? reports : (reports[0] ?? null), run)
  }
  const code =
    exitCodeOf(ended.map(({ problem }) => problem)) || (printed ? EXIT.done.code : EXIT.failed.code)
  return code || (ended.some(({ waits }) => waits) ? EXIT.notYet.code : EXIT.done.code)
}

type JobFetched = {
  readonly problem: TaskProblem | undefined
  /** Some of it is still in progress. */
  readonly waits: boolean
  readonly report?: ReturnType<typeof jobJson> & { readonly images: readonly ReturnType<typeof imageJson>[] }
}

/** Into the session of the job, or a new one when that is gone. */
async function fetchOne(job: Job, run: BatchRun): Promise<JobFetched> {
  const { root } = run.input.place
  const home = (await findSession(root, job.session)).some(({ id }) => id === job.session)
  const open: CliOptions['open'] = home ? { kind: 'resume', words: job.session } : { kind: 'new' }
  const fetched = await runTask(withOptions(run, { ...engineOf(job, run), open }), async function* (context) {
    const own = home ? job : yield* moveToNewSession(job, context)
    if (isProblem(own)) return own
    const done = yield* fetchBatch(own, context, COMMAND)
    if (isProblem(done)) return done
    const images = done.versions.map((one) =>
      imageJson(one, context.store.path(one.file.file), context.session),
    )
    return { ...done, images }
  })
  if (isProblem(fetched)) return { problem: fetched, waits: false }
  const { job: now, problem, images } = fetched
  return { problem, waits: isOut(now), report: { ...jobJson(now), images } }
}

/** A practice job is the practice engine's, whatever key there is. */
async function forJob(word: string | null, run: BatchRun): Promise<BatchRun> {
  const [job] = word === null ? [] : await findJobs(run.input.place.root, word)
  return job ? withOptions(run, engineOf(job, run)) : run
}

function engineOf({ engine }: Job, { input }: BatchRun): Pick<CliOptions, 'practice'> {
  return { practice: input.options.practice || engine === 'practice' }
}

function withOptions(run: BatchRun, options: Partial<CliOptions>): BatchRun {
  return { ...run, input: { ...run.input, options: { ...run.input.options, ...options } } }
}

function report(value: unknown, { streams }: BatchRun): Promise<boolean> {
  return hand('', streams, JSON.stringify(value, null, 2))
}
