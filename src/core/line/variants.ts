/** `{standing|running|sitting}`; a `\` before the brace makes it text. */
const CHOICES = /(?<!\\)\{(?<choices>[^{}\n]*\|[^{}\n]*)\}/u

/** `{@poses.txt}`: a choice for each line of a file. */
const LINES_OF = /(?<!\\)\{@(?:"(?<quoted>[^"\n]+)"|(?<plain>[^{}\n]+))\}/gu

/**
 * A line for each choice of its braces, in order, the first braces changing slowest; without braces, the line itself.
 * A generator, since twenty braces make a million lines.
 */
export function* variantsOf(line: string): Generator<string, void> {
  const found = CHOICES.exec(line)
  if (!found) {
    yield line
    return
  }
  const { index, groups: { choices = '' } = {} } = found
  const [before, after] = [line.slice(0, index), line.slice(index + found[0].length)]
  for (const choice of choices.split('|')) {
    const one = `${before}${choice.trim()}${after}`
    yield* variantsOf(choice.trim() === '' ? one.replace(/ {2,}/g, ' ').trim() : one)
  }
}

/** The files that braces name, as they were typed. */
export function listsIn(line: string): readonly string[] {
  return [...line.matchAll(LINES_OF)].map(({ groups = {} }) => groups.quoted ?? groups.plain ?? '')
}

/** The line with the names of its files replaced by the choices in them. */
export function withLists(line: string, lists: ReadonlyMap<string, readonly string[]>): string {
  return line.replaceAll(LINES_OF, (whole, quoted?: string, plain?: string) => {
    const choices = lists.get(quoted ?? plain ?? '')
    if (!choices) return whole
    return choices.length === 1 ? (choices[0] ?? '') : `{${choices.join('|')}}`
  })
}

/** The choices in a file: its lines that are not empty, without braces and bars, which would start other choices. */
export function choicesIn(text: string): readonly string[] {
  return text
    .split(/\r?\n/)
    .map((line) => line.replace(/[{}|]/g, ' ').trim())
    .filter((line) => line !== '')
}
