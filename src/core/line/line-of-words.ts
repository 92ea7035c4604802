import { FLAGS } from './flags.ts'
import type { Given } from './given-flag.ts'

/** A mark that a line would take for something else than words, unless there is a backslash in front of it. */
const MARK = /@?v\d|@|version \d|--?[a-z]|[—–][a-z]|\{/gi

/**
 * The line that one would type for these words and flags: `parseLine` reads the words as they are. Not so of one word
 * alone that acts as a command (`undo`).
 */
export function lineOfWords(words: string, flags: readonly Given[] = []): string {
  const marked = words.trim().replace(MARK, '\\$&')
  const line = marked.startsWith('/') ? `/${marked}` : marked
  return [line, ...flags.flatMap(typed)].join(' ')
}

/** Nothing for a value that no line can hold. */
function typed({ flag, value }: Given): readonly string[] {
  const name = FLAGS.find((row) => row.flag === flag)?.names[0]
  if (name === undefined || /["\n]/.test(value)) return []
  if (value === '') return [`--${name}`]
  return [`--${name} ${/^[\w.:-]+$/.test(value) && !value.startsWith('-') ? value : `"${value}"`}`]
}
