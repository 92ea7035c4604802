import type { NothingKind } from './finish-reasons.ts'

/** Why an answer has no image. */
export type Nothing = {
  readonly kind: NothingKind
  /** The server's own name for it: a finishReason, or a blockReason. */
  readonly reason?: string
  /** What the server says about it, if anything. */
  readonly says: string
}
