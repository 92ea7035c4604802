import type { Asked } from './check.ts'
import { bytesOf, type Conversation, type Named } from './conversation.ts'
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
import { randomKey } from './repeats.ts'
import { varied } from './variation.ts'

export type DrawnPicture = { words: string; image: Buffer }

/**
 * From a conversation to a picture and a word on it: painted when there is none yet, edited when there is.
 * `again` is how often the same was asked before, and `take` counts the pictures of one reply; each comes out a
 * little different.
 */
export async function makePicture(
  conversation: Conversation,
  asked: Asked,
  model: Model,
  again: number,
  take: number,
): Promise<DrawnPicture> {
  const references = await Promise.all(conversation.references.map((each) => decode(bytesOf(each))))
  const { lettering, rest } = readLettering(conversation.prompt)
  const request: DrawRequest = {
    prompt: rest,
    standing: conversation.standing,
    lettered: lettering !== undefined,
    take,
    chance: randomKey(asked.seed, again, take),
  }
  const made = conversation.base
    ? await edit(conversation.base, request, asked, model)
    : await begin(request, asked, model)
  const lettered = lettering ? await letter(made.pixels, lettering) : made.pixels
  const pixels = await drawInsets(lettered, references)
  const words = [
    sentence([...made.did, ...(lettering ? [describeLettering(lettering)] : [])]),
    ...(made.did.length === 0 && !lettering ? [NOT_UNDERSTOOD] : []),
    ...(lettering ? boxWords(lettering) : []),
    ...insetWords(conversation.references),
  ]
    .filter(Boolean)
    .join(' ')
  return { words, image: await encode(pixels, made.frame, model.mimeType) }
}

/** What is asked for without its lettering. */
type DrawRequest = { prompt: string; standing: string; lettered: boolean; take: number; chance: string }
/** What was done, in the past tense; nothing when the line was not understood. */
type Made = { did: string[]; pixels: Pixels; frame: Frame }

async function begin({ prompt, standing, chance }: DrawRequest, asked: Asked, model: Model): Promise<Made> {
  const frame = pixelsOf(model, asked.ratio ?? '1:1', asked.size)
  const { pixels, subject } = await paint([prompt, standing].join(' '), chance, workingFrame(frame))
  return { did: [`painted ${subject}`], pixels, frame }
}

async function edit(base: Named, request: DrawRequest, asked: Asked, model: Model): Promise<Made> {
  const { prompt, standing, lettered, take, chance } = request
  const understood = [prompt, standing].flatMap(readInstructions)
  const enough = (understood.length > 0 || lettered) && take === 0
  const wanted = enough ? understood : [...understood, hint(prompt, chance)]
  const operations = chance === '' ? wanted : varied(wanted, randomFrom(`${prompt}\n${chance}`))
  const shaped = await reshape(await decode(bytesOf(base)), operations)
  const ratio = asked.ratio ?? nearestRatio(model, shaped.width, shaped.height)
  const frame = pixelsOf(model, ratio, asked.size)
  const pixels = await applyFilters(shaped, operations, workingFrame(frame))
  return { did: understood.map(phrase), pixels, frame }
}

const NOT_UNDERSTOOD =
  'I found nothing in that line that a practice darkroom can do, so I gave its middle a soft tint. ' +
  'Try "brighter", "make the sky darker", "rotate left", "crop to 16:9", "a gold border" or "add a moon".'

/** A line that says nothing to the darkroom still changes the picture: one sees that it arrived. */
function hint(prompt: string, chance: string): Operation {
  const hue = randomFrom(chance === '' ? prompt : `${prompt}\n${chance}`).between(0, 360)
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

function insetWords(references: readonly Named[]): string[] {
  if (references.length === 0) return []
  const names = references.map(({ name }, i) => (name ? `[${name}]` : `picture ${i + 1}`))
  return [`Along the bottom: ${names.join(', ')}.`]
}
