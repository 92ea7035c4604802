import type { NotSentReason } from '../core/line/not-sent-reason.ts'

/** An image of the session. */
export type LimnVersion = {
  /** 3 for v3. */
  readonly number: number
  /** The file, as a whole path. */
  readonly path: string
  readonly mime: string
  /** In pixels. */
  readonly width: number
  readonly height: number
  /** The names that it was given. */
  readonly tags: readonly string[]
  /** The words that it was made with; null for one that was brought in. */
  readonly prompt: string | null
}

/** Why something was not done. */
export type LimnProblem =
  /** Nothing went out, and nothing was billed. */
  | {
      readonly kind: 'not-sent'
      /** `not-open`: the session could not be opened. */
      readonly reason: NotSentReason | 'not-open'
      readonly text: string
    }
  /** A safety filter refused it. `reason` is its name, such as `safety` or `blocked-prompt`. */
  | { readonly kind: 'refused'; readonly reason: string; readonly text: string }
  /** `reason` is the name of a failure, as docs/failures.md has it, or `problem`. */
  | { readonly kind: 'failed'; readonly reason: string; readonly text: string }

/** What a drawing brought, whatever became of the rest of it. */
export type DrawOutput = {
  /** The images that came, in order. */
  readonly versions: readonly LimnVersion[]
  /** What the model said. */
  readonly words: string
  /** What limn said, such as that another size was used. */
  readonly notes: readonly string[]
  /** What is known of its cost, in dollars. */
  readonly usd: number
  /** Calls that may have been billed beside that: the server may have made an image that never came. */
  readonly mayHaveBeenBilled: number
}

/** Of several images that differ, the first that is not done tells the kind; the others are in `versions` all the same. */
export type DrawResult = DrawOutput & ({ readonly kind: 'done' } | LimnProblem)

export type ActResult<T = unknown> = ({ readonly kind: 'done' } & T) | LimnProblem
