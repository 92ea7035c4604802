import type { Graphics } from '../core/graphics.ts'
import type { Period } from '../core/money/spending.ts'
import type { SessionChoice } from '../core/session/session-choice.ts'

export type CliOptions = {
  readonly files: readonly string[]
  /** The line of `-p`, which the caller sends. */
  readonly line: string
  /** The first line of a new screen: sent when every file has been brought in, else put on the prompt. */
  readonly first: string
  readonly model: string | null
  readonly graphics: Graphics | null
  readonly practice: boolean
  /** Send lines that cost more than `askAbove` without asking. */
  readonly yes: boolean
  readonly faults: string | null
  readonly open: SessionChoice
}

export type CliCommand =
  | { readonly kind: 'help' }
  | { readonly kind: 'version' }
  | { readonly kind: 'wrong'; readonly sentence: string }
  | { readonly kind: 'session'; readonly options: CliOptions }
  /** One line without a screen. */
  | {
      readonly kind: 'one-turn'
      readonly options: CliOptions
      readonly output: string | null
      /** Overwrite an existing file. */
      readonly force: boolean
      /** Show what would be sent, and send nothing. */
      readonly dryRun: boolean
      /** Print everything that happens as lines of JSON. */
      readonly json: boolean
    }
  /** The lines of a file, without a screen. */
  | {
      readonly kind: 'run'
      readonly options: CliOptions
      /** `-` is stdin. */
      readonly file: string
      /** A folder that every image is also saved to. */
      readonly out: string | null
      readonly json: boolean
      /** Run all lines, even after one has failed. */
      readonly keepGoing: boolean
    }
  /** Draw images in the terminal, for scripts and comparisons. */
  | {
      readonly kind: 'show'
      readonly files: readonly string[]
      readonly graphics: CliOptions['graphics']
      readonly cells: { readonly columns: number; readonly rows: number } | null
    }
  | {
      readonly kind: 'doctor'
      readonly json: boolean
      /** Check the live service. */
      readonly live: boolean
      readonly options: CliOptions
    }
  | BatchCommand
  | { readonly kind: 'cost'; readonly period: Period; readonly json: boolean }

export const BATCH_VERBS = ['submit', 'status', 'fetch', 'retry', 'cancel'] as const

export type BatchCommand = {
  readonly kind: 'batch'
  readonly verb: (typeof BATCH_VERBS)[number]
  /** The file to submit, or a job; null means all jobs. */
  readonly word: string | null
  /** Send without asking. */
  readonly yes: boolean
  readonly dryRun: boolean
  readonly json: boolean
  readonly options: CliOptions
}

export function wrong(sentence: string): CliCommand {
  return { kind: 'wrong', sentence }
}
