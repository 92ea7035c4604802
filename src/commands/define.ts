import type { Task } from '../core/event.ts'
import { splitWords } from '../core/line/line.ts'
import { isRole, ROLES, type Role } from '../core/session/role.ts'
import { isSelection, looksLikeVersions } from '../core/session/selection.ts'
import type { Context } from '../turn/context.ts'

/** What a word means; completion and the usage line follow from it. */
export type Kind =
  | 'number'
  | 'text'
  | 'file'
  /** One version, in any of the words for it. */
  | 'version'
  /** Any number of them. */
  | 'versions'
  | 'model'
  | 'reference'
  /** A role, or `none`. */
  | 'role'
  | 'session'
  | 'command'
  | 'setting'
  | 'topic'
  | 'style'
  /** All that is left, as words. */
  | 'files'
  | 'references'
  /** The last argument: words that are one value, as they were typed, up to the flags. */
  | 'words'
  /** All that is left of the line, as it was typed. */
  | 'line'

export type Argument = { readonly kind: Kind; readonly about: string; readonly optional?: true }
export type Flag = { readonly kind: 'switch' | 'text' | 'role'; readonly about: string }

type ValueOf<K extends Kind> = K extends 'number'
  ? number
  : K extends 'files' | 'references' | 'versions'
    ? readonly string[]
    : K extends 'role'
      ? RoleWord
      : string

type RoleWord = Role | 'none'

type ArgumentValues<A extends Record<string, Argument>> = {
  [N in keyof A]: A[N] extends { readonly optional: true }
    ? ValueOf<A[N]['kind']> | undefined
    : ValueOf<A[N]['kind']>
}

type FlagValues<F extends Record<string, Flag>> = {
  [N in keyof F]: F[N]['kind'] extends 'switch'
    ? boolean
    : (F[N]['kind'] extends 'role' ? RoleWord : string) | undefined
}

type Definition<A extends Record<string, Argument>, F extends Record<string, Flag>> = {
  /** One word, or two for a command that has several (`ref add`). */
  readonly name: string
  readonly aliases?: readonly string[]
  readonly summary: string
  readonly example: string
  readonly arguments?: A
  readonly flags?: F
  /** Said to any word behind the command, in place of the usual sentence, which repeats the word. */
  readonly alone?: string
  run(values: ArgumentValues<A> & FlagValues<F>, context: Context): Task
}

export type Command = {
  readonly name: string
  readonly aliases: readonly string[]
  readonly summary: string
  readonly example: string
  readonly arguments: readonly (Argument & { readonly name: string })[]
  readonly flags: readonly (Flag & { readonly name: string })[]
  /** What these words say, or what is wrong with them, whatever the session is. */
  read(rest: string): ReadArguments
  /** The work of this command with these words, or what is wrong with them. */
  start(rest: string, context: Context): { readonly work: Task } | { readonly problem: string }
}

/** The definition is all there is: the types of `run` come from `arguments`. */
export function defineCommand<
  const A extends Record<string, Argument> = Record<never, Argument>,
  const F extends Record<string, Flag> = Record<never, Flag>,
>(definition: Definition<A, F>): Command {
  const named = Object.entries<Argument>(definition.arguments ?? {}).map(([name, one]) => ({ ...one, name }))
  const flags = Object.entries<Flag>(definition.flags ?? {}).map(([name, one]) => ({ ...one, name }))
  const read = (rest: string): ReadArguments =>
    definition.alone !== undefined && rest !== ''
      ? { problem: definition.alone }
      : readWords(rest, named, flags)
  return {
    name: definition.name,
    aliases: definition.aliases ?? [],
    summary: definition.summary,
    example: definition.example,
    arguments: named,
    flags,
    read,
    start(rest, context) {
      const said = read(rest)
      if ('problem' in said) return said
      // The one place where words become types: readWords checked each against the same definition.
      return { work: definition.run(said.values as ArgumentValues<A> & FlagValues<F>, context) }
    },
  }
}

type ReadArguments = { readonly values: Record<string, unknown> } | { readonly problem: string }

