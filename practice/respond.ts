import { createHash } from 'node:crypto'
import { check, type ImageSpec } from './check.ts'
import { readConversation } from './conversation.ts'
import { imageCount } from './image-count.ts'
import { type DrawnPicture, makePicture } from './make-picture.ts'
import type { Model } from './models.ts'
import { sketch } from './picture.ts'
import type { Answer, Candidate, Part, Request } from './protocol.ts'
import { groundingOf } from './search-results.ts'
import { sign } from './signature.ts'
import { usageOf } from './token-count.ts'

/** The normal answer: words first, then the image, signed as the model signs. */
export async function reply(request: Request, plain: Model, repeat: number): Promise<Answer> {
  const spec = check(request, plain)
  const model = { ...plain, mimeType: spec.mimeType }
  const conversation = readConversation(request)
  const pictures: DrawnPicture[] = []
  for (let i = 0; i < (spec.image ? imageCount(conversation.prompt) : 1); i++) {
    pictures.push(await makePicture(conversation, spec, model, repeat, i))
  }
  const parts = [...(await thoughts(pictures, spec, model)), ...partsFor(pictures, spec, model)]
  const grounding = spec.search && groundingOf(conversation.prompt, parts, spec.search)
  return finished(parts, request, model, grounding ? { groundingMetadata: grounding } : {})
}

/** The first part and each image are signed; later texts are not. */
function partsFor(pictures: readonly DrawnPicture[], spec: ImageSpec, model: Model): Part[] {
  return pictures.flatMap(({ words, image }, i) => {
    const said = spec.image ? words : `You asked for text only. With an image I would say: ${words}`
    const text = i === 0 ? textPart(said, model) : { text: said }
    return [...(spec.text ? [text] : []), ...(spec.image ? [imagePart(image, model)] : [])]
  })
}

async function thoughts(
  pictures: readonly DrawnPicture[],
  { roughs }: ImageSpec,
  model: Model,
): Promise<Part[]> {
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

/** The id is a hash of the request, so that answers are reproducible. */
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

/** Unsigned thoughts: a sentence, a rough of the coming image, and the image itself. */
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
