import { type Failure, failureText, type SentenceFor } from '../failures/failure.ts'
import type { Nothing } from '../failures/missing-image.ts'
import type { Cost } from '../money/call-cost.ts'
import { nothingText } from '../request/reply.ts'
import type { Turn } from '../session/session.ts'
import type { NotSentReason } from './not-sent-reason.ts'

/** Why something was not sent. Nothing of it was billed. */
export type NotSent = {
  readonly reason: NotSentReason
  /** A sentence for a place without keys to press. */
  readonly says: string
}

/** Why something failed that was sent, or that limn was asked to do itself. */
export type WhyFailed =
  | {
      readonly kind: 'failure'
      readonly failure: Failure
      readonly engine: string
      /** Replaces the failure's own sentences. */
      readonly says?: string
    }
  /** The answer had no image in it: words alone, or a refusal. */
  | { readonly kind: 'no-image'; readonly nothing: Nothing | null; readonly words: string }
  /** A command could not do it. */
  | { readonly kind: 'problem'; readonly says: string }

/** What became of one image that a line asked for. */
export type PartOutcome =
  | {
      readonly kind: 'done'
      readonly turn: string
      readonly versions: readonly number[]
      readonly cost: Cost
    }
  | { readonly kind: 'not-sent'; readonly why: NotSent }
  | {
      readonly kind: 'failed'
      readonly turn: string | null
      readonly why: WhyFailed
      /** Undefined when nothing was billed; unknown when it may have been. */
      readonly cost: Cost | undefined
    }

/** What a command or a turn returns when it did not do what it was asked to; nothing when it did. */
export type TaskProblem =
  | {
      readonly kind: 'failed'
      readonly why: WhyFailed
      /** If several images were asked for: the outcome of each one that is missing. */
      readonly parts?: readonly PartOutcome[]
    }
  | { readonly kind: 'not-sent'; readonly why: NotSent }

/** What became of a turn; undefined while it is in flight. */
export function partOf(turn: Turn, cost: Cost | undefined): PartOutcome | undefined {
  const { id, outcome, engine } = turn
  switch (outcome.kind) {
    case 'open':
      return undefined
    case 'answered': {
      const { versions, main, nothing = null, words } = outcome
      return main === null
        ? { kind: 'failed', turn: id, why: { kind: 'no-image', nothing, words }, cost: outcome.cost }
        : { kind: 'done', turn: id, versions, cost: outcome.cost }
    }
    case 'failed':
      return { kind: 'failed', turn: id, why: { kind: 'failure', failure: outcome.failure, engine }, cost }
  }
}

/** Why, as sentences. */
export function whyText(why: NotSent | WhyFailed, reader: SentenceFor = 'elsewhere'): string {
  if ('reason' in why) return why.says
  switch (why.kind) {
    case 'failure':
      return why.says ?? failureText(why.failure, why.engine, reader)
    case 'no-image':
      return [why.words, why.nothing ? nothingText(why.nothing) : ''].filter(Boolean).join('\n')
    case 'problem':
      return why.says
  }
}

/** There is no key. */
export const NO_KEY: NotSent = {
  reason: 'no-key',
  says: failureText({ kind: 'no-key' }, '', 'elsewhere'),
}

/** What a command could not do. */
export function problemOf(says: string): TaskProblem & { readonly kind: 'failed' } {
  return { kind: 'failed', why: { kind: 'problem', says } }
}

/** True for a problem, and false for what a step of a task returns when all is well. */
export function isProblem(given: object): given is TaskProblem {
  return 'why' in given
}
