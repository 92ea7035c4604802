/** The words on one line, cut to at most `most` characters. */
export function clip(words: string, most: number): string {
  const line = words.replace(/\s+/g, ' ').trim()
  if (line.length <= most) return line
  // Half of a surrogate pair is not valid Unicode, and servers refuse it.
  return `${line.slice(0, most - 1).replace(/[\ud800-\udbff]$/, '')}…`
}
