import { type Job, type JobRow, missingOf } from '../core/batch/job.ts'
import { tallyOf } from '../core/batch/job-text.ts'
import type { Session, Version } from '../core/session/session.ts'
import { turnOf } from '../core/session/tree.ts'

/** A job for scripts. */
export function jobJson(job: Job) {
  const { id, at, source, engine, session, parts } = job
  return {
    id,
    at,
    source,
    engine,
    session,
    rows: { all: job.rows.length, ...tallyOf(job) },
    parts: parts.map(({ label, model, rows, state }) => ({
      label,
      model,
      rows: rows.length,
      state: state.kind,
    })),
    missing: missingOf(job),
  }
}

/** A row that would be sent. */
export function rowJson({ name, prompt, settings, refs, most }: JobRow) {
  const { model, aspect, size } = settings
  return { name, prompt, model, ar: aspect, size, refs: refs.map(({ source }) => source ?? ''), most }
}

/** An image of a job; `path` is where the session keeps it. */
export function imageJson({ name, number, file, turn }: Version, path: string, session: Session) {
  const outcome = turnOf(session, turn)?.outcome
  const cost = outcome?.kind === 'answered' ? outcome.cost : { kind: 'unknown' as const }
  return {
    name: name ?? '',
    version: number,
    path,
    width: file.width,
    height: file.height,
    cost: cost.kind === 'known' ? cost.usd : cost.kind === 'free' ? 0 : null,
  }
}
