import type { Asked } from './check.ts'
import { bytesOf, type Conversation, type Named } from './conversation.ts'
import { develop, reshape } from './darkroom.ts'
import { setIn } from './insets.ts'
import { type Operation, readInstructions } from './instructions.ts'
import { type Pixels as Frame, type Model, nearestRatio, pixelsOf } from './models.ts'
import { fromOklch } from './paint/oklch.ts'
import { randomFrom } from './paint/random.ts'
import { paint } from './painter.ts'
import { describeOperations, sentence } from './phrases.ts'
import { decode, encode, workingFrame } from './picture.ts'
import type { Pixels } from './tones.ts'

export type Work = { words: string; image: Buffer }

/**
 * From a conversation to a picture and a word on it: painted when there is none yet, edited when there is.
 * `take` counts the pictures of one reply; each comes out a little different.
 */
export async function make(
  conversation: Conversation,
  asked: Asked,
  model: Model,
  take: number,
): Promise<Work> {
  const references = await Promise.all(conversation.references.map((each) => decode(bytesOf(each))))
  const made = conversation.base
    ? await edit(conversation.base, conversation, asked, model, take)
    : await begin(conversation, asked, model, take)
  const pixels = await setIn(made.pixels, references)
  const words = [made.words, ...insetWords(conversation.references)].join(' ')
  return { words, image: await encode(pixels, made.frame, model.mimeType) }
}

type Made = { words: string; pixels: Pixels; frame: Frame }

async function begin(
  { prompt, standing }: Conversation,
  asked: Asked,
  model: Model,
  take: number,
): Promise<Made> {
  const frame = pixelsOf(model, asked.ratio ?? '1:1', asked.size)
  const { pixels, subject } = await paint([prompt, standing].join(' '), asked.seed, workingFrame(frame), take)
  return { words: sentence([`painted ${subject}`]), pixels, frame }
}

async function edit(
  base: Named,
  { prompt, standing }: Conversation,
  asked: Asked,
  model: Model,
  take: number,
): Promise<Made> {
  const understood = [prompt, standing].flatMap(readInstructions)
  const operations = understood.length > 0 && take === 0 ? understood : [...understood, hint(prompt, take)]
  const shaped = await reshape(await decode(bytesOf(base)), operations)
  const ratio = asked.ratio ?? nearestRatio(model, shaped.width, shaped.height)
  const frame = pixelsOf(model, ratio, asked.size)
  const pixels = await develop(shaped, operations, workingFrame(frame))
  return { words: understood.length > 0 ? describeOperations(understood) : NOT_UNDERSTOOD, pixels, frame }
}

const NOT_UNDERSTOOD =
  'I found nothing in that line that a practice darkroom can do, so I gave the picture a soft tint. ' +
  'Try "brighter", "black and white", "rotate left", "crop to 16:9", "a gold border" or "make it blue".'

/** A line that says nothing to the darkroom still changes the picture: one sees that it arrived. */
function hint(prompt: string, take: number): Operation {
  const hue = randomFrom(take === 0 ? prompt : `${prompt}\n${take}`).between(0, 360)
  return {
    kind: 'tint',
    colour: { name: 'soft', rgb: fromOklch({ l: 0.68, c: 0.13, h: hue }) },
    strength: 0.3,
  }
}

function insetWords(references: readonly Named[]): string[] {
  if (references.length === 0) return []
  const names = references.map(({ name }, i) => (name ? `[${name}]` : `picture ${i + 1}`))
  return [`Along the bottom: ${names.join(', ')}.`]
}
