import type { Failure } from '../failures/failure.ts'
import { type Mention, type Prompt, ROOT } from '../session/session.ts'
import type { TurnSettings } from '../settings/turn-settings-type.ts'

/** A planned row: enough to make a turn of it, and to send it again. */
export type JobRow = {
  readonly name: string
  readonly prompt: string
  readonly settings: TurnSettings
  readonly refs: readonly Mention[]
  /** The most that it was expected to cost, in dollars; null where that is unknown. */
  readonly most: number | null
}

/** How a part has ended at the server; `lost` when the server no longer knows it. */
export type Ending = 'succeeded' | 'failed' | 'cancelled' | 'expired' | 'lost'

export type PartState =
  /** The server does not have it; `failure` is why it did not accept it. */
  | { readonly kind: 'unsent'; readonly failure?: Failure }
  /** Recorded before the call is sent. Its label is used to find out whether the server has it. */
  | { readonly kind: 'sending'; readonly since: string }
  | { readonly kind: 'running'; readonly batch: string; readonly done: number }
  | {
      readonly kind: 'ended'
      readonly batch: string
      readonly how: Ending
      /** The server's file of results. */
      readonly results: string | null
      readonly says: string
      /** The server has refused to give the results; rows that came before that are in the session. */
      readonly refused?: { readonly landed: readonly string[] }
    }
  /** Everything that came is in the session. */
  | {
      readonly kind: 'fetched'
      readonly batch: string
      readonly how: Ending
      readonly missing: readonly Missing[]
    }

/** A row for which no image came. */
export type Missing = { readonly row: string; readonly says: string }

/** One job of the Batch API. */
export type Part = {
  /** Its display name at the server, which is unique among the parts of all jobs. */
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
  /** The session that its results are added to. */
  readonly session: string
  readonly rows: readonly JobRow[]
  readonly parts: readonly Part[]
}

/** The tier that a job is priced by. */
export const BATCH_TIER = 'batch'

/** A part whose results the server has refused, after its rows were sent again: limn asks for it no more. */
export function givenUp(part: Part): Part {
  const { state } = part
  if (state.kind !== 'ended' || !state.refused) return part
  const { batch, how, refused } = state
  const left = part.rows.filter((row) => !refused.landed.includes(row))
  const missing = left.map((row) => ({ row, says: REFUSED }))
  return { ...part, state: { kind: 'fetched', batch, how, missing } }
}

const REFUSED = 'Its results could not be fetched, but were billed.'

/** The prompt of a row: a new image, for which nothing of what came before is sent. */
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

/** Rows that have no image and are not in progress, and why; the newest part that a row was in decides. */
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

/** Rows that are in progress, or drawn and not fetched yet: their cost is not in any session so far. */
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

/** True when nothing in it will change by itself any more. */
export function isDone({ parts }: Job): boolean {
  return parts.every(({ state }) => state.kind === 'fetched')
}

/** True when the server has to be asked for its state. */
export function isOut({ parts }: Job): boolean {
  return parts.some(({ state }) => state.kind === 'running' || state.kind === 'sending')
}
