import type { Job } from '../core/batch/job.ts'
import { stateText } from '../core/batch/job-text.ts'
import { type Answer, type Event, say } from '../core/event.ts'
import type { Session, Version } from '../core/session/session.ts'
import type { OpenJob } from '../store/jobs/jobs.ts'
import type { Context } from '../turn/context.ts'
import { missingRows } from './batch-status.ts'
import { importPart } from './import-results.ts'
import { engineProblem } from './one-job.ts'
import { refresh } from './refresh.ts'
import { withJob } from './with-job.ts'

type Fetched = {
  readonly job: Job
  /** False when something went wrong on the way, which has been said. */
  readonly well: boolean
  /** Of all of the job's rows, also those that came before. */
  readonly versions: readonly Version[]
}

/** Brings what is ready of a job into the session that is open, which must be the job's. */
export async function* fetchBatch(
  { id, session }: Job,
  context: Context,
  command: string,
): AsyncGenerator<Event, Fetched | undefined, Answer> {
  const { chat, store } = context
  if (context.session.id !== session) {
    yield say(
      `${id} belongs to the session ${session}: /resume ${session}, or limn batch fetch ${id}.`,
      'bad',
    )
    return undefined
  }
  if (store.readOnly !== undefined) {
    yield say(`${store.readOnly} Nothing was fetched, and nothing of ${id} is lost.`, 'bad')
    return undefined
  }
  return yield* withJob(id, context, async function* (open) {
    const problem = engineProblem(open.job, chat)
    if (problem !== undefined) yield say(problem, 'bad')
    const well = problem === undefined && (yield* importParts(open, context))
    yield* missingRows(open.job)
    yield say(`${id}: ${stateText(open.job, command)}`)
    return { job: open.job, well, versions: versionsOf(open.job, context.session) }
  })
}

async function* importParts(open: OpenJob, context: Context): AsyncGenerator<Event, boolean, Answer> {
  if (!(yield* refresh(open, context))) return false
  for (const part of open.job.parts) {
    if (part.state.kind !== 'ended') continue
    if (!(yield* importPart(open, part, part.state, context))) return false
  }
  return true
}

function versionsOf({ id }: Job, { turns, versions }: Session): readonly Version[] {
  const own = new Set(turns.flatMap((turn) => (turn.batch?.job === id ? [turn.id] : [])))
  return versions.filter(({ turn, made }) => turn !== null && !made && own.has(turn))
}
