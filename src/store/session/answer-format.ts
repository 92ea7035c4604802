import * as z from 'zod'
import type { AnswerPart, SignatureRef, StoredAnswer } from '../../core/session/stored-answer.ts'
import { insideName } from './file-format.ts'
import { grounding, thoughts } from './told-format.ts'

const count = z.number().int().nonnegative()

const signature: z.ZodType<SignatureRef> = z.union([
  z.looseObject({ value: z.string() }),
  z.looseObject({ file: insideName, size: count }),
])

const part: z.ZodType<AnswerPart> = z.discriminatedUnion('kind', [
  z.looseObject({ kind: z.literal('text'), text: z.string(), signature: signature.exactOptional() }),
  z.looseObject({
    kind: z.literal('image'),
    version: z.number().int().positive(),
    file: insideName,
    mime: z.string(),
    bytes: count,
    signature: signature.exactOptional(),
  }),
])

const answer: z.ZodType<StoredAnswer> = z.looseObject({
  turn: z.string(),
  engine: z.string(),
  model: z.string(),
  parts: z.array(part),
  thoughts: thoughts.exactOptional(),
  grounding: grounding.exactOptional(),
})

export function parseAnswer(text: string): StoredAnswer | undefined {
  try {
    return answer.safeParse(JSON.parse(text)).data
  } catch {
    return undefined
  }
}
