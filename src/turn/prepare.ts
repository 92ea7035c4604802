import { readFile } from 'node:fs/promises'
import { type Answer, type Event, type NewFile, notSent, say } from '../core/event.ts'
import { countOf, MOST_IMAGES } from '../core/line/flags.ts'
import { type Line, parseLine } from '../core/line/line.ts'
import { withFlags } from '../core/line/line-settings.ts'
import type { TaskProblem } from '../core/line/part-outcome.ts'
import { choicesIn, listsIn, variantsOf, withLists } from '../core/line/variants.ts'
import { knownIn } from '../core/session/label.ts'
import { inForce } from '../core/session/reference.ts'
import { type Head, type Prompt, ROOT, type Session, type Waiting } from '../core/session/session.ts'
import { headAt } from '../core/session/tree.ts'
import { styling } from '../core/wording/style-list.ts'
import type { Place } from '../host/place.ts'
import type { Context } from './context.ts'
import { styleOf } from './line-style.ts'
import { mentionsOfLine } from './mentions.ts'
import { absolute } from './read-image.ts'
import { noticeChanges } from './reference-files.ts'

export type PromptLine = Line & { readonly kind: 'prompt' }

/** A typed prompt with its mentions read, to be queued or sent at once. */
export type Prepared = Omit<Waiting, 'id'> & { readonly files: readonly NewFile[] }

type LineContext = Pick<Context, 'session' | 'place'> & { readonly engine: string }

/**
 * Reads what a line needs at the moment that Enter is pressed. Reports or asks about what is wrong with it. When the
 * user takes the line back, this returns why.
 */
export async function* prepare(
  line: string,
  parsed: PromptLine,
  context: LineContext,
): AsyncGenerator<Event, Prepared | TaskProblem, Answer> {
  const { session } = context
  const flagged = settingsOf(parsed, session, context.engine)
  if (!flagged.ok) return yield* notSent({ reason: 'usage', says: flagged.sentence })
  for (const words of flagged.words) yield say(words, 'warning')
  yield* noticeChanges(session.references)
  const spread = await spreadOf(line, flagged.count, context.place)
  if (typeof spread === 'string') return yield* notSent({ reason: 'usage', says: spread })
  const base = baseOf(parsed.base, session)
  if (spread.length === 1 && spread[0] === line) {
    const read = yield* named(parsed, context)
    return 'kind' in read ? read : { line, base, ...read }
  }
  const variants: NonNullable<Prepared['variants']>[number][] = []
  const files = new Map<string, NewFile>()
  for (const one of spread) {
    const read = yield* named({ ...parsePrompt(one, session), fresh: parsed.fresh }, context)
    if ('kind' in read) return read
    const { files: newFiles, ...rest } = read
    variants.push({ line: one, ...rest })
    for (const file of newFiles) files.set(file.name, file)
  }
  return { line, base, mentions: [], variants, files: [...files.values()] }
}

/** The files that a line names: its style, and what it mentions. */
async function* named(
  parsed: PromptLine,
  context: LineContext,
): AsyncGenerator<Event, Pick<Prepared, 'mentions' | 'style' | 'files'> | TaskProblem, Answer> {
  const styled = await styleOf(parsed.flags, context.place.root)
  if (!styled.ok) return yield* notSent({ reason: 'usage', says: styled.sentence })
  const mentioned = yield* mentionsOfLine(parsed, context)
  return 'kind' in mentioned ? mentioned : { ...mentioned, ...styled.given }
}

/** The version that a line begins with. The current one is used as it is, with its conversation or alone. */
export function baseOf(version: number | null, session: Session): Head | null {
  if (version === null) return null
  return session.head.version === version ? session.head : (headAt(session, version) ?? null)
}

/** The lines of a line with braces, at most `COUNTED`, with the lists of files filled in. */
async function spreadOut(line: string, place: Place): Promise<readonly string[] | string> {
  const lists = new Map<string, readonly string[]>()
  for (const name of listsIn(line)) {
    const text = await readFile(absolute(name, place), 'utf8').catch(() => undefined)
    if (text === undefined)
      return `There is no file "${name}" to take lines from; \\{ makes the brace plain text.`
    const choices = choicesIn(text)
    if (choices.length === 0) return `${name} has no line to make an image of.`
    lists.set(name, choices)
  }
  return [...variantsOf(withLists(line, lists)).take(COUNTED)]
}

/** Most lines that braces are expanded to, so that their number can be shown. */
const COUNTED = 1000

function tooMany(images: number): string | undefined {
  if (images <= MOST_IMAGES) return undefined
  return `That would be ${images < COUNTED ? images : `${COUNTED} or more`} images, and one line makes at most ${MOST_IMAGES}. limn batch makes hundreds, at half the price.`
}

