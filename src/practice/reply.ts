import { createHash } from 'node:crypto'
import { check } from './check.ts'
import { readConversation } from './conversation.ts'
import type { Model } from './models.ts'
import { sketch } from './picture.ts'
import type { Answer, Part, Request } from './protocol.ts'
import { sign } from './signature.ts'
import { make } from './studio.ts'
import { usageOf } from './usage.ts'

/** The answer of a model in good health: words first, then the image, signed as the model signs. */
export async function reply(request: Request, model: Model): Promise<Answer> {
  const asked = check(request, model)
  const { words, image } = await make(readConversation(request), asked, model)
  const parts = [
    ...(asked.thoughts ? await thoughtParts(words, image, model) : []),
    textPart(asked.image ? words : `I was asked for words alone. With an image I would say: ${words}`, model),
    ...(asked.image ? [imagePart(image, model)] : []),
  ]
  return finished(parts, request, model)
}

function finished(parts: Part[], request: Request, model: Model): Answer {
  return {
    candidates: [{ content: { parts, role: 'model' }, finishReason: 'STOP', index: 0 }],
    usageMetadata: usageOf(request, model, parts),
    ...named(request, model),
  }
}

/** The id comes from the request, so that the same request is answered by the same bytes. */
export function named(request: Request, model: Model): Pick<Answer, 'modelVersion' | 'responseId'> {
  const digest = createHash('sha256').update(model.id).update(JSON.stringify(request)).digest('base64url')
  return { modelVersion: model.id, responseId: digest.slice(0, 22) }
}

export function textPart(text: string, model: Model): Part {
  return { text, ...(model.generation === 3 && { thoughtSignature: sign(model.id, { kind: 'text', text }) }) }
}

export function imagePart(bytes: Buffer, model: Model): Part {
  const inlineData = { mimeType: model.mimeType, data: bytes.toString('base64') }
  if (model.generation < 3) return { inlineData }
  return { inlineData, thoughtSignature: sign(model.id, { kind: 'image', bytes }) }
}

/** Thoughts are unsigned: a sentence, and a rough of the image that is to come. */
export async function thoughtParts(words: string, image: Buffer, model: Model): Promise<Part[]> {
  const data = (await sketch(image, model.mimeType)).toString('base64')
  return [
    { text: `**Considering the picture**\n\nA rough first. Then: ${words}`, thought: true },
    { inlineData: { mimeType: model.mimeType, data }, thought: true },
  ]
}
