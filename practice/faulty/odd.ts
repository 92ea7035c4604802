import type { Model } from '../models.ts'
import { drift, sketch } from '../picture.ts'
import type { Part } from '../protocol.ts'
import { imagePart, textPart, thoughtParts } from '../respond.ts'
import { type Behaviour, partsOf, spoil, withParts } from './behaviour.ts'

const withData = (data: string, mimeType?: string): Behaviour =>
  withParts((parts) =>
    parts.map((part) =>
      part.inlineData
        ? { ...part, inlineData: { mimeType: mimeType ?? part.inlineData.mimeType, data } }
        : part,
    ),
  )

const isImage = ({ inlineData, thought }: Part) => inlineData !== undefined && !thought

const imageOf = (parts: Part[]) => Buffer.from(parts.find(isImage)?.inlineData?.data ?? '', 'base64')

/** Two roughs and the image, all three as ordinary parts, as drafts were observed. */
async function threeImages(parts: Part[], model: Model): Promise<[Buffer, Buffer, Buffer]> {
  const image = imageOf(parts)
  const first = await sketch(image, model.mimeType)
  return [first, await sketch(first, model.mimeType), image]
}

/** Answers with an image in an unexpected place, format or number. */
export const ODD = {
  several: withParts(async (parts, { model }) => {
    const images = await threeImages(parts, model)
    return images.flatMap((image, i) => {
      const text = ['A first draft.', 'A second draft.', 'The final picture.'][i] ?? ''
      return [i === 0 ? textPart(text, model) : { text }, imagePart(image, model)]
    })
  }),
  drafts: withParts(async (parts, { model }) => {
    const [first, second, last] = await threeImages(parts, model)
    const [a, b, c] = [imagePart(first, model), imagePart(second, model), imagePart(last, model)]
    return [a, { text: 'That was a draft; here is another.' }, b, { text: 'And the final picture.' }, c]
  }),
  thoughts: withParts(async (parts, { model }) => [
    ...(await thoughtParts('the final picture.', imageOf(parts), model, 2)),
    ...parts.filter((part) => !part.thought),
  ]),
  'thought-only': withParts(async (parts, { model }) =>
    thoughtParts('the final picture.', imageOf(parts), model, 1),
  ),
  'image-first': withParts((parts) => [...parts.filter(isImage), ...parts.filter((part) => !isImage(part))]),
  'image-alone': withParts((parts) => parts.filter(isImage)),
  'finish-with-image': withParts((parts) => parts, 'IMAGE_OTHER'),
  'no-finish': spoil((answer) => {
    const [{ finishReason: _, ...candidate } = { index: 0 }] = answer.candidates ?? []
    return { ...answer, candidates: [candidate] }
  }),
  'no-role': spoil((answer) => {
    const candidate = { content: { parts: partsOf(answer) }, finishReason: 'STOP', index: 0 }
    return { ...answer, candidates: [candidate] }
  }),
  unsigned: withParts((parts) => parts.map(({ thoughtSignature: _, ...part }) => part)),
  mislabelled: withParts((parts) =>
    parts.map((part) =>
      part.inlineData ? { ...part, inlineData: { ...part.inlineData, mimeType: 'image/png' } } : part,
    ),
  ),
  drift: withParts(async (parts, { model }) => {
    const drifted = imagePart(await drift(imageOf(parts), model.mimeType), model)
    return parts.map((part) => (isImage(part) ? drifted : part))
  }),
  'bad-base64': withData('%%% this is not base64 %%%'),
  'not-image': withData(
    Buffer.from('I am a text that calls itself an image.\n').toString('base64'),
    'image/png',
  ),
  deaf: {
    kind: 'misread',
    reads: ({ generationConfig = {}, ...request }) => {
      const { imageConfig: _, ...rest } = generationConfig
      return { ...request, generationConfig: rest }
    },
  },
  'no-usage': spoil(({ usageMetadata: _, ...answer }) => answer),
  'odd-usage': spoil(({ usageMetadata, ...answer }) => ({
    ...answer,
    ...(usageMetadata && {
      usageMetadata: { ...usageMetadata, totalTokenCount: usageMetadata.totalTokenCount + 630 },
    }),
  })),
} as const satisfies Record<string, Behaviour>
