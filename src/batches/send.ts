import { type Job, type JobRow, type Part, type PartState, withPart } from '../core/batch/job.ts'
import { type Answer, type Event, failed, say } from '../core/event.ts'
import { explain, type Failure } from '../core/failures/failure.ts'
import type { TaskProblem } from '../core/line/part-outcome.ts'
import type { Called, NewRemoteFile, RemoteFile, UploadedFile } from '../gemini/chat.ts'
import { fitWithin } from '../image/resize.ts'
import type { OpenJob } from '../store/jobs/jobs.ts'
import type { Context } from '../turn/context.ts'
import { callAgain } from '../turn/try-again.ts'
import { batchService } from './one-job.ts'

/** Seconds that a file may take on its way. */
const UPLOAD_TIMEOUT = 600

/** Looks at a file that is not ready yet, a second apart. */
const LOOKS = 30

/** Sends the parts that the server does not have yet. Returns why it stopped before the end. */
export async function* sendParts(
  open: OpenJob,
  context: Context,
): AsyncGenerator<Event, TaskProblem | undefined, Answer> {
  // An image that many rows name goes once.
  const uploaded = new Map<string, RemoteFile>()
  const parts = open.job.parts.filter(({ state }) => state.kind === 'unsent')
  for (const [index, part] of parts.entries()) {
    const failure = yield* sendPart(open, part, uploaded, context)
    const count = parts.length === 1 ? '' : `Part ${index + 1} of ${parts.length}: `
    if (failure) return yield* failed(failure, open.job.engine, `${count}${explain(failure).what}`)
    const rows = part.rows.length === 1 ? 'One row is' : `${part.rows.length} rows are`
    yield say(`${count}${rows} with the server.`)
  }
  return undefined
}

/** What is to be sent is written down first; undefined when the server has taken it. */
async function* sendPart(
  open: OpenJob,
  part: Part,
  uploaded: Map<string, RemoteFile>,
  context: Context,
): AsyncGenerator<Event, Failure | undefined, Answer> {
  const { chat, clock, signal } = context
  const save = (state: PartState) => open.save(withPart(open.job, part.label, state))
  const prepared = yield* requestsOf(open, part, uploaded, context)
  if (!prepared.ok) {
    await save({ kind: 'unsent', failure: prepared.failure })
    return prepared.failure
  }
  await save({ kind: 'sending', since: clock.now().toISOString() })
  const wanted = { model: part.model, fileName: prepared.value, label: part.label }
  const { batches } = batchService(chat)
  const created = yield* callAgain(() => batches.create(wanted, signal), context)
  if (created.ok || explain(created.failure).maybeBilled) countRows(open.job, part, context)
  if (created.ok) {
    await save({ kind: 'running', batch: created.value, done: 0 })
    return undefined
  }
  // Where the server may have it all the same, that is found out by its label before anything is sent again.
  if (!explain(created.failure).maybeBilled) await save({ kind: 'unsent', failure: created.failure })
  return created.failure
}

/** Counts rows that the server has, or may have. */
function countRows({ rows, session }: Job, part: Part, { ledger }: Context): void {
  const sent = rows.filter(({ name }) => part.rows.includes(name))
  ledger.submitted(sent.map(({ most }) => ({ session, most })))
}

/** The file of requests at the server, and before it the images that the requests name. */
async function* requestsOf(
  open: OpenJob,
  part: Part,
  uploaded: Map<string, RemoteFile>,
  context: Context,
): AsyncGenerator<Event, Called<string>, Answer> {
  const { batches } = batchService(context.chat)
  const { settings } = context
  const rows = open.job.rows.filter(({ name }) => part.rows.includes(name))
  for (const { name, file } of imagesOf(rows)) {
    if (uploaded.has(file)) continue
    const { bytes, mime } = await fitWithin(await open.read(file), settings.values.wireSize)
    const there = yield* upload({ bytes, mime, name }, context)
    if (!there.ok) return there
    uploaded.set(file, there.value)
  }
  const at = (file: string): RemoteFile => {
    const there = uploaded.get(file)
    if (!there) throw new Error(`${file} is in no row of the job`)
    return there
  }
  const lines = rows.map((row) => batches.requestLine(row, at))
  const bytes = Buffer.from(`${lines.join('\n')}\n`)
  const file = { bytes, mime: 'application/jsonl', name: part.label }
  const there = yield* upload(file, context)
  return there.ok ? { ok: true, value: there.value.name } : there
}

function upload(file: NewRemoteFile, context: Context): AsyncGenerator<Event, Called<UploadedFile>, Answer> {
  const { chat, clock, signal } = context
  const { files } = batchService(chat)
  return callAgain(
    () => files.upload(file, { clock, signal, seconds: UPLOAD_TIMEOUT, looks: LOOKS }),
    context,
  )
}

/** Each once, by the name that a row has for it. */
function imagesOf(rows: readonly JobRow[]): readonly { readonly name: string; readonly file: string }[] {
  const all = rows.flatMap(({ refs }) => refs.map(({ name, file }) => [file.file, name] as const))
  return [...new Map(all)].map(([file, name]) => ({ file, name }))
}
