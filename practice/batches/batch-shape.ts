import * as z from 'zod'
import { invalidArgument, Refusal } from '../errors.ts'
import { parseJson, parseShape, type Shaped } from '../protocol.ts'
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

/** One request of a job. A line of a file that cannot be read fails alone, and keeps its place. */
export type Item = {
  key?: string | undefined
  metadata?: Record<string, unknown> | undefined
  request: Shaped | { unreadable: string }
}

export type Order = { displayName?: string | undefined } & ({ fileName: string } | { items: Item[] })

export function readOrder(body: string): Order {
  const { displayName, inputConfig } = parseShape(Create, parseJson(body)).batch
  const { fileName, requests } = inputConfig
  if (fileName !== undefined) return { displayName, fileName }
  if (!requests || requests.requests.length === 0) {
    throw new Refusal(invalidArgument('* BatchGenerateContentRequest.batch.input_config: no requests.\n'))
  }
  return { displayName, items: requests.requests }
}

/** A file of requests: one JSON object a line, with a key of the user's. */
export function readLines(bytes: Buffer): Item[] {
  const lines = bytes
    .toString('utf8')
    .split('\n')
    .map((line) => line.trim())
  const items = lines.filter((line) => line !== '').map(readLine)
  if (items.length === 0) throw new Refusal(invalidArgument('The input file has no requests.'))
  return items
}

function readLine(line: string): Item {
  try {
    return parseShape(Line, parseJson(line))
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    return { ...keyOf(line), request: { unreadable: error.message } }
  }
}

/** A line whose request is wrong may still have a key, by which its error is found. */
function keyOf(line: string): { key?: string | undefined } {
  const found = z.looseObject({ key: z.string() }).safeParse(orNothing(line))
  return found.success ? { key: found.data.key } : {}
}

function orNothing(line: string): unknown {
  try {
    return JSON.parse(line)
  } catch {
    return undefined
  }
}
