import type { Grounding, Source } from '../../core/session/grounding.ts'
import type { AnswerPart, SignatureRef, StoredAnswer } from '../../core/session/stored-answer.ts'
import type { Thought } from '../../core/session/thoughts.ts'
import {
  byKind,
  count,
  either,
  list,
  object,
  oneOf,
  optional,
  ordinal,
  otherwise,
  text,
  textThat,
} from '../schema.ts'
import { fileRef, insideName } from './file-schema.ts'

/** Only web addresses: a session may come from anywhere, and limn shows its addresses as links. */
const address = textThat((uri) => /^https?:/i.test(uri) && URL.canParse(uri))

const source = object<Source>({ kind: oneOf(['web', 'image']), uri: address, title: text })

// An answer whose thoughts or sources cannot be read is shown without them.

export const grounding = otherwise(
  object<Grounding>({
    queries: list(text),
    imageQueries: list(text),
    sources: list(source),
    suggestions: list(object<Grounding['suggestions'][number]>({ text, uri: address })),
  }),
  { queries: [], imageQueries: [], sources: [], suggestions: [] },
)

const thought = byKind<Thought>({ text: { text }, image: { file: fileRef } })

export const thoughts = otherwise(list(thought), [])

const signature = either(
  object<Extract<SignatureRef, { readonly value: string }>>({ value: text }),
  object<Exclude<SignatureRef, { readonly value: string }>>({ file: insideName, size: count }),
)

const part = byKind<AnswerPart>({
  text: { text, signature: optional(signature) },
  image: {
    version: ordinal,
    file: insideName,
    mime: text,
    bytes: count,
    signature: optional(signature),
  },
})

const answer = object<StoredAnswer>({
  turn: text,
  engine: text,
  model: text,
  parts: list(part),
  thoughts: optional(thoughts),
  grounding: optional(grounding),
})

/** Undefined when this limn cannot read it as an answer. */
export function parseAnswer(json: string): StoredAnswer | undefined {
  try {
    return answer.safeParse(JSON.parse(json)).data
  } catch {
    return undefined
  }
}
