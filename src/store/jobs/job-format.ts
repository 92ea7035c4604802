import * as z from 'zod'
import type { Ending, Job, JobRow, Missing, Part, PartState } from '../../core/batch/job.ts'
import { failure, mention, settings } from '../session/facts.ts'

// Loose as facts are: what a newer limn has added is kept.

const row: z.ZodType<JobRow> = z.looseObject({
  name: z.string(),
  prompt: z.string(),
  settings,
  refs: z.array(mention),
  most: z.number().nullable().catch(null),
})

const how: z.ZodType<Ending> = z.enum(['succeeded', 'failed', 'cancelled', 'expired', 'lost'])

const missing: z.ZodType<Missing> = z.looseObject({ row: z.string(), says: z.string() })

const state: z.ZodType<PartState> = z.discriminatedUnion('kind', [
  z.looseObject({ kind: z.literal('unsent'), failure: failure.exactOptional() }),
  z.looseObject({ kind: z.literal('sending'), since: z.string() }),
  z.looseObject({ kind: z.literal('running'), batch: z.string(), done: z.number() }),
  z.looseObject({
    kind: z.literal('ended'),
    batch: z.string(),
    how,
    results: z.string().nullable(),
    says: z.string(),
    refused: z.looseObject({ landed: z.array(z.string()) }).exactOptional(),
  }),
  z.looseObject({ kind: z.literal('fetched'), batch: z.string(), how, missing: z.array(missing) }),
])

const part: z.ZodType<Part> = z.looseObject({
  label: z.string(),
  model: z.string(),
  rows: z.array(z.string()),
  state,
})

const job: z.ZodType<Job> = z.looseObject({
  id: z.string(),
  at: z.string(),
  source: z.string(),
  engine: z.string(),
  session: z.string(),
  rows: z.array(row),
  parts: z.array(part),
})

/** Undefined for what is no job that this limn can read. */
export function parseJob(text: string): Job | undefined {
  try {
    return job.safeParse(JSON.parse(text)).data
  } catch {
    return undefined
  }
}
