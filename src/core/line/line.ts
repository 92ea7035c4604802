import type { Role } from '../session/role.ts'
import { type Tail, tailOf } from './flags.ts'
import type { Given } from './given-flag.ts'

/** Where a mention is in the line; `end` is the offset after its last character. */
export type Span = { readonly start: number; readonly end: number }

export type NamedImage = Span & {
  /** What the image is for, where the line says so. */
  readonly role?: Role
} & (
    | { readonly kind: 'version'; readonly version: number }
    | { readonly kind: 'reference'; readonly name: string }
    /** A path, or an unknown name. */
    | { readonly kind: 'file'; readonly path: string }
  )

export type Line =
  | { readonly kind: 'nothing' }
  | { readonly kind: 'command'; readonly name: string; readonly rest: string }
  /** Only `v3`: go there. */
  | { readonly kind: 'goto'; readonly version: number }
  | {
      readonly kind: 'prompt'
      /** The line without its marks and flags, as it is sent. */
      readonly text: string
      readonly named: readonly NamedImage[]
      /** The version that it begins with, which is then its base. */
      readonly base: number | null
      readonly fresh: boolean
      /** The flags at its end, for this line alone. */
      readonly flags: readonly Given[]
      /** What is wrong with its flags; the line is then not to be sent. */
      readonly problem?: string
    }

/** What a line may name: the session's versions and references. */
export type KnownNames = {
  readonly versions: ReadonlySet<number>
  readonly references: readonly string[]
  /** Versions by their tags, in lower case. */
  readonly tags?: ReadonlyMap<string, number>
}

/** What a line means by its form. Bare words (`undo`) are for the commands: their `spelledOut` comes first. */
export function parseLine(line: string, known: KnownNames): Line {
  const trimmed = line.trim()
  if (trimmed === '') return { kind: 'nothing' }
  if (trimmed.startsWith('/') && !trimmed.startsWith('//')) return commandOf(trimmed)
  const lone = /^@?v(\d+)$/i.exec(trimmed)
  if (lone) return { kind: 'goto', version: Number(lone[1]) }
  const tag = trimmed.startsWith('@') ? known.tags?.get(trimmed.slice(1).toLowerCase()) : undefined
  if (tag !== undefined) return { kind: 'goto', version: tag }
  return promptOf(trimmed.startsWith('//') ? trimmed.slice(1) : trimmed, known)
}

function commandOf(line: string): Line {
  const end = line.search(/\s/)
  const name = end === -1 ? line.slice(1) : line.slice(1, end)
  return { kind: 'command', name: name.toLowerCase(), rest: end === -1 ? '' : line.slice(end).trim() }
}

/** The flags at the end of a line; text in quotation marks is no flag. */
export function flagsOf(line: string): Tail {
  const quotes = quotedSpans(line)
  return tailOf(line, (at) => quotes.some((quote) => at > quote.start && at < quote.end))
}

function promptOf(line: string, known: KnownNames): Line {
  const tail = flagsOf(line)
  const body = tail.ok ? line.slice(0, tail.at).trimEnd() : line
  const flags = tail.ok ? tail.given : []
  const named = mentionsOf(body, known)
  const first = named[0]
  const base = first?.kind === 'version' && first.start === 0 && body[0] !== '"' ? first.version : null
  return {
    kind: 'prompt',
    text: [plain(body, named), ...flags.flatMap(asWords)].filter(Boolean).join('\n'),
    named: [...named, ...flags.flatMap((flag) => attachedBy(flag, tail.ok ? tail.at : 0, known))],
    base,
    fresh: flags.some(({ flag }) => flag === 'fresh'),
    flags,
    ...(tail.ok ? {} : { problem: tail.sentence }),
  }
}

const ROLES_OF: ReadonlyMap<string, Role> = new Map([
  ['style-reference', 'style'],
  ['character-reference', 'character'],
])

/** The images that a flag names, with their roles; they come after the words of the line. */
function attachedBy({ flag, value }: Given, at: number, known: KnownNames): readonly NamedImage[] {
  const role = ROLES_OF.get(flag)
  if (role === undefined) return []
  return splitWords(value).map((word) => ({
    ...asNamed(word.replace(/^@/, ''), { start: at, end: at }, known),
    role,
  }))
}

/** The words that a flag adds for the model. */
function asWords({ flag, value }: Given): readonly string[] {
  return flag === 'no' ? [`Leave out of the image: ${value}.`] : []
}

/** Scripts that put no space between words, or before a suffix: a mention beside their letters cuts no word in two. */
const UNSPACED = String.raw`\p{scx=Han}\p{scx=Hiragana}\p{scx=Katakana}\p{scx=Hangul}\p{scx=Thai}\p{scx=Lao}\p{scx=Khmer}\p{scx=Mymr}`

/** A letter or digit that forms one word with its neighbour. */
const JOINED = String.raw`(?![${UNSPACED}])[\p{L}\p{N}]`

/** Compiled when a line is first read: the scripts take 7 ms, which the start of limn should not wait for. */
const mentionPattern = once(
  () =>
    new RegExp(
      [
        String.raw`(?<escape>\\)?(?<!${JOINED}|[_.@/-])(?:`,
        String.raw`@"(?<quoted>[^"\n]+)"`,
        String.raw`|@(?<at>(?:\\.|[^\s"'“”«»,;!?()、。，！？「」『』\\])+)`,
        String.raw`|v(?<v>\d+)(?!${JOINED}|[_/-]|\.[\p{L}\p{N}])`,
        String.raw`|version (?<long>\d+)(?!${JOINED}))`,
      ].join(''),
      'giu',
    ),
)

