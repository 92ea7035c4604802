import type { Notice } from '../event.ts'
import { type Sum, sum } from '../money/call-cost.ts'
import { type NotSent, type PartOutcome, type TaskProblem, type WhyFailed, whyText } from './part-outcome.ts'

/** What became of a line: one part for each image that it asked for, and none for a command. */
export type LineOutcome = {
  readonly parts: readonly PartOutcome[]
  /** The turns that were recorded, in order. */
  readonly turns: readonly string[]
  /** All versions that the line has made, whether or not other parts of it failed. */
  readonly versions: readonly number[]
  readonly cost: Sum
  /** What was said while it ran, in order. */
  readonly said: readonly Notice[]
} & (
  | { readonly kind: 'done' }
  | { readonly kind: 'not-sent'; readonly why: NotSent }
  | { readonly kind: 'failed'; readonly why: WhyFailed }
)

type OutcomeInput = {
  readonly parts: readonly PartOutcome[]
  readonly problem: TaskProblem | undefined
  readonly versions: readonly number[]
  readonly said: readonly Notice[]
}

/** The first part that is not done decides what became of the whole; a problem of the line itself comes before it. */
export function outcomeOf({ problem, versions, said, ...input }: OutcomeInput): LineOutcome {
  const parts = [...input.parts, ...((problem?.kind === 'failed' && problem.parts) || [])]
  const turns = parts.flatMap((part) => (part.kind !== 'not-sent' && part.turn !== null ? [part.turn] : []))
  const costs = parts.flatMap((part) => (part.kind !== 'not-sent' && part.cost ? [part.cost] : []))
  const rest = { parts, turns, versions, cost: sum(costs), said }
  const bad = problem ?? parts.find((part) => part.kind !== 'done')
  if (!bad) return { ...rest, kind: 'done' }
  return bad.kind === 'failed'
    ? { ...rest, kind: 'failed', why: bad.why }
    : { ...rest, kind: 'not-sent', why: bad.why }
}

/** Why a line was not done, as sentences for a place without keys to press, each only once. */
export function whyOf(outcome: LineOutcome): string {
  const own = outcome.kind === 'done' ? [] : [whyText(outcome.why)]
  const parts = outcome.parts.flatMap((part) => (part.kind === 'done' ? [] : [whyText(part.why)]))
  return [...new Set([...own, ...parts])].filter((words) => words !== '').join('\n')
}
