/** On one line, of so many characters at most. */
export function clip(words: string, most: number): string {
  const line = words.replace(/\s+/g, ' ').trim()
  if (line.length <= most) return line
  // Half of an emoji is no Unicode, and servers refuse it.
  return `${line.slice(0, most - 1).replace(/[\ud800-\udbff]$/, '')}…`
}
