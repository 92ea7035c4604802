import { parseLine, quotedSpans } from '../line/line.ts'
import { withFlags } from '../line/line-settings.ts'
import { CATALOGUE, type Model, modelOf } from '../models/model-catalogue.ts'
import { imagesWith, messageImages } from '../request/request.ts'
import { knownIn } from '../session/label.ts'
import { limitProblem } from '../session/reference.ts'
import type { Prompt, Session } from '../session/session.ts'
import { sentText, styling } from './style-list.ts'

/**
 * `says`: the image may still be right. `asks`: it would certainly not be the one that was meant. `refuses`: the call
 * would cost money or time for nothing.
 */
type Weight = 'says' | 'asks' | 'refuses'

export type Advice = {
  readonly kind: 'images' | 'transparency' | 'size' | 'size-in-words' | 'lettering' | 'no-background'
  readonly weight: Weight
  /** Says what limn has noticed and what to do instead; the same text is not said twice in a session. */
  readonly text: string
}

/** What is checked: a line that has not been sent yet, as it would be sent. */
type Unsent = {
  readonly text: string
  /** The size that it asks for. */
  readonly size: string
  /** Images that its message will carry. */
  readonly images: number
  readonly model: Model
}

type Rule = Pick<Advice, 'kind' | 'weight'> & {
  /** When it applies, in words. */
  readonly when: string
  readonly find: (unsent: Unsent) => string | undefined
}

/** The most serious first. */
export const RULES: readonly Rule[] = [
  {
    kind: 'images',
    weight: 'refuses',
    when: 'more images than the model takes',
    find: ({ model, images }) => limitProblem(model, images),
  },
  {
    kind: 'transparency',
    weight: 'asks',
    when: 'a transparent background, which no model makes',
    find: ({ text }) =>
      TRANSPARENT.test(text)
        ? 'No Gemini image model makes transparent pixels: you may get a painted checkerboard. Ask for a plain white background and cut it out afterwards.'
        : undefined,
  },
  {
    kind: 'size',
    weight: 'asks',
    when: 'a size that the model does not have',
    find: ({ model, size }) =>
      model.sizes.length > 0 && !model.sizes.includes(size)
        ? `${model.name} has no size ${size}: the image would be about 1K. ${having(size)}`
        : undefined,
  },
  {
    kind: 'size-in-words',
    weight: 'says',
    when: 'a size in words, such as 4K, that is not set',
    find: sizeInWords,
  },
  {
    kind: 'lettering',
    weight: 'says',
    when: 'words in quotes of any kind, on a model that spells badly',
    find: ({ text, model }) =>
      model.lettering === 'poor' && quotedSpans(text).length > 0 && !TAKES_AWAY.test(text)
        ? `${model.name} often misspells words in a picture. /model pro spells best.`
        : undefined,
  },
  {
    kind: 'no-background',
    weight: 'says',
    when: 'no background at all',
    find: ({ text }) =>
      NO_BACKGROUND.test(text)
        ? 'A picture always has a background: say which, such as a plain white one. No Gemini image model makes transparent pixels.'
        : undefined,
  },
]

/** What can be said about a line before money is spent, the most serious first. */
export function adviceFor(unsent: Unsent): readonly Advice[] {
  return RULES.flatMap(({ kind, weight, find }) => {
    const text = find(unsent)
    return text === undefined ? [] : [{ kind, weight, text }]
  })
}

/** The same about a prompt, sent from this session. */
export function adviceOf(session: Session, prompt: Prompt): readonly Advice[] {
  const { settings } = prompt
  const text = sentText(prompt)
  const model = modelOf(settings.model)
  return adviceFor({ text, size: settings.size, images: messageImages(session, prompt), model })
}

/** The most serious that can be said about a line before its files are read. */
export function adviceWhileTyping(session: Session, line: string, engine: string): string | undefined {
  const parsed = parseLine(line, knownIn(session))
  if (parsed.kind !== 'prompt') return undefined
  const flagged = withFlags(parsed.flags, session.settings, engine)
  if (!flagged.ok) return undefined
  const { size, model } = flagged.settings
  const images = imagesOf(session, engine)
  const text = sentText({ text: parsed.text, ...styling(parsed.text, session.style) })
  return adviceFor({ text, size, images, model: modelOf(model) })[0]?.text
}

/** By session: this walks the whole conversation, and every key asks for it. */
const IMAGES = new WeakMap<Session, Map<string, number>>()

function imagesOf(session: Session, engine: string): number {
  const known = IMAGES.get(session) ?? new Map<string, number>()
  const images = known.get(engine) ?? imagesWith(session.references, session, engine)
  IMAGES.set(session, known.set(engine, images))
  return images
}

const TRANSPARENT =
  /\btransparent\w*\s+(?:\w+\s+)?(?:background|backdrop|png|canvas|hintergrund)\b|\b(?:background|backdrop|hintergrund)\s+(?:(?:is|be|should be|must be|completely|fully|ist)\s+)*transparent|\balpha[- ]channel\b|\bfond transparent|\bfondo transparente|\bsfondo trasparente|透明(?:な|の)?背景|背景(?:を|は)?透[明過]/iu
const NO_BACKGROUND = /\b(?:no|without (?:a|any)|without|remove the|delete the|erase the)\s+background\b/iu
const TAKES_AWAY = /^\W*(?:remove|delete|erase|take away|get rid of)\b/iu

/** `4K`, and not `$4k` or `4km`. */
const SIZE_WORD = /(?<![\p{L}\p{N}$€£.,])(?<size>[248])\s?k(?![\p{L}\p{N}])|\b(?<hd>u(?:ltra )?hd)\b/iu

function sizeInWords({ text, size, model }: Unsent): string | undefined {
  const { groups } = SIZE_WORD.exec(text) ?? {}
  if (!groups) return undefined
  const typed = groups.size === undefined ? (groups.hd ?? '') : `${groups.size}K`
  const wanted = groups.size === '2' ? '2K' : '4K'
  if (size === wanted || size === '4K') return undefined
  const words = `Words do not set the size: "${typed}" in a prompt changes nothing.`
  if (model.sizes.includes(wanted))
    return `${words} --size ${wanted} at the end of the line sets it; now it is ${size}.`
  return `${words} ${model.name} makes about 1K. ${having(wanted)}`
}

/** Which models make a size. */
function having(size: string): string {
  const aliases = CATALOGUE.flatMap(({ sizes, alias, retires }) =>
    sizes.includes(size) && alias !== null && !retires ? [`/model ${alias}`] : [],
  )
  return aliases.length === 0
    ? 'No model has it.'
    : `${aliases.join(' and ')} ${aliases.length > 1 ? 'have' : 'has'} ${size}.`
}
