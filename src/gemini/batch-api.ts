import * as z from 'zod'
import type { Ending } from '../core/batch/job.ts'
import type { Clock } from '../host/clock.ts'
import type { Uploaded } from './batch-request.ts'
import type { Called, Chat } from './chat.ts'
import { tapped } from './wire-fetch.ts'

/** Counts are strings, as of every int64 of the API. */
const Count = z.coerce.number().catch(0)

/** A job as the server shows it. The SDK passes over the counts and the error. */
const Operation = z.looseObject({
  metadata: z.looseObject({
    state: z.string(),
    batchStats: z.looseObject({ successfulRequestCount: Count, failedRequestCount: Count }).nullish(),
    output: z.looseObject({ responsesFile: z.string().nullish() }).nullish(),
  }),
  error: z.looseObject({ message: z.string().catch('') }).nullish(),
})

export type Seen =
  | { readonly kind: 'running'; readonly done: number }
  | { readonly kind: 'ended'; readonly how: Ending; readonly results: string | null; readonly says: string }

const ENDINGS: ReadonlyMap<string, Ending> = new Map([
  ['BATCH_STATE_SUCCEEDED', 'succeeded'],
  ['BATCH_STATE_PARTIALLY_SUCCEEDED', 'succeeded'],
  ['BATCH_STATE_FAILED', 'failed'],
  ['BATCH_STATE_CANCELLED', 'cancelled'],
  ['BATCH_STATE_EXPIRED', 'expired'],
])

/** Seconds that a question about a job may take. */
const PATIENCE = 60

/** Seconds that a file may take on its way, or a job until it is taken. */
const LONG = 600

/** Looks at a file that is not ready yet, a second apart. */
const LOOKS = 30

/** Puts bytes where requests can name them, for 48 hours, and waits until they can. */
export function upload(
  { chat, clock, signal }: { readonly chat: Chat; readonly clock: Clock; readonly signal: AbortSignal },
  { bytes, mime, name }: { readonly bytes: Uint8Array; readonly mime: string; readonly name: string },
): Promise<Called<Uploaded & { readonly file: string }>> {
  const blob = new Blob([Buffer.from(bytes)], { type: mime })
  return chat.call(
    async ({ files }, abortSignal) => {
      let file = await files.upload({
        file: blob,
        config: { mimeType: mime, displayName: name, abortSignal },
      })
      for (let looks = 0; file.state === 'PROCESSING' && looks < LOOKS && !abortSignal.aborted; looks++) {
        await clock.sleep(1, abortSignal)
        file = await files.get({ name: file.name ?? '', config: { abortSignal } })
      }
      if (file.state === 'FAILED') throw unusable(`${name}: ${file.error?.message ?? ''}`)
      return { file: z.string().parse(file.name), uri: file.uri ?? '', mime }
    },
    { signal, seconds: LONG },
  )
}

/** As a refusal of the image itself would be thrown. */
function unusable(message: string): Error {
  const error = { code: 400, message: `Provided image is not valid: ${message}` }
  return Object.assign(new Error(JSON.stringify({ error })), { name: 'ApiError', status: 400 })
}

type NewBatch = { readonly model: string; readonly fileName: string; readonly label: string }

/** Sends a job whose requests are in a file of the server's. Gives the name of the job. */
export function createBatch(
  chat: Chat,
  { model, fileName, label }: NewBatch,
  signal: AbortSignal,
): Promise<Called<string>> {
  return chat.call(
    async ({ batches }, abortSignal) => {
      const config = { displayName: label, abortSignal }
      const { name } = await batches.create({ model, src: { fileName }, config })
      return z.string().parse(name)
    },
    { model, signal, seconds: LONG },
  )
}

/** The names of the jobs with these labels, among all that the server has. */
export function findBatches(
  chat: Chat,
  labels: ReadonlySet<string>,
  signal: AbortSignal,
): Promise<Called<ReadonlyMap<string, string>>> {
  return chat.call(
    async ({ batches }, abortSignal) => {
      const found = new Map<string, string>()
      const config = { pageSize: 100, abortSignal }
      for await (const { name, displayName } of await batches.list({ config })) {
        if (name !== undefined && displayName !== undefined && labels.has(displayName)) {
          found.set(displayName, name)
        }
        if (found.size === labels.size) break
      }
      return found
    },
    { signal, seconds: LONG },
  )
}

/** What has become of a job; one that the server does not know is lost. */
export async function lookAt(chat: Chat, name: string, signal: AbortSignal): Promise<Called<Seen>> {
  const looked = await chat.call(
    async ({ batches }, abortSignal) => {
      let body: unknown
      const httpOptions = { fetch: tapped((answer) => (body = answer.body)) }
      await batches.get({ name, config: { abortSignal, httpOptions } })
      return seenIn(Operation.parse(body))
    },
    { signal, seconds: PATIENCE },
  )
  if (looked.ok || looked.failure.kind !== 'model-gone') return looked
  return { ok: true, value: { kind: 'ended', how: 'lost', results: null, says: '' } }
}

function seenIn({ metadata, error }: z.infer<typeof Operation>): Seen {
  const { state, batchStats, output } = metadata
  const how = ENDINGS.get(state)
  if (how === undefined) {
    const { successfulRequestCount: drawn = 0, failedRequestCount: failed = 0 } = batchStats ?? {}
    return { kind: 'running', done: drawn + failed }
  }
  return { kind: 'ended', how, results: output?.responsesFile ?? null, says: error?.message ?? '' }
}

export function cancelBatch(chat: Chat, name: string, signal: AbortSignal): Promise<Called<void>> {
  return chat.call(({ batches }, abortSignal) => batches.cancel({ name, config: { abortSignal } }), {
    signal,
    seconds: PATIENCE,
  })
}
