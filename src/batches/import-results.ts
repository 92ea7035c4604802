import {
  BATCH_TIER,
  type Ending,
  type JobRow,
  type Missing,
  type Part,
  type PartState,
  promptOfRow,
  tagFor,
  withPart,
} from '../core/batch/job.ts'
import { type Answer, change, type Event, failed, type NewFile, say } from '../core/event.ts'
import { explain, type Failure } from '../core/failures/failure.ts'
import type { TaskProblem } from '../core/line/part-outcome.ts'
import { nothingText, type Reply } from '../core/request/reply.ts'
import { nameProblem } from '../core/session/reference.ts'
import type { Session, Turn } from '../core/session/session.ts'
import { nextTurn, turnOf } from '../core/session/tree.ts'
import type { OpenJob } from '../store/jobs/jobs.ts'
import type { Context } from '../turn/context.ts'
import { costOfReply, Meter, priceOf } from '../turn/meter.ts'
import { answered } from '../turn/turn.ts'
import { batchService } from './one-job.ts'

type EndedState = PartState & { readonly kind: 'ended' }

/**
 * Puts the results of a part into the session, row by row. Returns why some could not be read. Skips what is there
 * already, so that it can be started again after any interruption.
 */
export async function* importPart(
  open: OpenJob,
  part: Part,
  state: EndedState,
  context: Context,
): AsyncGenerator<Event, TaskProblem | undefined, Answer> {
  const missing = new Map<string, string>(part.rows.map((row) => [row, UNDRAWN[state.how]]))
  const failure =
    state.results === null ? undefined : yield* importAll(open, part, state.results, missing, context)
  if (failure) {
    const problem = yield* failed(failure, open.job.engine, explain(failure).what)
    if (failure.kind === 'model-gone' || failure.kind === 'permission') {
      const refused = { landed: landedOf(part, context.session) }
      await open.save(withPart(open.job, part.label, { ...state, refused }))
    }
    return problem
  }
  const { batch, how } = state
  const left: readonly Missing[] = [...missing].map(([row, says]) => ({ row, says }))
  await open.save(withPart(open.job, part.label, { kind: 'fetched', batch, how, missing: left }))
  return undefined
}

/** Why a row has no result, by how its job has ended. */
const UNDRAWN: Readonly<Record<Ending, string>> = {
  succeeded: 'The server gave no result for it.',
  failed: 'The job failed before it was drawn.',
  cancelled: 'The job was cancelled before it was drawn.',
  expired: 'The job was not finished within its 48 hours.',
  lost: 'The server does not know its job any more.',
}

const NO_KEYS = 'The server does not say which result is whose: they are taken in the order of the rows.'

async function* importAll(
  open: OpenJob,
  part: Part,
  file: string,
  missing: Map<string, string>,
  context: Context,
): AsyncGenerator<Event, Failure | undefined, Answer> {
  const results = batchService(context.chat).batches.results({ file, model: part.model }, context.signal)
  try {
    for (let index = 0; ; index++) {
      const step = await results.next()
      if (step.done) return step.value
      const { key = part.rows[index], answer } = step.value
      if (step.value.key === undefined && answer.ok && index === 0) yield say(NO_KEYS, 'warning')
      const row = open.job.rows.find(({ name }) => name === key)
      if (!row || !part.rows.includes(row.name)) continue
      const says = answer.ok
        ? yield* importRow(open, part, row, answer.reply, context)
        : explain(answer.failure).what
      if (says === undefined) missing.delete(row.name)
      else missing.set(row.name, says)
    }
  } finally {
    // Also when nobody waits any more: the connection is then closed.
    await results.return(undefined)
  }
}

/** A row's answer as a turn of its own; gives why there is no image, if there is none. */
async function* importRow(
  open: OpenJob,
  part: Part,
  row: JobRow,
  reply: Reply,
  context: Context,
): AsyncGenerator<Event, string | undefined, Answer> {
  const prompt = promptOfRow(open.job, row, part.label)
  const id = { value: turnFor(context.session, part, row)?.id ?? '' }
  if (turnOf(context.session, id.value)?.outcome.kind !== 'answered') {
    if (id.value === '') {
      const files = await filesOf(open, row)
      yield {
        type: 'change',
        make: (session) => {
          id.value = nextTurn(session)
          return { fact: { type: 'prompted', turn: id.value, prompt }, files }
        },
      }
    }
    const cost = costOfReply(atBatchPrice(reply), prompt, context)
    const meter = new Meter({ prompt, price: priceOf(context.session, prompt, context) }, id.value, context)
    yield* meter.sent()
    const { answer, differences } = await answered(id.value, prompt, reply, { cost, seconds: 0 })
    yield { type: 'change', make: answer }
    yield* meter.ended(cost)
    for (const difference of differences) yield say(`${row.name}: ${difference}`, 'warning')
  }
  const outcome = turnOf(context.session, id.value)?.outcome
  if (outcome?.kind === 'answered' && outcome.main !== null) yield* tag(row, outcome.main, context)
  return outcome?.kind === 'answered' && outcome.nothing ? nothingText(outcome.nothing) : undefined
}

/** Unless the name means something already, or can be none. */
async function* tag(
  { name: row }: JobRow,
  version: number,
  { session }: Context,
): AsyncGenerator<Event, void, Answer> {
  const name = tagFor(row)
  const taken = session.tags.some((one) => one.name.toLowerCase() === name.toLowerCase())
  if (taken || nameProblem(name, session.references) !== undefined) return
  yield change({ type: 'tagged', name, version })
}

/** Whatever tier the server names: a job costs half. */
function atBatchPrice(reply: Reply): Reply {
  return { ...reply, usage: reply.usage && { ...reply.usage, tier: BATCH_TIER } }
}

/** Rows that have an image in the session already: they are not to be paid for again. */
function landedOf({ label }: Part, { turns }: Session): readonly string[] {
  return turns.flatMap(({ batch, outcome }) => {
    const landed = batch?.part === label && outcome.kind === 'answered' && outcome.main !== null
    return landed ? [batch.row] : []
  })
}

/** The turn that limn was at when it was interrupted, or has finished before. */
function turnFor({ turns }: Session, { label }: Part, { name }: JobRow): Turn | undefined {
  return turns.find(({ batch }) => batch?.part === label && batch.row === name)
}

function filesOf(open: OpenJob, { refs }: JobRow): Promise<NewFile[]> {
  const names = [...new Set(refs.map(({ file }) => file.file))]
  return Promise.all(names.map(async (name) => ({ name, bytes: await open.read(name) })))
}
