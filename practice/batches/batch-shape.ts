import * as z from 'zod'
import { invalidArgument, Refusal } from '../errors.ts'
import { type ParsedRequest, parseJson, parseShape } from '../protocol.ts'
import { RequestShape } from '../shape.ts'

const Metadata = z.record(z.string(), z.unknown())

const Create = z.strictObject({
  batch: z.strictObject({
    model: z.string().optional(),
    displayName: z.string().optional(),
    priority: z.union([z.string(), z.number()]).optional(),
    webhookConfig: z.unknown().optional(),
    inputConfig: z.strictObject({
      fileName: z.string().optional(),
      requests: z
        .strictObject({
          requests: z.array(z.strictObject({ request: RequestShape, metadata: Metadata.optional() })),
        })
        .optional(),
    }),
  }),
})

const Line = z.strictObject({
  key: z.string().optional(),
  metadata: Metadata.optional(),
  request: RequestShape,
})

/** One request of a job. A line of a file that cannot be read fails alone and keeps its position. */
export type BatchItem = {
  key?: string | undefined
  metadata?: Record<string, unknown> | undefined
  request: ParsedRequest | { unreadable: string }
}

export type BatchRequest = { displayName?: string | undefined } & (
  | { fileName: string }
  | { items: BatchItem[] }
)

export function readBatchRequest(body: string): BatchRequest {
  const { displayName, inputConfig } = parseShape(Create, parseJson(body)).batch
  const { fileName, requests } = inputConfig
  if (fileName !== undefined) return { displayName, fileName }
  if (!requests || requests.requests.length === 0) {
    throw new Refusal(invalidArgument('* BatchGenerateContentRequest.batch.input_config: no requests.\n'))
  }
  return { displayName, items: requests.requests }
}

/** Reads a file of requests: one JSON object per line, with a key that the user chose. */
export function readLines(bytes: Buffer): BatchItem[] {
  const lines = bytes
    .toString('utf8')
    .split('\n')
    .map((line) => line.trim())
  const items = lines.filter((line) => line !== '').map(readLine)
  if (items.length === 0) throw new Refusal(invalidArgument('The input file has no requests.'))
  return items
}

function readLine(line: string): BatchItem {
  try {
    return parseShape(Line, parseJson(line))
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    return { ...keyOf(line), request: { unreadable: error.message } }
  }
}

/** A line with an invalid request may still have a key, under which its error is reported. */
function keyOf(line: string): { key?: string | undefined } {
  const found = z.looseObject({ key: z.string() }).safeParse(parseOrUndefined(line))
  return found.success ? { key: found.data.key } : {}
}

function parseOrUndefined(line: string): unknown {
  try {
    return JSON.parse(line)
  } catch {
    return undefined
  }
}
