import { flagsOf, mentionsOf, parseLine, quotedSpans, type Span } from '../line/line.ts'
import { knownIn } from '../session/label.ts'
import type { Session } from '../session/session.ts'
import { currentVersion } from '../session/tree.ts'
import { EDIT_GUIDE } from './edit-guide.ts'
import { type Aspect, EXACT_WORDS, type GuideRow, PHOTOGRAPH, PROMPT_GUIDE } from './prompt-guide.ts'
import { inStyle } from './style-list.ts'

/** A stretch of the proposed line; those that were not added make up the line as it was typed. */
export type Stretch = { readonly text: string; readonly added: boolean }

export type Improvement = {
  readonly guide: GuideRow
  readonly stretches: readonly Stretch[]
  /** Names of what was added: "the light". */
  readonly added: readonly string[]
  /** What no rule can add. */
  readonly yours: readonly string[]
}

type Insertion = { readonly at: number; readonly text: string }

export type Improved =
  | { readonly ok: true; readonly improvement: Improvement }
  | { readonly ok: false; readonly sentence: string }

/**
 * A better line, by rules and not by a model: it costs nothing, and is the same every time. Words are only added; what
 * was typed stays as it is, in its order. `opening`: a command at its beginning whose words describe a new image.
 */
export function improve(line: string, session: Session, opening = ''): Improved {
  const body = line.slice(opening.length)
  const known = knownIn(session)
  const parsed = parseLine(body, known)
  if (parsed.kind !== 'prompt') {
    return {
      ok: false,
      sentence: `"${line.trim()}" is not a prompt; /improve is for words that describe a picture.`,
    }
  }
  const tail = flagsOf(body)
  if (!tail.ok) return { ok: false, sentence: tail.sentence }
  const end = body.slice(0, tail.at).trimEnd().length
  const images = parsed.named.length > 0 || (!parsed.fresh && currentVersion(session) !== undefined)
  const edits = images && opening === '' && !parsed.fresh
  const words = body.slice(0, end)
  if (words.trim() === '') return { ok: false, sentence: 'The line has flags but no words yet.' }
  return { ok: true, improvement: improvementOf({ opening, words, flags: body.slice(end) }, edits, session) }
}

/** `/fresh `, the words, and the flags after them. */
type LineParts = { readonly opening: string; readonly words: string; readonly flags: string }

function improvementOf(parts: LineParts, edits: boolean, session: Session): Improvement {
  const { words } = parts
  // What the style in force says need not be said again.
  const sent = session.style === null || edits ? words : inStyle(session.style, words)
  const marks = edits ? [] : quotesFor(words, mentionsOf(words, knownIn(session)))
  const quoted = marks.length > 0 || quotedSpans(words).length > 0
  const guide = edits ? EDIT_GUIDE : guideFor(sent)
  const missing = [...guide.aspects, ...(quoted && !edits ? exact(guide) : [])].filter(
    ({ said }) => !said.test(sent),
  )
  const sentences = missing.map((aspect) => sentenceFor(aspect, sent))
  const tail =
    sentences.length === 0 ? [] : [{ at: words.length, text: `${stop(words)} ${sentences.join(' ')}` }]
  return {
    guide,
    stretches: stretchesOf(parts, [...marks, ...tail]),
    added: [
      ...(marks.length > 0 ? ['quotes around the words to be read'] : []),
      ...missing.map(({ name }) => name),
    ],
    yours: yoursIn(words, edits, quoted, guide),
  }
}

export function lineOf(stretches: readonly Stretch[]): string {
  return stretches.map(({ text }) => text).join('')
}

function guideFor(words: string): GuideRow {
  let found: { guide: GuideRow; at: number } | undefined
  for (const guide of PROMPT_GUIDE) {
    const at = guide.pattern.exec(words)?.index
    if (at !== undefined && (!found || at < found.at)) found = { guide, at }
  }
  return found?.guide ?? PHOTOGRAPH
}

function exact(guide: GuideRow): readonly Aspect[] {
  return EXACT_WORDS.filter((aspect) => !guide.aspects.includes(aspect))
}

function sentenceFor({ choices, usual }: Aspect, words: string): string {
  return choices.find(({ when }) => when.test(words))?.add ?? usual
}

/** What ends the words before a new sentence begins. */
function stop(words: string): string {
  return /[.!?…:;。！？]["'”’»」』)]*$/u.test(words) ? '' : '.'
}

const TO_BE_READ =
  /\b(?:says?|saying|reads?|reading|titled|entitled|labell?ed|(?:words?|text|title|caption|headline|slogan)(?: is)?)[:\s]+(?<words>\p{Lu}[\p{L}\p{N}'’!?&-]*(?:\s\p{Lu}[\p{L}\p{N}'’!?&-]*)*)/gu

/** Quotation marks for capitalised words that are to be read in the picture, in a line that has none. */
function quotesFor(words: string, named: readonly Span[]): readonly Insertion[] {
  if (/["“”„«»「」『』]/.test(words)) return []
  const marks: Insertion[] = []
  for (const match of words.matchAll(TO_BE_READ)) {
    const read = match.groups?.words ?? ''
    const end = match.index + match[0].length
    const start = end - read.length
    // In quotes a mention would be text.
    if (named.some((one) => one.start < end && one.end > start)) continue
    marks.push({ at: start, text: '"' }, { at: end, text: '"' })
  }
  return marks
}

function stretchesOf(
  { opening, words, flags }: LineParts,
  insertions: readonly Insertion[],
): readonly Stretch[] {
  const stretches: Stretch[] = [{ text: opening, added: false }]
  let from = 0
  for (const { at, text } of insertions) {
    stretches.push({ text: words.slice(from, at), added: false }, { text, added: true })
    from = at
  }
  stretches.push({ text: words.slice(from) + flags, added: false })
  return stretches.filter(({ text }) => text !== '')
}

function yoursIn(words: string, edits: boolean, quoted: boolean, guide: GuideRow): readonly string[] {
  const yours: string[] = []
  const items = words.split(',')
  const list = items.length > 3 && items.every((item) => item.trim().split(/\s+/).length <= 3)
  if (list && !edits) yours.push('who does what with what: a list of keywords leaves that open')
  else if (!edits && words.split(/\s+/).length < 4)
    yours.push('what it does, where it is, and what the picture is for')
  if (edits && /^\W*(?:\w+ )*(?:better|nicer|improve|fix it|fix this|again)\W*$/iu.test(words))
    yours.push('which thing, named by its place, and how it should look')
  if (guide.kind === 'lettering' && !quoted) yours.push('the exact words, in quotes')
  const not = /\b(?:no|without)\s+(?!other\b|longer\b|text\b)[a-z]+/iu.exec(words)?.[0]
  if (not !== undefined && !edits)
    yours.push(`what is there instead of "${not}": a thing that is named is often drawn`)
  const idle =
    /\b(?:masterpiece|best quality|high quality|ultra[- ]?(?:hd|realistic|detailed)|hyper-?realistic|trending on \w+|8k|award[- ]winning|unreal engine)\b/iu.exec(
      words,
    )?.[0]
  if (idle !== undefined) yours.push(`what "${idle}" should look like: the word alone does nothing`)
  return yours
}
