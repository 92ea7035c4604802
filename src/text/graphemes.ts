import stringWidth from 'string-width'
import { isPlain } from './plain-width.ts'

let graphemeSegmenter: Intl.Segmenter | undefined
let wordSegmenter: Intl.Segmenter | undefined

const segments = (text: string) => (graphemeSegmenter ??= new Intl.Segmenter()).segment(text)
const wordsOf = (text: string) =>
  (wordSegmenter ??= new Intl.Segmenter(undefined, { granularity: 'word' })).segment(text)

/** Columns that a text of one row takes. Everything that cuts, pads or breaks a text uses this measure. */
export function displayWidth(text: string): number {
  return isPlain(text) ? text.length : stringWidth(text)
}

export type Grapheme = { readonly at: number; readonly text: string; readonly width: number }

export function* graphemesOf(text: string): Generator<Grapheme> {
  if (isPlain(text)) {
    for (let at = 0; at < text.length; at++) yield { at, text: text[at] ?? '', width: 1 }
    return
  }
  for (const { index, segment } of segments(text)) {
    yield { at: index, text: segment, width: displayWidth(segment) }
  }
}

/** The offset of the grapheme before this one. Plain text needs a look at its two neighbours only. */
export function before(text: string, offset: number): number {
  if (offset <= 1) return 0
  if (isPlain(text.slice(offset - 2, offset))) return offset - 1
  return segments(text).containing(offset - 1)?.index ?? 0
}

export function after(text: string, offset: number): number {
  if (offset >= text.length) return text.length
  if (isPlain(text.slice(offset, offset + 2))) return offset + 1
  const segment = segments(text).containing(offset)
  return segment ? segment.index + segment.segment.length : text.length
}

/** The next grapheme border at or after this offset: inserted or removed text may join its neighbours. */
export function borderFrom(text: string, offset: number): number {
  if (offset <= 0) return 0
  if (offset >= text.length) return text.length
  if (isPlain(text.slice(offset - 1, offset + 1))) return offset
  const segment = segments(text).containing(offset)
  if (!segment || segment.index === offset) return offset
  return segment.index + segment.segment.length
}

/** Where the word before this offset begins. Languages written without spaces are split into words too. */
export function wordBefore(text: string, offset: number): number {
  let found = 0
  for (const word of words(text.slice(0, offset))) found = word.start
  return borderFrom(text, found)
}

/** Where the word after this offset ends. */
export function wordAfter(text: string, offset: number): number {
  for (const word of words(text.slice(offset))) return borderFrom(text, offset + word.end)
  return text.length
}

/** Where the run of non-blank characters before this offset begins. */
export function blankBefore(text: string, offset: number): number {
  const left = text.slice(0, offset).trimEnd()
  const blank = Math.max(...[' ', '\n', '\u00a0', '\u3000'].map((one) => left.lastIndexOf(one)))
  return borderFrom(text, blank + 1)
}

function* words(text: string): Generator<{ readonly start: number; readonly end: number }> {
  if (isPlain(text)) {
    for (const { index, 0: word } of text.matchAll(/[\p{L}\p{N}_]+/gu)) {
      yield { start: index, end: index + word.length }
    }
    return
  }
  for (const { index, segment, isWordLike } of wordsOf(text)) {
    if (isWordLike) yield { start: index, end: index + segment.length }
  }
}
