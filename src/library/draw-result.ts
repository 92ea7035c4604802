import type { NotSentReason } from '../core/line/not-sent-reason.ts'

/** An image of the session. */
export type LimnVersion = {
  /** 3 for v3. */
  readonly number: number
  /** The full path of the file. */
  readonly path: string
  readonly mime: string
  /** In pixels. */
  readonly width: number
  readonly height: number
  /** Its tags. */
  readonly tags: readonly string[]
  /** The prompt that made it; null for an image that was brought in. */
  readonly prompt: string | null
}

/** Why something was not done. */
export type LimnProblem =
  /** Nothing was sent, and nothing was billed. */
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

/** What a drawing returned, whatever its outcome. */
export type DrawOutput = {
  /** The images that arrived, in order. */
  readonly versions: readonly LimnVersion[]
  /** What the model said. */
  readonly words: string
  /** What limn said, such as that it used another size. */
  readonly notes: readonly string[]
  /** The known cost, in dollars. */
  readonly usd: number
  /** The number of further calls that may have been billed: the server may have made an image that never arrived. */
  readonly mayHaveBeenBilled: number
}

/** If several images differ, the first one that failed decides the kind; the others are in `versions` anyway. */
export type DrawResult = DrawOutput & ({ readonly kind: 'done' } | LimnProblem)

export type ActResult<T = unknown> = ({ readonly kind: 'done' } & T) | LimnProblem
