/** What a word means; completion and the usage line follow from it. */
export type Kind =
  | 'number'
  | 'text'
  | 'file'
  /** One of a few words, which the argument lists. */
  | 'choice'
  /** One version, in any of the words for it. */
  | 'version'
  /** Any number of them. */
  | 'versions'
  | 'model'
  | 'reference'
  | 'session'
  | 'command'
  | 'setting'
  | 'topic'
  | 'style'
  /** All words that are left. */
  | 'texts'
  | 'files'
  | 'references'
  /** The last argument: words up to the flags that form one value, as they were typed. */
  | 'words'
  /** The same, as the new value of a setting: of the one in `of`, or of the one that the word before it names. */
  | 'value'
  /** The rest of the line, as it was typed. */
  | 'line'

/** The words of a choice match in any case; `run` gets them as they are spelled here. */
export type WordChoice<Word extends string = string> = {
  readonly kind: 'choice'
  readonly words: readonly Word[]
  /** What a word means, where the word alone does not say it; completion shows it. */
  readonly meanings?: Readonly<Record<string, string>>
}

/** `about` is a noun with its article, so that it fits into a sentence: `"two" is not a number of steps`. */
export type Argument = { readonly about: string; readonly optional?: true } & (
  | { readonly kind: Exclude<Kind, 'choice' | 'value'> }
  | { readonly kind: 'value'; readonly of?: string }
  | WordChoice
)

export type Flag = { readonly about: string } & ({ readonly kind: 'switch' | 'text' } | WordChoice)

export function isOfVersions({ kind }: Argument): boolean {
  return kind === 'version' || kind === 'versions'
}

/** Whether it takes all words that are left. */
export function isList({ kind }: Argument): boolean {
  return kind === 'texts' || kind === 'files' || kind === 'references' || kind === 'versions'
}

export function chosen({ words }: WordChoice, typed: string): string | undefined {
  return words.find((word) => word.toLowerCase() === typed.toLowerCase())
}

/** What an argument or a flag is; a choice lists its words: `a scope: session or day`. */
export function aboutText(one: Argument | Flag): string {
  if (one.kind !== 'choice') return one.about
  const { about, words } = one
  const [last = '', ...others] = words.toReversed()
  return `${about}: ${others.length === 0 ? '' : `${others.toReversed().join(', ')} or `}${last}`
}

export type NamedArgument = Argument & { readonly name: string }
export type NamedFlag = Flag & { readonly name: string }