function parsePrompt(line: string, session: Session): PromptLine {
  const parsed = parseLine(line, knownIn(session))
  if (parsed.kind === 'prompt') return parsed
  // A choice in braces can make a line look like a command, but it was typed as a prompt.
  return { kind: 'prompt', text: line, named: [], base: null, fresh: false, flags: [] }
}

/** How many images each line of the braces makes, or what is wrong with the line under any settings. */
export function formOf({ problem, text, flags }: PromptLine) {
  if (problem !== undefined) return { ok: false, sentence: problem } as const
  if (text === '') return { ok: false, sentence: NO_WORDS } as const
  const count = countOf(flags)
  return typeof count === 'string'
    ? ({ ok: false, sentence: count } as const)
    : ({ ok: true, count } as const)
}

/** The lines that a line with braces stands for, or what is wrong with them. Each makes `count` images. */
export async function spreadOf(
  line: string,
  count: number,
  place: Place,
): Promise<readonly string[] | string> {
  const spread = await spreadOut(line, place)
  return typeof spread === 'string' ? spread : (tooMany(spread.length * count) ?? spread)
}

/** The settings of a line and how many images it makes, or why it cannot be sent. */
export function settingsOf(parsed: PromptLine, session: Session, engine: string) {
  const form = formOf(parsed)
  if (!form.ok) return form
  const flagged = withFlags(parsed.flags, session.settings, engine)
  return flagged.ok ? { ...flagged, count: form.count } : flagged
}

const NO_WORDS = 'The line has flags but no words. /set changes a setting for all later lines.'

/** A line before its files are read: what it will make, as far as the text shows. */
export function asTyped(line: string, session: Session): Omit<Waiting, 'id'> {
  const parsed = parsePrompt(line, session)
  // A line with more images is not sent, so its price does not matter.
  const variants = [...variantsOf(line).take(MOST_IMAGES)].map((one) => ({ line: one, mentions: [] }))
  return { line, base: baseOf(parsed.base, session), mentions: [], variants }
}

type Made =
  | { readonly ok: true; readonly prompts: readonly Prompt[] }
  | { readonly ok: false; readonly sentence: string }

type PromptContext = {
  readonly session: Session
  readonly engine: string
  /** The id that the turns of one line share. */
  readonly group: string
}

/** The prompts of a line that is about to be sent, with the references and settings in force now. */
export function promptsOf(
  { base, variants, ...single }: Omit<Waiting, 'id'>,
  fresh: boolean,
  { session, engine, group }: PromptContext,
): Made {
  const prompts: Prompt[] = []
  for (const one of variants ?? [single]) {
    const parsed = { ...parsePrompt(one.line, session), ...(fresh ? { fresh } : {}) }
    const made = promptsOfOne(parsed, { ...one, base }, { session, engine })
    if (!made.ok) return made
    const whole = one.line === single.line ? {} : { whole: single.line }
    prompts.push(...made.prompts.map((prompt) => ({ ...prompt, ...whole })))
  }
  return { ok: true, prompts: asGroup(prompts, group) }
}

/** The prompts of a line without braces. */
export function promptsOfOne(
  parsed: PromptLine,
  { line, mentions, style, base }: Omit<Waiting, 'id' | 'variants'>,
  { session, engine }: Omit<PromptContext, 'group'>,
): Made {
  const flagged = settingsOf(parsed, session, engine)
  if (!flagged.ok) return flagged
  const prompt = {
    text: parsed.text,
    ...styling(parsed.text, style === undefined ? session.style : style),
    line,
    parent: parsed.fresh ? ROOT : (base ?? session.head),
    mentions,
    references: inForce(session.references),
    settings: flagged.settings,
    engine,
    fresh: parsed.fresh,
  }
  const prompts = Array.from({ length: flagged.count }, (_, number) => seeded(prompt, number))
  return { ok: true, prompts }
}

/** The number of seeds, from 0 to the largest. */
const SEEDS = 2 ** 31

/** Counts the seed up from image to image of a line: with the same seed, all images would be the same. */
export function seeded(prompt: Prompt, number: number): Prompt {
  const { seed } = prompt.settings
  if (seed === undefined || number === 0) return prompt
  return { ...prompt, settings: { ...prompt.settings, seed: (seed + number) % SEEDS } }
}

/** Makes prompts a group to choose from; a single prompt is not one. */
export function asGroup(prompts: readonly Prompt[], group: string): readonly Prompt[] {
  return prompts.length < 2 ? prompts : prompts.map((prompt) => ({ ...prompt, group }))
}
