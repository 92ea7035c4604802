import type { Failure } from '../failures/failure.ts'
import { type Mention, type Prompt, ROOT } from '../session/session.ts'
import type { TurnSettings } from '../settings/turn-settings-type.ts'

/** A row that was planned: enough to make a turn of it, and to send it again. */
export type JobRow = {
  readonly name: string
  readonly prompt: string
  readonly settings: TurnSettings
  readonly refs: readonly Mention[]
  /** The most that it was expected to cost, in dollars; null where nobody knows. */
  readonly most: number | null
}

/** How a part has come to its end at the server; `lost` when the server does not know it any more. */
export type Ending = 'succeeded' | 'failed' | 'cancelled' | 'expired' | 'lost'

export type PartState =
  /** The server has nothing of it; `failure` is why it has not taken it. */
  | { readonly kind: 'unsent'; readonly failure?: Failure }
  /** Written down before the call goes out. Whether the server has it is found out by its label. */
  | { readonly kind: 'sending'; readonly since: string }
  | { readonly kind: 'running'; readonly batch: string; readonly done: number }
  | {
      readonly kind: 'ended'
      readonly batch: string
      readonly how: Ending
      /** The server's file of results. */
      readonly results: string | null
      readonly says: string
      /** The server has refused to give the results; rows that had come before are in the session. */
      readonly refused?: { readonly landed: readonly string[] }
    }
  /** All that has come is in the session. */
  | {
      readonly kind: 'fetched'
      readonly batch: string
      readonly how: Ending
      readonly missing: readonly Missing[]
    }

/** A row of which no image has come. */
export type Missing = { readonly row: string; readonly says: string }

/** One job of the Batch API. */
export type Part = {
  /** Its display name at the server, which no other part of any job has. */
  readonly label: string
  readonly model: string
  /** Names of rows. */
  readonly rows: readonly string[]
  readonly state: PartState
}

/** What one `batch submit` has sent, or is about to. */
export type Job = {
  readonly id: string
  readonly at: string
  /** The file that its rows were read from. */
  readonly source: string
  readonly engine: string
  /** Where its results go. */
  readonly session: string
  readonly rows: readonly JobRow[]
  readonly parts: readonly Part[]
}

/** The tier that a job is priced by. */
export const BATCH_TIER = 'batch'

/** A part whose results the server has refused, once its rows are paid for again: nothing more is asked of it. */
export function givenUp(part: Part): Part {
  const { state } = part
  if (state.kind !== 'ended' || !state.refused) return part
  const { batch, how, refused } = state
  const left = part.rows.filter((row) => !refused.landed.includes(row))
  const missing = left.map((row) => ({ row, says: REFUSED }))
  return { ...part, state: { kind: 'fetched', batch, how, missing } }
}

const REFUSED = 'Its results could not be fetched, and were paid for.'

/** The prompt of a row: a picture of its own, that is told nothing of what came before. */
export function promptOfRow(
  { id, engine }: Pick<Job, 'id' | 'engine'>,
  row: Omit<JobRow, 'most'>,
  part: string,
): Prompt {
  return {
    text: row.prompt,
    parent: ROOT,
    mentions: row.refs,
    references: [],
    settings: row.settings,
    engine,
    fresh: true,
    batch: { job: id, part, row: row.name },
  }
}

/** `two-words` for `two words`: what the image of a row is tagged with. */
export function tagFor(row: string): string {
  return row
    .normalize('NFC')
    .replace(/[^\p{L}\p{M}\p{N}_-]+/gu, '-')
    .replace(/^-+|-+$/g, '')
}

export function withPart(job: Job, label: string, state: PartState): Job {
  return { ...job, parts: job.parts.map((part) => (part.label === label ? { ...part, state } : part)) }
}

/** Rows that have no image yet and are not under way, and why; the newest part that a row was in decides. */
export function missingOf({ rows, parts }: Job): readonly Missing[] {
  return rows.flatMap(({ name }): Missing[] => {
    const part = parts.findLast((one) => one.rows.includes(name))
    if (part?.state.kind === 'fetched') return part.state.missing.filter(({ row }) => row === name)
    if (part?.state.kind === 'ended' && part.state.refused) {
      return part.state.refused.landed.includes(name) ? [] : [{ row: name, says: REFUSED }]
    }
    return part?.state.kind === 'unsent' ? [{ row: name, says: 'It was not sent.' }] : []
  })
}

type JobPartsOut = { readonly session: string; readonly most: number | null }

/** Rows that are under way, or drawn and not fetched yet: what they cost is in no session so far. */
export function outOf({ session, rows, parts }: Job): readonly JobPartsOut[] {
  return rows.flatMap(({ name, most }) => {
    const part = parts.findLast((one) => one.rows.includes(name))
    return part && isUncounted(part.state) ? [{ session, most }] : []
  })
}

function isUncounted({ kind }: PartState): boolean {
  switch (kind) {
    case 'sending':
    case 'running':
    case 'ended':
      return true
    case 'unsent':
    case 'fetched':
      return false
  }
}

/** True when nothing of it will change any more by itself. */
export function isDone({ parts }: Job): boolean {
  return parts.every(({ state }) => state.kind === 'fetched')
}

/** True when the server has to be asked what has become of it. */
export function isOut({ parts }: Job): boolean {
  return parts.some(({ state }) => state.kind === 'running' || state.kind === 'sending')
}
