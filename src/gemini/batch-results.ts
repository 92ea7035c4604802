import { devNull } from 'node:os'
import * as z from 'zod'
import type { Failure } from '../core/failures/failure.ts'
import type { BatchResult } from './chat.ts'
import { readReply } from './read-reply.ts'
import type { Sdk } from './sdk.ts'
import { streamingFetch } from './wire-fetch.ts'

/** Seconds until the first byte; Node's own fetch waits as long. */
const FIRST_BYTE_TIMEOUT = 300

const Line = z.looseObject({
  key: z.string().optional(),
  metadata: z.looseObject({ key: z.string().optional() }).optional(),
  response: z.unknown().optional(),
  error: z.looseObject({ code: z.number().catch(13), message: z.string().catch('') }).optional(),
})

/** The HTTP status of each google.rpc.Code, by Google's own mapping. */
const HTTP: ReadonlyMap<number, number> = new Map([
  [3, 400],
  [4, 504],
  [5, 404],
  [7, 403],
  [8, 429],
  [9, 400],
  [13, 500],
  [14, 503],
  [16, 401],
])

/**
 * The results of a job, one at a time: their file may have half a gigabyte, and only one row of it is in memory.
 * Returns why the file could not be read to its end. The file is only downloaded, never queried: Google gives result
 * files names that are too long for its own `files.get`.
 */
export async function* resultsOf(
  sdk: Sdk,
  { file, model }: { readonly file: string; readonly model: string },
  signal: AbortSignal,
): AsyncGenerator<BatchResult, Failure | undefined> {
  let body: ReadableStream<Uint8Array> | undefined
  const httpOptions = { fetch: streamingFetch((stream) => (body = stream)) }
  // The timeout covers the start alone; after that, the file is read for as long as data comes.
  const asked = await sdk.call(
    ({ files }) =>
      files.download({ file, downloadPath: devNull, config: { abortSignal: signal, httpOptions } }),
    { signal, seconds: FIRST_BYTE_TIMEOUT },
  )
  if (!asked.ok) return asked.failure
  try {
    for await (const line of linesOf(body ?? new ReadableStream())) yield readLine(line, sdk, model)
    return undefined
  } catch (error) {
    return signal.aborted ? { kind: 'aborted' } : sdk.failure(error, '')
  }
}

async function* linesOf(body: ReadableStream<Uint8Array>): AsyncGenerator<string> {
  let pieces: Uint8Array[] = []
  for await (const chunk of body) {
    let start = 0
    for (let end = chunk.indexOf(10); end >= 0; end = chunk.indexOf(10, start)) {
      pieces.push(chunk.subarray(start, end))
      const line = Buffer.concat(pieces).toString('utf8')
      pieces = []
      start = end + 1
      if (line.trim() !== '') yield line
    }
    pieces.push(chunk.subarray(start))
  }
  const rest = Buffer.concat(pieces).toString('utf8')
  if (rest.trim() !== '') yield rest
}

function readLine(text: string, sdk: Sdk, model: string): BatchResult {
  let line: z.infer<typeof Line>
  try {
    line = Line.parse(JSON.parse(text))
  } catch {
    return { key: undefined, answer: { ok: false, failure: { kind: 'strange-answer', says: '' } } }
  }
  const key = line.key ?? line.metadata?.key
  if (line.error) {
    const { code, message, ...more } = line.error
    const status = HTTP.get(code) ?? (code >= 400 ? code : 500)
    // The same error as the SDK throws, so that the table of failures can read it.
    const thrown = new Error(JSON.stringify({ error: { ...more, code, message } }))
    return {
      key,
      answer: {
        ok: false,
        failure: sdk.failure(Object.assign(thrown, { name: 'ApiError', status }), model),
      },
    }
  }
  try {
    return { key, answer: { ok: true, reply: readReply(line.response) } }
  } catch (error) {
    return { key, answer: { ok: false, failure: sdk.failure(error, model) } }
  }
}
