import type { Grounding } from './grounding.ts'
import type { Thought } from './thoughts.ts'

/** A signature inside the line or, when large, in a file beside it. `size` is its length in characters. */
export type SignatureRef = { readonly value: string } | { readonly file: string; readonly size: number }

export type AnswerPart =
  | { readonly kind: 'text'; readonly text: string; readonly signature?: SignatureRef }
  | {
      readonly kind: 'image'
      readonly version: number
      readonly file: string
      readonly mime: string
      readonly bytes: number
      readonly signature?: SignatureRef
    }

/** `answers/<turn>.json`: what the model said, in order. Its thoughts are separate, and never sent back. */
export type StoredAnswer = {
  readonly turn: string
  readonly engine: string
  readonly model: string
  readonly parts: readonly AnswerPart[]
  readonly thoughts?: readonly Thought[]
  readonly grounding?: Grounding
}

export function signatureSize(signature: SignatureRef | undefined): number {
  if (!signature) return 0
  return 'value' in signature ? signature.value.length : signature.size
}

/** Characters of base64 that this many bytes take. */
export function base64Size(bytes: number): number {
  return Math.ceil(bytes / 3) * 4
}

/** Characters that an answer takes when it is sent back: images, signatures and words. */
export function weightOf(parts: readonly AnswerPart[]): number {
  let weight = 0
  for (const part of parts) {
    weight +=
      signatureSize(part.signature) + (part.kind === 'image' ? base64Size(part.bytes) : part.text.length)
  }
  return weight
}
