import type { ImageSpec } from './check.ts'
import { bytesOf, type Conversation, type LabelledImage } from './conversation.ts'
import { applyFilters, reshape } from './filters.ts'
import { drawInsets } from './insets.ts'
import { type Operation, readInstructions } from './instructions.ts'
import { describeLettering, type Lettering, letter, readLettering, unknownOf } from './lettering/letter.ts'
import { type Pixels as Frame, type Model, nearestRatio, pixelsOf } from './models.ts'
import { fromOklch } from './paint/oklch.ts'
import { randomFrom } from './paint/random.ts'
import { paint } from './painter.ts'
import { phrase, sentence } from './phrases.ts'
import { decode, encode, workingFrame } from './picture.ts'
import type { Pixels } from './pixels.ts'
import { variationKey } from './repeats.ts'
import { varied } from './variation.ts'

export type DrawnPicture = { words: string; image: Buffer }

/**
 * Makes a picture and a sentence about it: paints one if the conversation has no image, else edits the image.
 * `repeat` is how often the same request came before, and `index` is the position in the reply; each picture differs
 * a little.
 */
export async function makePicture(
  conversation: Conversation,
  spec: ImageSpec,
  model: Model,
  repeat: number,
  index: number,
): Promise<DrawnPicture> {
  const references = await Promise.all(conversation.references.map((each) => decode(bytesOf(each))))
  const { lettering, rest } = readLettering(conversation.prompt)
  const request: DrawRequest = {
    prompt: rest,
    systemInstruction: conversation.systemInstruction,
    lettered: lettering !== undefined,
    index,
    variation: variationKey(spec.seed, repeat, index),
  }
  const made = conversation.base
    ? await edit(conversation.base, request, spec, model)
    : await paintNew(request, spec, model)
  const lettered = lettering ? await letter(made.pixels, lettering) : made.pixels
  const pixels = await drawInsets(lettered, references)
  const words = [
    sentence([...made.actions, ...(lettering ? [describeLettering(lettering)] : [])]),
    ...(made.actions.length === 0 && !lettering ? [NOT_UNDERSTOOD] : []),
    ...(lettering ? boxWords(lettering) : []),
    ...insetWords(conversation.references),
  ]
    .filter(Boolean)
    .join(' ')
  return { words, image: await encode(pixels, made.frame, model.mimeType) }
}

/** The prompt without its lettering. */
type DrawRequest = {
  prompt: string
  systemInstruction: string
  lettered: boolean
  index: number
  variation: string
}
/** `actions` says what was done, in the past tense; it is empty if the prompt was not understood. */
type EditedPicture = { actions: string[]; pixels: Pixels; frame: Frame }

async function paintNew(
  { prompt, systemInstruction, variation }: DrawRequest,
  spec: ImageSpec,
  model: Model,
): Promise<EditedPicture> {
  const frame = pixelsOf(model, spec.ratio ?? '1:1', spec.size)
  const { pixels, subject } = await paint(
    [prompt, systemInstruction].join(' '),
    variation,
    workingFrame(frame),
  )
  return { actions: [`painted ${subject}`], pixels, frame }
}

async function edit(
  base: LabelledImage,
  request: DrawRequest,
  spec: ImageSpec,
  model: Model,
): Promise<EditedPicture> {
  const { prompt, systemInstruction, lettered, index, variation } = request
  const understood = [prompt, systemInstruction].flatMap(readInstructions)
  const enough = (understood.length > 0 || lettered) && index === 0
  const wanted = enough ? understood : [...understood, hint(prompt, variation)]
  const operations = variation === '' ? wanted : varied(wanted, randomFrom(`${prompt}\n${variation}`))
  const shaped = await reshape(await decode(bytesOf(base)), operations)
  const ratio = spec.ratio ?? nearestRatio(model, shaped.width, shaped.height)
  const frame = pixelsOf(model, ratio, spec.size)
  const pixels = await applyFilters(shaped, operations, workingFrame(frame))
  return { actions: understood.map(phrase), pixels, frame }
}

const NOT_UNDERSTOOD =
  'I found nothing in that line that the practice engine can do, so I gave the middle a soft tint. ' +
  'Try "brighter", "make the sky darker", "rotate left", "crop to 16:9", "a gold border" or "add a moon".'

/** A prompt that was not understood still changes the picture, to show that it arrived. */
function hint(prompt: string, variation: string): Operation {
  const hue = randomFrom(variation === '' ? prompt : `${prompt}\n${variation}`).between(0, 360)
  return {
    kind: 'tint',
    colour: { name: 'soft', rgb: fromOklch({ l: 0.68, c: 0.13, h: hue }) },
    strength: 0.45,
    where: 'middle',
  }
}

function boxWords(lettering: Lettering): string[] {
  const unknown = unknownOf(lettering)
  return unknown.length === 0 ? [] : [`I have no letters for ${unknown.join(' ')}: boxes stand for them.`]
}

function insetWords(references: readonly LabelledImage[]): string[] {
  if (references.length === 0) return []
  const names = references.map(({ name }, i) => (name ? `[${name}]` : `picture ${i + 1}`))
  return [`Along the bottom: ${names.join(', ')}.`]
}
