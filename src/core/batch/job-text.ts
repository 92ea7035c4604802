import { modelOf } from '../models/model-catalogue.ts'
import { dollars } from '../money/call-cost.ts'
import type { Price } from '../money/forecast.ts'
import type { TurnSettings } from '../settings/turn-settings-type.ts'
import { type Ending, type Job, missingOf, type Part } from './job.ts'
import type { Planned } from './plan-rows.ts'

/** How many rows of a job are in which state; each row is counted once, by the newest part that it is in. */
type Tally = {
  readonly unsent: number
  readonly out: number
  /** Of those that are in progress, as far as the server reports. */
  readonly drawn: number
  readonly ready: number
  readonly landed: number
  readonly missing: number
}

export function tallyOf(job: Job): Tally {
  const newest = new Map(job.parts.flatMap((part) => part.rows.map((row) => [row, part] as const)))
  const count = (fits: (part: Part) => boolean) => [...newest.values()].filter(fits).length
  const missing = new Set(missingOf(job).map(({ row }) => row))
  const lost = [...newest].filter(([row, { state }]) => missing.has(row) && state.kind !== 'unsent').length
  return {
    unsent: count(({ state }) => state.kind === 'unsent'),
    out: count(({ state }) => state.kind === 'sending' || state.kind === 'running'),
    drawn: job.parts.reduce((sum, { state }) => sum + (state.kind === 'running' ? state.done : 0), 0),
    ready: count(({ state }) => state.kind === 'ended' && !state.refused),
    landed: count(({ state }) => state.kind === 'fetched') + count(isRefused) - lost,
    missing: lost,
  }
}

function isRefused({ state }: Part): boolean {
  return state.kind === 'ended' && state.refused !== undefined
}

/** `20 ready: limn batch fetch posters · 40 in progress, 12 of them drawn`. `command` is `limn batch` or `/batch`. */
export function stateText(job: Job, command: string): string {
  const { unsent, out, drawn, ready, landed, missing } = tallyOf(job)
  const items = [
    ready > 0 ? `${ready} ready: ${command} fetch ${job.id}` : '',
    out > 0 ? `${out} in progress${drawn > 0 ? `, ${drawn} of them drawn` : ''}` : '',
    landed > 0 ? `${landed} in the session` : '',
    missing > 0 ? `${missing} missing` : '',
    unsent > 0 ? `${unsent} not sent` : '',
    missing + unsent > 0 && ready + out === 0 ? `${command} retry ${job.id}` : '',
  ]
  return items.filter(Boolean).join(' · ')
}

/** `27 rows · Nano Banana 2.1 · in progress, 12 drawn`. */
export function partText({ rows, model, state }: Part): string {
  return [`${rows.length} row${rows.length === 1 ? '' : 's'}`, modelOf(model).name, stateOf(state)].join(
    ' · ',
  )
}

const ENDED: Readonly<Record<Ending, string>> = {
  succeeded: 'done',
  failed: 'failed at the server',
  cancelled: 'cancelled',
  expired: 'not finished within its 48 hours',
  lost: 'no longer known to the server',
}

function stateOf(state: Part['state']): string {
  switch (state.kind) {
    case 'unsent':
      return 'not sent'
    case 'sending':
      return 'sent, but not confirmed: limn will ask the server whether it has it'
    case 'running':
      return state.done > 0 ? `in progress, ${state.done} drawn` : 'in progress'
    case 'ended': {
      const says = state.says === '' ? '' : `: "${state.says}"`
      return state.refused ? 'done, but its results could not be fetched' : `${ENDED[state.how]}${says}`
    }
    case 'fetched':
      return state.how === 'succeeded' ? 'fetched' : `fetched, ${ENDED[state.how]}`
  }
}

/** `40 × 1K by Nano Banana Pro, 20 × 4K by Nano Banana Pro`. */
export function kindsText(rows: readonly { readonly settings: TurnSettings }[]): string {
  const kinds = Map.groupBy(rows, ({ settings }) => `${settings.size} by ${modelOf(settings.model).name}`)
  return [...kinds].map(([kind, same]) => `${same.length} × ${kind}`).join(', ')
}

/** `60 images` */
export function countText(count: number): string {
  return count === 1 ? 'One image' : `${count} images`
}

/** What a batch will cost, as shown before anything is sent. */
export function priceText(prices: readonly Price[], engine: string): string {
  if (engine === 'practice') return 'practice · free'
  const known = prices.filter((price) => typeof price === 'object')
  const unknown = prices.length - known.length
  if (known.length === 0) return 'the price is not known'
  const usd = known.reduce((sum, { usual }) => sum + usual, 0)
  const text = `about ${dollars(usd)}, half of the list price`
  if (unknown === 0) return text
  return `${text}, and ${unknown === 1 ? 'one row' : `${unknown} rows`} whose price is not known`
}

/** `line 4  There is no …`, for a listing. */
export function problemRows(problems: Planned['problems']): readonly (readonly string[])[] {
  return problems
    .toSorted((a, b) => a.line - b.line)
    .map(({ line, sentence }) => [line === 0 ? 'file' : `line ${line}`, sentence])
}
