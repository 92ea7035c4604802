import { randomUUID } from 'node:crypto'
import { partsOf, requestBytes } from '../core/batch/batch-parts.ts'
import type { Job, JobRow, Part } from '../core/batch/job.ts'
import { type Answer, type Event, fail } from '../core/event.ts'
import { problemOf, type TaskProblem } from '../core/line/part-outcome.ts'
import type { BatchApi, Chat, FileApi } from '../gemini/chat.ts'
import type { Engine } from '../gemini/engine.ts'
import { findJobs } from '../store/jobs/jobs.ts'

/** Rows as they go to the server: each group becomes one of its jobs. */
export function groupsOf<R extends Omit<JobRow, 'most'>>(rows: readonly R[]): readonly (readonly R[])[] {
  return partsOf(rows.map((row) => ({ ...row, bytes: requestBytes(row) })))
}

/** A part that is not sent yet, with a label that no other has. */
export function partFor(job: string, rows: readonly Pick<JobRow, 'name' | 'settings'>[]): Part {
  return {
    label: `limn ${job} ${randomUUID().slice(0, 8)}`,
    model: rows[0]?.settings.model ?? '',
    rows: rows.map(({ name }) => name),
    state: { kind: 'unsent' },
  }
}

/** Why this engine can have no batches. */
export function batchProblem({ kind }: Engine): TaskProblem | undefined {
  switch (kind) {
    case 'vertex':
      return problemOf(
        'Batches go through the Files API, which Vertex AI does not have. Unset GOOGLE_GENAI_USE_VERTEXAI to use a key of AI Studio.',
      )
    case 'none': {
      const says =
        'There is no API key for Gemini, and a batch needs one: set GEMINI_API_KEY, or type /key inside limn.'
      return { kind: 'not-sent', why: { reason: 'no-key', says } }
    }
    case 'gemini':
    case 'server':
    case 'practice':
      return undefined
  }
}

/** Why the engine of the moment cannot be asked about a job. */
export function engineProblem(job: Job, { engine }: Chat): TaskProblem | undefined {
  if (job.engine === engine.id) return batchProblem(engine)
  const says = `${job.id} was sent to ${nameOf(job.engine)}, and limn is connected to ${nameOf(engine.id)}.`
  return engine.kind === 'none' ? { kind: 'not-sent', why: { reason: 'no-key', says } } : problemOf(says)
}

/** What a batch goes through. An engine that has none has been refused before (`batchProblem`). */
export function batchService({ files, batches, engine }: Chat): {
  readonly files: FileApi
  readonly batches: BatchApi
} {
  if (!files || !batches) throw new Error(`${engine.id} takes no batches.`)
  return { files, batches }
}

function nameOf(engine: string): string {
  if (engine === 'practice') return 'the practice engine'
  if (engine === 'gemini') return 'Gemini'
  return engine === 'none' ? 'nothing: there is no key' : engine
}

/** Finds the one job that a word means. */
export async function* oneJob(word: string, root: string): AsyncGenerator<Event, Job | TaskProblem, Answer> {
  const [job, ...others] = await findJobs(root, word)
  if (!job) return yield* fail(`There is no batch "${word}".`)
  if (others.length === 0) return job
  return yield* fail(`"${word}" could be ${[job, ...others].map(({ id }) => id).join(' or ')}.`)
}
