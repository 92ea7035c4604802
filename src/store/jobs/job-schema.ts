import type { Job, JobRow, Missing, Part, PartState } from '../../core/batch/job.ts'
import { amount, byKind, list, object, oneOf, optional, orNull, otherwise, text } from '../schema.ts'
import { failure } from '../session/outcome-schema.ts'
import { mention } from '../session/prompt-schema.ts'
import { turnSettings } from '../session/settings-schema.ts'

const row = object<JobRow>({
  name: text,
  prompt: text,
  settings: turnSettings,
  refs: list(mention),
  most: otherwise(orNull(amount), null),
})

const how = oneOf(['succeeded', 'failed', 'cancelled', 'expired', 'lost'])

const missing = object<Missing>({ row: text, says: text })

const state = byKind<PartState>({
  unsent: { failure: optional(failure) },
  sending: { since: text },
  running: { batch: text, done: amount },
  ended: {
    batch: text,
    how,
    results: orNull(text),
    says: text,
    refused: optional(object<{ readonly landed: readonly string[] }>({ landed: list(text) })),
  },
  fetched: { batch: text, how, missing: list(missing) },
})

const part = object<Part>({ label: text, model: text, rows: list(text), state })

const job = object<Job>({
  id: text,
  at: text,
  source: text,
  engine: text,
  session: text,
  rows: list(row),
  parts: list(part),
})

/** Undefined when this limn cannot read it as a job. */
export function parseJob(json: string): Job | undefined {
  try {
    return job.safeParse(JSON.parse(json)).data
  } catch {
    return undefined
  }
}
