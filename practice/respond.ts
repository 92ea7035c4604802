import { createHash } from 'node:crypto'
import { type Asked, check } from './check.ts'
import { readConversation } from './conversation.ts'
import { howMany } from './how-many.ts'
import { type DrawnPicture, makePicture } from './make-picture.ts'
import type { Model } from './models.ts'
import { sketch } from './picture.ts'
import type { Answer, Candidate, Part, Request } from './protocol.ts'
import { groundingOf } from './search-results.ts'
import { sign } from './signature.ts'
import { usageOf } from './token-count.ts'

/** The answer of a model in good health: words first, then the image, signed as the model signs. */
export async function reply(request: Request, plain: Model, again: number): Promise<Answer> {
  const asked = check(request, plain)
  const model = { ...plain, mimeType: asked.mimeType }
  const conversation = readConversation(request)
  const pictures: DrawnPicture[] = []
  for (let i = 0; i < (asked.image ? howMany(conversation.prompt) : 1); i++) {
    pictures.push(await makePicture(conversation, asked, model, again, i))
  }
  const parts = [...(await thoughts(pictures, asked, model)), ...partsFor(pictures, asked, model)]
  const grounding = asked.search && groundingOf(conversation.prompt, parts, asked.search)
  return finished(parts, request, model, grounding ? { groundingMetadata: grounding } : {})
}

/** The first part of all is signed, and each image; later words are not. */
function partsFor(pictures: readonly DrawnPicture[], asked: Asked, model: Model): Part[] {
  return pictures.flatMap(({ words, image }, i) => {
    const said = asked.image ? words : `I was asked for words alone. With an image I would say: ${words}`
    const text = i === 0 ? textPart(said, model) : { text: said }
    return [...(asked.words ? [text] : []), ...(asked.image ? [imagePart(image, model)] : [])]
  })
}

async function thoughts(pictures: readonly DrawnPicture[], { roughs }: Asked, model: Model): Promise<Part[]> {
  const last = pictures.at(-1)
  return roughs === null || !last ? [] : thoughtParts(last.words, last.image, model, roughs)
}

function finished(parts: Part[], request: Request, model: Model, more: Partial<Candidate>): Answer {
  const usage = usageOf(request, model, parts)
  const room = request.generationConfig?.maxOutputTokens ?? Number.POSITIVE_INFINITY
  const fits = (usage.candidatesTokenCount ?? 0) <= room
  const shown = fits ? parts : parts.filter((part) => part.text !== undefined)
  return {
    candidates: [
      {
        content: { parts: shown, role: 'model' },
        finishReason: fits ? 'STOP' : 'MAX_TOKENS',
        index: 0,
        ...more,
      },
    ],
    usageMetadata: fits ? usage : usageOf(request, model, shown),
    ...named(request, model),
  }
}

/** The id comes from the request: nothing here is left to real chance. */
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

/** Thoughts are unsigned: a sentence, a rough of the image that is to come, and the image itself. */
export async function thoughtParts(
  words: string,
  image: Buffer,
  model: Model,
  roughs: number,
): Promise<Part[]> {
  const images = roughs > 1 ? [await sketch(image, model.mimeType), image] : [image]
  return [
    { text: `**Considering the picture**\n\nA rough first. Then: ${words}`, thought: true },
    ...images.map((bytes) => {
      const inlineData = { mimeType: model.mimeType, data: bytes.toString('base64') }
      return { inlineData, thought: true }
    }),
  ]
}
