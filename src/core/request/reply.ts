import { type Ending, FINISHES, type NothingKind, UNNAMED_FINISH, USUAL } from '../failures/finish-reasons.ts'
import type { Nothing } from '../failures/missing-image.ts'
import { BLOCKS, UNNAMED_BLOCK } from '../failures/prompt-blocks.ts'
import type { Usage } from '../money/token-usage.ts'
import type { Grounding } from '../session/grounding.ts'

export type ReplyPart =
  | { readonly kind: 'text'; readonly text: string; readonly signature?: string }
  | { readonly kind: 'image'; readonly bytes: Uint8Array; readonly signature?: string }
  /** Image data that cannot be decoded, or bytes that are no image. */
  | { readonly kind: 'broken' }

/** What the model thought; not a part of its answer. */
export type ReplyThought =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'image'; readonly bytes: Uint8Array }

/** What an engine answered, read once at the edge. */
export type Reply = {
  readonly parts: readonly ReplyPart[]
  readonly thoughts: readonly ReplyThought[]
  readonly grounding: Grounding | null
  readonly finish: string | null
  readonly finishMessage: string
  readonly block: string | null
  readonly blockMessage: string
  readonly usage: Usage | null
}

/** The texts of an answer as one; an image between two of them leaves a line break. */
export function wordsOf(reply: Reply): string {
  let words = ''
  let apart = false
  for (const part of reply.parts) {
    if (part.kind !== 'text') {
      apart = true
      continue
    }
    const joined = !apart || /\s$/.test(words) || /^\s/.test(part.text)
    words += words === '' || part.text === '' || joined ? part.text : `\n${part.text}`
    if (part.text !== '') apart = false
  }
  return words.trim()
}

/** Undefined when there is an image: it counts, whatever finish reason the server gives. */
export function nothingOf(reply: Reply): Nothing | undefined {
  if (reply.parts.some(({ kind }) => kind === 'image')) return undefined
  const { block, finish } = reply
  if (block !== null) return named(block, reply.blockMessage, BLOCKS, 'blocked-prompt')
  if (reply.parts.some(({ kind }) => kind === 'broken')) return { kind: 'broken-image', says: '' }
  if (finish !== null && finish !== 'STOP') return named(finish, reply.finishMessage, FINISHES, 'other')
  return { kind: wordsOf(reply) === '' ? 'empty' : 'words-only', says: '' }
}

/** A reason that limn has no row for is quoted by its name. */
function named(reason: string, message: string, rows: FailureRows, unknown: NothingKind): Nothing {
  if (Object.hasOwn(rows, reason)) return { kind: rows[reason]?.kind ?? unknown, reason, says: message }
  return { kind: unknown, says: [reason, message].filter(Boolean).join(': ') }
}

type FailureRows = Readonly<Record<string, Ending>>

/** For sessions that recorded only the kind. */
const OF_KIND: Readonly<Record<NothingKind, Ending>> = {
  ...USUAL,
  'no-image': FINISHES.NO_IMAGE,
  'blocked-prompt': UNNAMED_BLOCK,
  safety: FINISHES.IMAGE_SAFETY,
  prohibited: FINISHES.PROHIBITED_CONTENT,
  recitation: FINISHES.IMAGE_RECITATION,
  'too-long': FINISHES.MAX_TOKENS,
  language: FINISHES.LANGUAGE,
  other: UNNAMED_FINISH,
}

/** The row of the table that describes it. */
function endingOf({ kind, reason, says }: Nothing): Ending {
  // Older sessions have no `reason`: they recorded the reason of a block in `says`.
  const name = reason ?? says.trim()
  const rows: FailureRows = kind === 'blocked-prompt' ? BLOCKS : FINISHES
  return (Object.hasOwn(rows, name) ? rows[name] : undefined) ?? OF_KIND[kind]
}

/** Why there is no image, and what to try. */
export function nothingText(nothing: Nothing): string {
  const { what, next } = endingOf(nothing)
  const says = nothing.says.trim().replace(/\s+/g, ' ').replace(/\.$/, '')
  const because = says === '' || Object.hasOwn(BLOCKS, says) ? '' : ` The server says: "${says}".`
  return `${what}${because} ${next}`
}
