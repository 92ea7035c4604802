import { badSignature, missingSignature } from './check.ts'
import * as errors from './errors.ts'
import type { FaultName } from './faults.ts'
import type { Model } from './models.ts'
import { sketch } from './picture.ts'
import type { Answer, Part, Request } from './protocol.ts'
import { imagePart, named, textPart, thoughtParts } from './reply.ts'
import { promptUsage, usageOf } from './usage.ts'

/** A call that goes wrong, with all that there is to know about it. */
export type Call = { request: Request; model: Model; version: string }

/** What a fault does: refuses, breaks the connection, answers at once, or spoils the normal answer. */
export type Behaviour =
  | { kind: 'refuse'; body: (call: Call) => errors.ErrorBody }
  | { kind: 'page'; status: number; html: string }
  | { kind: 'break'; how: 'reset' | 'cut' | 'hang' }
  | { kind: 'late' }
  | { kind: 'answer'; answer: (call: Call) => Answer }
  | { kind: 'spoil'; spoil: (answer: Answer, call: Call) => Answer | Promise<Answer> }

const refuse = (body: (call: Call) => errors.ErrorBody): Behaviour => ({ kind: 'refuse', body })

/** No image was made: tokens of the prompt are counted, and nothing else. */
const without = (answer: Pick<Answer, 'candidates' | 'promptFeedback'>): Behaviour => ({
  kind: 'answer',
  answer: ({ request, model }) => ({
    ...answer,
    usageMetadata: promptUsage(request, model),
    ...named(request, model),
  }),
})

const stopped = (finishReason: string, finishMessage: string, content?: { role: 'model' }) =>
  without({ candidates: [{ ...(content && { content }), finishReason, finishMessage, index: 0 }] })

const partsOf = (answer: Answer): Part[] => answer.candidates?.[0]?.content?.parts ?? []

const withParts = (
  change: (parts: Part[], call: Call) => Part[] | Promise<Part[]>,
  finishReason = 'STOP',
): Behaviour => ({
  kind: 'spoil',
  spoil: async (answer, call) => {
    const parts = await change(partsOf(answer), call)
    const candidates = [{ content: { parts, role: 'model' as const }, finishReason, index: 0 }]
    return { ...answer, candidates, usageMetadata: usageOf(call.request, call.model, parts, '1K') }
  },
})

const withData = (data: string, mimeType?: string): Behaviour =>
  withParts((parts) =>
    parts.map((part) =>
      part.inlineData
        ? { ...part, inlineData: { mimeType: mimeType ?? part.inlineData.mimeType, data } }
        : part,
    ),
  )

const onlyWords = (parts: Part[]) => parts.filter((part) => part.text !== undefined)

const imageOf = (parts: Part[]) =>
  Buffer.from(parts.find((part) => part.inlineData && !part.thought)?.inlineData?.data ?? '', 'base64')

/** Two roughs and the image: all three are ordinary parts, as drafts have been seen to come. */
async function threeImages(parts: Part[], model: Model): Promise<[Buffer, Buffer, Buffer]> {
  const image = imageOf(parts)
  const first = await sketch(image, model.mimeType)
  return [first, await sketch(first, model.mimeType), image]
}

export const BEHAVIOUR: Record<FaultName, Behaviour> = {
  '400-key': refuse(errors.invalidKey),
  '403': refuse(errors.permissionDenied),
  '404': refuse(({ model, version }) => errors.modelNotFound(model.id, version)),
  'too-large': refuse(() => errors.tooLarge(100 * 1024 * 1024)),
  '413': {
    kind: 'page',
    status: 413,
    html: '<html><head><title>413 Request Entity Too Large</title></head><body>413</body></html>',
  },
  '429': refuse(({ model }) => errors.quota(model.id, 'minute', '1.2s')),
  '429-long': refuse(({ model }) => errors.quota(model.id, 'day', '3600s')),
  'no-billing': refuse(({ model }) => errors.quota(model.id, 'noBilling', '37.36s')),
  '500': refuse(errors.internal),
  '503': refuse(errors.overloaded),
  '504': refuse(errors.deadline),
  'html-502': {
    kind: 'page',
    status: 502,
    html: '<!DOCTYPE html><html lang=en><title>Error 502 (Server Error)!!1</title><p>That’s an error.</html>',
  },
  field: refuse(() =>
    errors.invalidArgument(
      'Invalid JSON payload received. Unknown name "imageConfig" at \'generation_config\': Cannot find field.',
      'generation_config',
    ),
  ),
  signature: refuse(() => missingSignature('image', 1, 0)),
  'bad-signature': refuse(() => badSignature(1)),
  reset: { kind: 'break', how: 'reset' },
  cut: { kind: 'break', how: 'cut' },
  hang: { kind: 'break', how: 'hang' },
  slow: { kind: 'late' },
  blocked: without({ promptFeedback: { blockReason: 'PROHIBITED_CONTENT' } }),
  'no-image': without({ candidates: [{ content: {}, finishReason: 'NO_IMAGE', index: 0 }] }),
  safety: stopped(
    'IMAGE_SAFETY',
    'Unable to show the generated image. The model could not generate the image based on the prompt provided. ' +
      'You will not be charged for this request. Try rephrasing the prompt.',
    { role: 'model' },
  ),
  recitation: stopped(
    'IMAGE_RECITATION',
    'Unable to show the generated image. The image is too similar to existing works. Try rephrasing the prompt.',
    { role: 'model' },
  ),
  prohibited: stopped(
    'IMAGE_PROHIBITED_CONTENT',
    'Unable to show the generated image. The image may contain prohibited content. Try rephrasing the prompt.',
  ),
  'text-only': withParts((_, { model }) => [
    textPart('What should the picture show? Tell me a little more, and I will make it.', model),
  ]),
  empty: without({ candidates: [{ content: {}, finishReason: 'STOP', index: 0 }] }),
  'no-candidates': {
    kind: 'answer',
    answer: ({ request, model }) => ({ usageMetadata: promptUsage(request, model) }),
  },
  'null-parts': without({
    candidates: [{ content: { parts: null, role: 'model' }, finishReason: 'STOP', index: 0 }],
  }),
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
    ...(await thoughtParts('the final picture.', imageOf(parts), model)),
    ...parts.filter((part) => !part.thought),
  ]),
  'bad-base64': withData('%%% this is not base64 %%%'),
  'not-image': withData(
    Buffer.from('I am a text that calls itself an image.\n').toString('base64'),
    'image/png',
  ),
  'max-tokens': withParts((parts) => onlyWords(parts), 'MAX_TOKENS'),
  'unknown-finish': withParts((parts) => onlyWords(parts), 'SOMETHING_NEW'),
  'no-usage': {
    kind: 'spoil',
    spoil: ({ usageMetadata: _, ...answer }) => answer,
  },
}
