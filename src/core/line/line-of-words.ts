import { FLAGS } from './flags.ts'
import type { Given } from './given-flag.ts'

/** What a line reads as something other than words, unless a backslash precedes it. */
const MARK = /@?v\d|@|version \d|--?[a-z]|[—–][a-z]|\{/gi

/**
 * The line to type for these words and flags: `parseLine` reads the words unchanged. The exception is a single word
 * that acts as a command, such as `undo`.
 */
export function lineOfWords(words: string, flags: readonly Given[] = []): string {
  const marked = words.trim().replace(MARK, '\\$&')
  const line = marked.startsWith('/') ? `/${marked}` : marked
  return [line, ...flags.flatMap(typed)].join(' ')
}

/** Nothing for a value that cannot be typed in a line. */
function typed({ flag, value }: Given): readonly string[] {
  const name = FLAGS.find((row) => row.flag === flag)?.names[0]
  if (name === undefined || /["\n]/.test(value)) return []
  if (value === '') return [`--${name}`]
  return [`--${name} ${/^[\w.:-]+$/.test(value) && !value.startsWith('-') ? value : `"${value}"`}`]
}
