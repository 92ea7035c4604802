import * as z from 'zod'
import type { Ending, JobRow } from '../core/batch/job.ts'
import type { Failure } from '../core/failures/failure.ts'
import { requestLine } from './batch-request.ts'
import { resultsOf } from './batch-results.ts'
import type { BatchApi, BatchResult, BatchState, Called, NewBatch, RemoteFile } from './chat.ts'
import type { Sdk } from './sdk.ts'
import { observingFetch } from './wire-fetch.ts'

/** The API sends every int64 as a string. */
const Count = z.coerce.number().catch(0)

/** A job as the server sends it. The SDK leaves out the counts and the error. */
const Operation = z.looseObject({
  metadata: z.looseObject({
    state: z.string(),
    batchStats: z.looseObject({ successfulRequestCount: Count, failedRequestCount: Count }).nullish(),
    output: z.looseObject({ responsesFile: z.string().nullish() }).nullish(),
  }),
  error: z.looseObject({ message: z.string().catch('') }).nullish(),
})

const ENDINGS: ReadonlyMap<string, Ending> = new Map([
  ['BATCH_STATE_SUCCEEDED', 'succeeded'],
  ['BATCH_STATE_PARTIALLY_SUCCEEDED', 'succeeded'],
  ['BATCH_STATE_FAILED', 'failed'],
  ['BATCH_STATE_CANCELLED', 'cancelled'],
  ['BATCH_STATE_EXPIRED', 'expired'],
])

/** Seconds that a request about a job may take. */
const QUESTION_TIMEOUT = 60

/** Seconds until the server must have accepted a job. */
const SUBMIT_TIMEOUT = 600

/** The Batch API, whose requests and results are files of the Files API. */
export class GeminiBatches implements BatchApi {
  readonly #sdk: Sdk

  constructor(sdk: Sdk) {
    this.#sdk = sdk
  }

  requestLine(row: JobRow, uploaded: (file: string) => RemoteFile): string {
    return requestLine(row, uploaded)
  }

  create({ model, fileName, label }: NewBatch, signal: AbortSignal): Promise<Called<string>> {
    return this.#sdk.call(
      async ({ batches }, abortSignal) => {
        const config = { displayName: label, abortSignal }
        const { name } = await batches.create({ model, src: { fileName }, config })
        return z.string().parse(name)
      },
      { model, signal, seconds: SUBMIT_TIMEOUT },
    )
  }

  find(labels: ReadonlySet<string>, signal: AbortSignal): Promise<Called<ReadonlyMap<string, string>>> {
    return this.#sdk.call(
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
      { signal, seconds: SUBMIT_TIMEOUT },
    )
  }

  async look(name: string, signal: AbortSignal): Promise<Called<BatchState>> {
    const looked = await this.#sdk.call(
      async ({ batches }, abortSignal) => {
        let body: unknown
        const httpOptions = { fetch: observingFetch((answer) => (body = answer.body)) }
        await batches.get({ name, config: { abortSignal, httpOptions } })
        return stateIn(Operation.parse(body))
      },
      { signal, seconds: QUESTION_TIMEOUT },
    )
    if (looked.ok || looked.failure.kind !== 'model-gone') return looked
    return { ok: true, value: { kind: 'ended', how: 'lost', results: null, says: '' } }
  }

  cancel(name: string, signal: AbortSignal): Promise<Called<void>> {
    return this.#sdk.call(({ batches }, abortSignal) => batches.cancel({ name, config: { abortSignal } }), {
      signal,
      seconds: QUESTION_TIMEOUT,
    })
  }

  results(
    job: { readonly file: string; readonly model: string },
    signal: AbortSignal,
  ): AsyncGenerator<BatchResult, Failure | undefined> {
    return resultsOf(this.#sdk, job, signal)
  }
}

function stateIn({ metadata, error }: z.infer<typeof Operation>): BatchState {
  const { state, batchStats, output } = metadata
  const how = ENDINGS.get(state)
  if (how === undefined) {
    const { successfulRequestCount: drawn = 0, failedRequestCount: failed = 0 } = batchStats ?? {}
    return { kind: 'running', done: drawn + failed }
  }
  return { kind: 'ended', how, results: output?.responsesFile ?? null, says: error?.message ?? '' }
}
