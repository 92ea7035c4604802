import { type Job, type Missing, missingOf } from '../core/batch/job.ts'
import { stateText } from '../core/batch/job-text.ts'
import { type Answer, type Event, fail, say, tellProblem } from '../core/event.ts'
import { type PartOutcome, partOf, problemOf, type TaskProblem } from '../core/line/part-outcome.ts'
import { costOfTurn } from '../core/money/bill.ts'
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
  /** Why something that was ready did not arrive. */
  readonly problem: TaskProblem | undefined
  /** Of all of the job's rows, also those that came before. */
  readonly versions: readonly Version[]
}

/** Brings what is ready of a job into the session that is open, which must be the job's. */
export async function* fetchBatch(
  { id, session }: Job,
  context: Context,
  command: string,
): AsyncGenerator<Event, Fetched | TaskProblem, Answer> {
  const { chat, store } = context
  if (context.session.id !== session) {
    return yield* fail(
      `${id} belongs to the session ${session}: /resume ${session}, or limn batch fetch ${id}.`,
    )
  }
  if (store.readOnly !== undefined) {
    return yield* fail(`${store.readOnly} Nothing was fetched, and nothing of ${id} is lost.`)
  }
  return yield* withJob(id, context, async function* (open) {
    const problem = engineProblem(open.job, chat)
    const unread = problem ? yield* tellProblem(problem) : yield* importParts(open, context)
    yield* missingRows(open.job)
    const state = `${id}: ${stateText(open.job, command)}`
    const missing = missingOf(open.job)
    const parts = missing.map((row) => partOfRow(open.job, row, context.session))
    const undrawn = missing.length === 0 ? undefined : yield* tellProblem({ ...problemOf(state), parts })
    if (!undrawn) yield say(state)
    return { job: open.job, problem: unread ?? undrawn, versions: versionsOf(open.job, context.session) }
  })
}

/** The outcome of a row without an image. */
function partOfRow({ id }: Job, { row, says }: Missing, { turns }: Session): PartOutcome {
  const turn = turns.findLast(({ batch }) => batch?.job === id && batch.row === row)
  return (turn && partOf(turn, costOfTurn(turn))) ?? { ...problemOf(says), turn: null, cost: undefined }
}

async function* importParts(
  open: OpenJob,
  context: Context,
): AsyncGenerator<Event, TaskProblem | undefined, Answer> {
  const unasked = yield* refresh(open, context)
  if (unasked) return unasked
  for (const part of open.job.parts) {
    if (part.state.kind !== 'ended') continue
    const unread = yield* importPart(open, part, part.state, context)
    if (unread) return unread
  }
  return undefined
}

function versionsOf({ id }: Job, { turns, versions }: Session): readonly Version[] {
  const own = new Set(turns.flatMap((turn) => (turn.batch?.job === id ? [turn.id] : [])))
  return versions.filter(({ turn, made }) => turn !== null && !made && own.has(turn))
}
