import * as z from 'zod'
import type { Grounding, Source } from '../../core/session/grounding.ts'
import type { Thought } from '../../core/session/thoughts.ts'
import { fileRef } from './file-format.ts'

// What is told of an answer beside its words and images. What cannot be read of it is left out: the answer stands.

/** A session may come from anywhere, and what is in it is shown as a link. */
const address = z.string().refine((uri) => /^https?:/i.test(uri) && URL.canParse(uri))

const source: z.ZodType<Source> = z.looseObject({
  kind: z.enum(['web', 'image']),
  uri: address,
  title: z.string(),
})

export const grounding: z.ZodType<Grounding> = z
  .looseObject({
    queries: z.array(z.string()),
    imageQueries: z.array(z.string()),
    sources: z.array(source),
    suggestions: z.array(z.looseObject({ text: z.string(), uri: address })),
  })
  .catch({ queries: [], imageQueries: [], sources: [], suggestions: [] })

const thought: z.ZodType<Thought> = z.discriminatedUnion('kind', [
  z.looseObject({ kind: z.literal('text'), text: z.string() }),
  z.looseObject({ kind: z.literal('image'), file: fileRef }),
])

export const thoughts: z.ZodType<readonly Thought[]> = z.array(thought).catch([])