function readWords(rest: string, args: Command['arguments'], flags: Command['flags']): ReadArguments {
  const values: Record<string, unknown> = {}
  for (const flag of flags) if (flag.kind === 'switch') values[flag.name] = false
  const [first] = args
  if (first?.kind === 'line' || first?.kind === 'command') {
    if (rest === '' && !first.optional) return { problem: `What is missing: ${first.about}.` }
    return { values: rest === '' ? values : { ...values, [first.name]: rest } }
  }
  const last = args.at(-1)
  const tail = last?.kind === 'words' ? tailOf(rest, args.length - 1) : undefined
  if (last && tail && tail.text !== '') values[last.name] = tail.text
  const words = [...splitWords(tail?.rest ?? rest)]
  const open = args.filter(({ name }) => values[name] === undefined)
  for (let typed = words.shift(); typed !== undefined; typed = words.shift()) {
    // Some keyboards make one long dash of two.
    const word = typed.replace(/^—(?=\w)/, '--')
    if (word.startsWith('--') && word.length > 2) {
      const [name = '', given] = word.slice(2).split(/=(.*)/s)
      const flag = flags.find((one) => one.name === name)
      if (!flag) return { problem: unknownFlag(word, flags) }
      if (flag.kind === 'switch') values[name] = true
      else values[name] = given ?? words.shift()
      if (values[name] === undefined) return { problem: `--${name} wants ${flag.about}.` }
      if (flag.kind === 'role' && readRole(values[name]) === undefined)
        return { problem: noRole(String(values[name])) }
      continue
    }
    const meantSo = looksLikeVersions(word)
    const at = open.findIndex((one) => isOfVersions(one) === meantSo)
    const second = meantSo && at === -1 && args.some(isOfVersions)
    const argument = second ? undefined : open[at === -1 ? 0 : at]
    if (!argument) return { problem: `"${word}" is one word too many.` }
    const value = readWord(argument, word)
    if (value === undefined && argument.kind === 'role') return { problem: noRole(word) }
    if (value === undefined) return { problem: `"${word}" is not ${argument.about}.` }
    if (isList(argument)) {
      const list = values[argument.name]
      values[argument.name] = Array.isArray(list) ? [...list, value] : [value]
    } else {
      values[argument.name] = value
      open.splice(open.indexOf(argument), 1)
    }
  }
  const missing = args.find(({ name, optional }) => !optional && values[name] === undefined)
  return missing ? { problem: `What is missing: ${missing.about}.` } : { values }
}

/** What follows so many words, as it was typed, since an apostrophe is no quotation mark; and the line without it. */
function tailOf(rest: string, before: number): { readonly text: string; readonly rest: string } | undefined {
  const [, words = '', all = ''] = new RegExp(`^((?:\\S+\\s+){${before}})([\\s\\S]+)$`).exec(rest) ?? []
  if (words === '') return undefined
  const [, text = '', flags = ''] = /^([\s\S]*?)((?:(?:^|\s+)(?:--|—)[a-z]\S*)*)$/i.exec(all) ?? []
  const quoted = /^"([^"]*)"$/.exec(text.trim())?.[1]
  return { text: quoted ?? text.trim(), rest: words + flags }
}

function isOfVersions({ kind }: Argument): boolean {
  return kind === 'version' || kind === 'versions'
}

/** Takes all the words that are left for it. */
export function isList({ kind }: Argument): boolean {
  return kind === 'files' || kind === 'references' || kind === 'versions'
}

function readWord({ kind }: Argument, word: string): unknown {
  switch (kind) {
    case 'number':
      return /^[1-9]\d*$/.test(word) ? Number(word) : undefined
    case 'version':
    case 'versions':
      return isSelection(word) ? word : undefined
    case 'role':
      return readRole(word)
    case 'text':
    case 'file':
    case 'model':
    case 'reference':
    case 'session':
    case 'command':
    case 'setting':
    case 'topic':
    case 'style':
    case 'files':
    case 'references':
    case 'words':
    case 'line':
      return word
  }
}

function readRole(word: unknown): RoleWord | undefined {
  return typeof word === 'string' && (word === 'none' || isRole(word)) ? word : undefined
}

function noRole(word: string): string {
  return `"${word}" is not a role: ${ROLES.join(', ')}, or none.`
}

function unknownFlag(word: string, flags: Command['flags']): string {
  const all = flags.map(({ name }) => `--${name}`).join(', ')
  return all === '' ? `There is no ${word} here.` : `There is no ${word} here; there is ${all}.`
}