/** Every mention of the line, in order. Inside quotation marks everything is text, and so is what follows a `\`. */
export function mentionsOf(line: string, known: KnownNames): readonly NamedImage[] {
  const found: NamedImage[] = []
  // The pattern is only compiled for a line that may have a mention.
  if (!/[@v]/i.test(line)) return found
  const quotes = quotedSpans(line)
  for (const match of line.matchAll(mentionPattern())) {
    if (match.groups?.escape) continue
    const start = match.index
    if (quotes.some((quote) => start > quote.start && start < quote.end)) continue
    const named = nameOf(match, start, known)
    if (named) found.push(named)
  }
  return found
}

function nameOf(match: RegExpMatchArray, start: number, known: KnownNames): NamedImage | undefined {
  const { quoted, at, v, long } = match.groups ?? {}
  const end = start + match[0].length
  const number = v ?? long
  if (number !== undefined) {
    const version = Number(number)
    return exists(version, known) ? { kind: 'version', version, start, end } : undefined
  }
  if (quoted !== undefined) return { kind: 'file', path: quoted, start, end }
  if (at === undefined) return undefined
  // A full stop or a colon at the end belongs to the sentence.
  const name = at.replace(/[.:]+$/, '')
  if (name === '') return undefined
  return runOn(name, start, known) ?? asNamed(name, { start, end: end - (at.length - name.length) }, known)
}

const runOnPattern = once(() => new RegExp(`^(?<first>(?:(?![${UNSPACED}]).)+)[${UNSPACED}]`, 'u'))
const IMAGE = /\.(?:png|jpe?g|webp|gif|avif|heic|tiff?)$/i

/** `@heroは走る`: the name is known, or is that of an image file, and the sentence goes on without a space. */
function runOn(name: string, start: number, known: KnownNames): NamedImage | undefined {
  const first = runOnPattern().exec(name)?.groups?.first
  if (first === undefined || IMAGE.test(name) || asNamed(name, { start, end: start }, known).kind !== 'file')
    return undefined
  const named = asNamed(first, { start, end: start + 1 + first.length }, known)
  return named.kind === 'file' && !IMAGE.test(first) ? undefined : named
}

/** What a name stands for: a version, a reference, a tag, or else a file. */
function asNamed(name: string, span: Span, known: KnownNames): NamedImage {
  const asVersion = /^v(\d+)$/i.exec(name)
  if (asVersion && exists(Number(asVersion[1]), known)) {
    return { kind: 'version', version: Number(asVersion[1]), ...span }
  }
  const reference = known.references.find((one) => one.toLowerCase() === name.toLowerCase())
  if (reference !== undefined) return { kind: 'reference', name: reference, ...span }
  const tag = known.tags?.get(name.toLowerCase())
  if (tag !== undefined && exists(tag, known)) return { kind: 'version', version: tag, ...span }
  return { kind: 'file', path: name.replace(/\\(.)/g, '$1'), ...span }
}

function exists(version: number, { versions }: KnownNames): boolean {
  return versions.has(version)
}

/** `"` also means inches, so it opens a quotation only where no word ends; `@"a b.png"` is a name, not a quotation. */
const QUOTATION =
  /@"[^"\n]*"|(?<![\p{L}\p{N}])"[^"\n]*"|“[^”\n]*”|«[^»\n]*»|»[^«\n]*«|„[^“”\n]*[“”]|「[^」\n]*」|『[^』\n]*』/gu

/** Where quotations of any kind are in the line, with their marks. */
export function quotedSpans(line: string): readonly Span[] {
  const spans: Span[] = []
  for (const { 0: text, index } of line.matchAll(QUOTATION)) {
    if (!text.startsWith('@')) spans.push({ start: index, end: index + text.length })
  }
  return spans
}

/** The line as the model reads it: without file marks, with paths shortened to names, without the `\` of escapes. */
function plain(line: string, named: readonly NamedImage[]): string {
  let text = ''
  let at = 0
  for (const one of named) {
    text += line.slice(at, one.start) + nameInText(one)
    at = one.end
  }
  text += line.slice(at)
  return text.replace(/\\(?=@?v\d|@|version \d|--?[a-z]|[—–][a-z]|\{)/gi, '').trim()
}

function nameInText(one: NamedImage): string {
  switch (one.kind) {
    case 'version':
      return `v${one.version}`
    case 'reference':
      return one.name
    case 'file':
      return fileName(one.path)
  }
}

export function fileName(path: string): string {
  return path.split(/[/\\]/).at(-1) || path
}

/** Splits a command's words as a shell would: quotes keep words together, `\` takes one character as it is. */
export function splitWords(rest: string): readonly string[] {
  const words: string[] = []
  const pattern =
    /(?:"(?<double>(?:\\[\s\S]|[^"\\])*)"?|'(?<single>[^']*)'?|\\(?<escaped>[\s\S])|(?<plain>[^\s"'\\]+))|(?<gap>\s+)|\\$/gu
  let word: string | undefined
  for (const { groups = {} } of rest.matchAll(pattern)) {
    if (groups.gap !== undefined) {
      if (word !== undefined) words.push(word)
      word = undefined
      continue
    }
    const piece =
      groups.double?.replace(/\\(["\\])/g, '$1') ?? groups.single ?? groups.escaped ?? groups.plain
    // A backslash at the very end escapes nothing.
    if (piece !== undefined) word = (word ?? '') + piece
  }
  if (word !== undefined) words.push(word)
  return words
}

function once<T>(make: () => T): () => T {
  let made: T | undefined
  return () => (made ??= make())
}
