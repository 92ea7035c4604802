import { bytesOf, checkImages, imagesOf } from './conversation.ts'
import { internal, invalidArgument, mustBeOneOf, Refusal, tooManyImages } from './errors.ts'
import { checkNumbers, checkSafety, roughsOf, searchOf } from './generation-settings.ts'
import { isRatio, isSize, type Model, type Ratio, type Size } from './models.ts'
import type { Content, Part, Request, Search } from './protocol.ts'
import { type Signed, verifies } from './signature.ts'

/** What the request asks of the image, once checked against what the model can do. */
export type ImageSpec = {
  ratio?: Ratio
  size: Size
  /** Which kinds of parts the answer should have: at least one of the two. */
  text: boolean
  image: boolean
  /** How many rough images come among the thoughts; null when no thoughts are shown. */
  roughs: number | null
  search: Search | null
  mimeType: Model['mimeType']
  seed?: number
}

/** Throws the refusal that the real service would send. */
export function check(request: Request, model: Model): ImageSpec {
  const { imageConfig = {}, responseModalities = [], seed } = request.generationConfig ?? {}
  const { aspectRatio, imageSize } = imageConfig
  const field = 'generation_config.image_config'
  if (aspectRatio !== undefined && !isRatio(model, aspectRatio)) {
    throw new Refusal(invalidArgument(mustBeOneOf(`${field}.aspect_ratio`, model.ratios)))
  }
  // The first Nano Banana has one size, and the service answers 500, not 400, when a size is sent.
  if (imageSize !== undefined && model.sizes.length === 0) throw new Refusal(internal())
  if (imageSize !== undefined && !isSize(model, imageSize)) {
    throw new Refusal(invalidArgument(mustBeOneOf(`${field}.image_size`, model.sizes)))
  }
  checkNumbers(request)
  checkSafety(request)
  checkImages(request)
  const count = imagesOf(request.contents.at(-1) as Content).length
  if (count > model.imageLimit) throw new Refusal(tooManyImages(model, count))
  if (model.generation === 3) checkSignatures(request, model.id)
  const wanted = responseModalities.map((each) => each.toUpperCase())
  return {
    ...(aspectRatio !== undefined && { ratio: aspectRatio }),
    size: imageSize ?? '1K',
    text: wanted.length === 0 || wanted.includes('TEXT') || !wanted.includes('IMAGE'),
    image: wanted.length === 0 || wanted.includes('IMAGE'),
    roughs: roughsOf(request, model),
    search: searchOf(request, model),
    mimeType: imageConfig.imageOutputOptions?.mimeType ?? model.mimeType,
    ...(seed !== undefined && { seed }),
  }
}

/**
 * The first part of a model turn and each of its images carry a signature; thoughts carry none. A turn that was
 * streamed may come back as several contents in a row.
 */
function checkSignatures({ contents }: Request, model: string): void {
  for (const [i, content] of contents.entries()) {
    if (content.role !== 'model') continue
    const goesOn = contents[i - 1]?.role === 'model'
    const first = goesOn ? -1 : content.parts.findIndex((part) => !part.thought)
    for (const [j, part] of content.parts.entries()) {
      const signed = signable(part)
      if (!signed) continue
      if (part.thoughtSignature !== undefined) {
        if (!verifies(part.thoughtSignature, model, signed)) throw new Refusal(badSignature(i))
      } else if (j === first || signed.kind === 'image') {
        throw new Refusal(missingSignature(signed.kind, i, j))
      }
    }
  }
}

function signable(part: Part): Signed | undefined {
  if (part.thought) return undefined
  if (part.inlineData) return { kind: 'image', bytes: bytesOf(part.inlineData) }
  return part.text === undefined ? undefined : { kind: 'text', text: part.text }
}

/** Google counts these positions from one, and the index of the other message from zero. */
export function missingSignature(kind: Signed['kind'], content: number, part: number) {
  const what = kind === 'image' ? 'Image' : 'Text'
  return invalidArgument(
    `${what} part is missing a thought_signature in content position ${content + 1}, part position ${part + 1}. ` +
      'Please refer to https://ai.google.dev/gemini-api/docs/thought-signatures for more details.',
  )
}

export function badSignature(content: number) {
  return invalidArgument(`invalid thought signature for content at index ${content}`)
}
