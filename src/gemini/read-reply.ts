import * as z from 'zod'
import type { Usage } from '../core/money/token-usage.ts'
import type { Reply, ReplyPart, ReplyThought } from '../core/request/reply.ts'
import { sniff } from '../image/sniff.ts'
import { GroundingMetadata, readGrounding } from './read-grounding.ts'
import type { Unpacked } from './response-body.ts'

const Part = z.looseObject({
  text: z.string().nullish(),
  thought: z.boolean().nullish(),
  thoughtSignature: z.string().nullish(),
  inlineData: z.looseObject({ data: z.string().nullish() }).nullish(),
})

const Candidate = z.looseObject({
  content: z.looseObject({ parts: z.array(Part.nullish()).nullish() }).nullish(),
  finishReason: z.string().nullish(),
  finishMessage: z.string().nullish(),
  groundingMetadata: GroundingMetadata,
})

const Details = z
  .array(z.looseObject({ modality: z.string().nullish(), tokenCount: z.number().nullish() }))
  .nullish()

const UsageMetadata = z.looseObject({
  promptTokenCount: z.number().nullish(),
  toolUsePromptTokenCount: z.number().nullish(),
  candidatesTokenCount: z.number().nullish(),
  candidatesTokensDetails: Details,
  thoughtsTokenCount: z.number().nullish(),
  totalTokenCount: z.number().nullish(),
  serviceTier: z.string().nullish(),
})

const Response = z.looseObject({
  candidates: z.array(Candidate.nullish()).nullish(),
  promptFeedback: z
    .looseObject({ blockReason: z.string().nullish(), blockReasonMessage: z.string().nullish() })
    .nullish(),
  usageMetadata: UsageMetadata.nullish(),
})

/**
 * Reads an answer part by part; `images` are those that `unpack` has taken out of it. Throws a ZodError when the
 * response is not an answer.
 */
export function readReply(response: unknown, images?: Unpacked['images']): Reply {
  const { candidates, promptFeedback, usageMetadata } = Response.parse(response)
  const candidate = candidates?.[0]
  const all = (candidate?.content?.parts ?? []).filter((part) => part != null)
  const parts = all.filter(({ thought }) => !thought).flatMap((part) => readPart(part, images))
  return {
    parts,
    thoughts: all.filter(({ thought }) => thought).flatMap((part) => readThought(part, images)),
    grounding: readGrounding(candidate?.groundingMetadata),
    finish: candidate?.finishReason ?? null,
    finishMessage: candidate?.finishMessage ?? '',
    block: promptFeedback?.blockReason ?? null,
    blockMessage: promptFeedback?.blockReasonMessage ?? '',
    usage: usageMetadata ? readUsage(usageMetadata, parts) : null,
  }
}

function readPart(part: z.infer<typeof Part>, images: Unpacked['images'] | undefined): readonly ReplyPart[] {
  const signature = part.thoughtSignature ? { signature: part.thoughtSignature } : {}
  if (part.inlineData) {
    const data = part.inlineData.data ?? ''
    const bytes = images && data !== '' ? images[Number(data)] : decode(data)
    // The announced format is sometimes wrong, so the bytes decide.
    const image = bytes && sniff(bytes) !== undefined
    return [image ? { kind: 'image', bytes, ...signature } : { kind: 'broken' }]
  }
  if (typeof part.text !== 'string') return []
  return part.text === '' && !part.thoughtSignature ? [] : [{ kind: 'text', text: part.text, ...signature }]
}

/** Reads a thought; one that cannot be shown is left out. */
function readThought(
  part: z.infer<typeof Part>,
  images: Unpacked['images'] | undefined,
): readonly ReplyThought[] {
  const [read] = readPart(part, images)
  if (read?.kind === 'image') return [{ kind: 'image', bytes: read.bytes }]
  return read?.kind === 'text' && read.text.trim() !== '' ? [{ kind: 'text', text: read.text }] : []
}

/** Undefined for invalid base64: Node would silently drop what it cannot decode, and leave holes in the picture. */
function decode(data: string): Uint8Array | undefined {
  if (data === '' || !/^[A-Za-z0-9+/_-]*={0,2}\s*$/.test(data)) return undefined
  return Buffer.from(data, 'base64')
}

function readUsage(usage: z.infer<typeof UsageMetadata>, parts: readonly ReplyPart[]): Usage {
  const tokensOf = (modality: string) =>
    (usage.candidatesTokensDetails ?? [])
      .filter((detail) => detail.modality === modality)
      .reduce((total, detail) => total + (detail.tokenCount ?? 0), 0)
  const input = (usage.promptTokenCount ?? 0) + (usage.toolUsePromptTokenCount ?? 0)
  const output = usage.candidatesTokenCount ?? 0
  const thoughts = usage.thoughtsTokenCount ?? 0
  const isDetailed = (usage.candidatesTokensDetails ?? []).length > 0
  const image = parts.some(({ kind }) => kind !== 'text')
  return {
    input,
    outputText: isDetailed || image ? tokensOf('TEXT') : output,
    // Without details, all tokens of an answer with an image are priced as image: too high rather than too low.
    outputImage: isDetailed ? tokensOf('IMAGE') : image ? output : 0,
    thoughts,
    total: usage.totalTokenCount ?? input + output + thoughts,
    ...(usage.serviceTier ? { tier: usage.serviceTier.toLowerCase() } : {}),
  }
}
