import { readdir } from 'node:fs/promises'
import { dirname } from 'node:path'
import { FLAGS } from '../core/line/flags.ts'
import { CATALOGUE, type Model, modelOf } from '../core/models/model-catalogue.ts'
import type { Reference, Session } from '../core/session/session.ts'
import { turnSetting, valuesFor } from '../core/settings/turn-settings.ts'
import { TIPS } from '../core/wording/tip-list.ts'
import type { Place } from '../host/place.ts'
import { SETTINGS, settingNamed, wordsOf } from '../store/settings/all-settings.ts'
import { listStyles } from '../store/settings/style-files.ts'
import { absolute } from '../turn/read-image.ts'
import { type Argument, type Flag, isList } from './argument.ts'
import type { Command } from './define.ts'

export type Candidate = {
  /** What the menu shows. */
  readonly name: string
  readonly summary: string
  /** What replaces the word. */
  readonly insert: string
}

/** Candidates for the word that ends at the cursor, and where that word begins. */
export type Completion = { readonly start: number; readonly candidates: readonly Candidate[] }

type CompletionContext = {
  readonly session: Session
  readonly place: Place
  readonly commands: readonly Command[]
}

/** Characters that would end a name in a line, or a word of a command. */
const ENDING = /[\s\\"'“”«»,;!?()]/g

const IMAGES = /\.(?:png|jpe?g|webp|gif|avif|heic|heif|tiff?|bmp|svg)$/i

export async function complete(
  line: string,
  cursor: number,
  context: CompletionContext,
): Promise<Completion | undefined> {
  const found = await candidatesAt(line, cursor, context)
  const [only, ...others] = found?.candidates ?? []
  // A complete word needs no menu: the menu would use Enter for itself.
  const done = only && others.length === 0 && line.slice(found?.start, cursor) === only.insert.trim()
  return done ? undefined : found
}

async function candidatesAt(
  line: string,
  cursor: number,
  context: CompletionContext,
): Promise<Completion | undefined> {
  const before = line.slice(0, cursor)
  if (/^\/[^/\s]*$/.test(before))
    return { start: 0, candidates: commandNames(before.slice(1), context.commands) }
  const start = wordStart(before)
  const word = before.slice(start)
  if (before.startsWith('/') && !before.startsWith('//')) {
    const candidates = await argumentOf(before.slice(0, start), word, context)
    return candidates.length > 0 ? { start, candidates } : undefined
  }
  if (word.startsWith('--')) {
    const candidates = lineFlags(word)
    return candidates.length > 0 ? { start, candidates } : undefined
  }
  if (/\s--style\s+$/i.test(before.slice(0, start))) {
    const candidates = await candidatesOf({ kind: 'style', about: '' }, word, context)
    return candidates.length > 0 ? { start, candidates } : undefined
  }
  const flag = /\s--([a-z][\w-]*)\s+$/i.exec(before.slice(0, start))?.[1]?.toLowerCase()
  const setting = FLAGS.find(({ names }) => flag !== undefined && names.includes(flag))?.flag
  if (setting !== undefined && turnSetting(setting)) {
    const candidates = values(setting, word, context.session)
    return candidates.length > 0 ? { start, candidates } : undefined
  }
  if (!word.startsWith('@')) return undefined
  const candidates = [...mentions(word, context.session), ...(await files(word.slice(1), context.place, '@'))]
  return candidates.length > 0 ? { start, candidates } : undefined
}

/** Flags that a prompt may end with, without those that limn reads but does not send. */
function lineFlags(word: string): readonly Candidate[] {
  return FLAGS.filter(({ flag }) => flag !== 'foreign')
    .map(({ names: [name = ''], about, takes }) => ({
      name: `--${name}`,
      summary: about,
      insert: `--${name}${takes === 'nothing' ? '' : ' '}`,
    }))
    .filter(({ name }) => name.startsWith(word.toLowerCase()))
}

/** A space after a backslash belongs to the word. */
function wordStart(before: string): number {
  return before.length - (/(?:\\.|[^\s\\])*$/.exec(before)?.[0].length ?? 0)
}

function commandNames(prefix: string, commands: readonly Command[]): readonly Candidate[] {
  const low = prefix.toLowerCase()
  return commands
    .filter(({ name, aliases }) => name.startsWith(low) || aliases.some((alias) => alias.startsWith(low)))
    .map((one) => ({
      name: `/${one.name}`,
      summary: one.summary,
      insert: `/${one.name}${takesWords(one) ? ' ' : ''}`,
    }))
}

function takesWords(command: Command): boolean {
  return command.arguments.length > 0 || command.flags.length > 0
}

async function argumentOf(
  before: string,
  word: string,
  context: CompletionContext,
): Promise<readonly Candidate[]> {
  const words = before.slice(1).trimEnd().toLowerCase().split(/\s+/)
  const family = context.commands.filter(({ name }) => name.startsWith(`${words[0]} `))
  if (family.length > 0 && words.length === 1) {
    const forms = family
      .map((one) => ({
        name: one.name.split(' ')[1] ?? '',
        summary: one.summary,
        insert: `${one.name.split(' ')[1]} `,
      }))
      .filter(({ name }) => name.startsWith(word.toLowerCase()))
    const [first] = context.commands.find(({ name }) => name === words[0])?.arguments ?? []
    return first ? [...(await candidatesOf(first, word, context)), ...forms] : forms
  }
  const command =
    named(context.commands, `${words[0]} ${words[1]}`) ?? named(context.commands, words[0] ?? '')
  if (!command) return []
  if (word.startsWith('--')) return flags(command, word)
  const flag = command.flags.find(({ name }) => words.at(-1) === `--${name}`)
  if (flag?.kind === 'choice') return choices(flag, word)
  const given = words.slice(command.name.split(' ').length).filter((one) => !one.startsWith('--')).length
  const lists = command.arguments.flatMap((argument, index) =>
    index === given || argument.kind === 'version' || isList(argument) ? [argument] : [],
  )
  const all = await Promise.all(
    lists.map((argument) =>
      argument.kind === 'value'
        ? values(argument.of ?? words.at(-1) ?? '', word, context.session)
        : candidatesOf(argument, word, context),
    ),
  )
  return all.flat()
}

function named(commands: readonly Command[], word: string): Command | undefined {
  return commands.find(({ name, aliases }) => name === word || aliases.includes(word))
}

function flags({ flags: all }: Command, word: string): readonly Candidate[] {
  return all
    .map(({ name, about }) => ({ name: `--${name}`, summary: about, insert: `--${name} ` }))
    .filter(({ name }) => name.startsWith(word))
}

async function candidatesOf(
  argument: Argument,
  word: string,
  context: CompletionContext,
): Promise<readonly Candidate[]> {
  const { session, place, commands } = context
  const matching = (items: readonly Candidate[]) =>
    items.filter(({ name }) => name.toLowerCase().startsWith(word.toLowerCase()))
  switch (argument.kind) {
    case 'file':
    case 'files':
      return files(word, place, '')
    case 'version':
    case 'versions':
      return matching([...versions(session, ''), ...tags(session), ...SELECTIONS])
    case 'model':
      return matching(CATALOGUE.map((model) => modelCandidate(model, word)))
    case 'reference':
    case 'references':
      return matching(
        session.references.map((one) => ({ name: one.name, summary: about(one), insert: `${one.name} ` })),
      )
    case 'choice':
      return choices(argument, word)
    case 'setting':
      return matching(SETTINGS.map(({ name, meaning }) => ({ name, summary: meaning, insert: `${name} ` })))
    case 'topic':
      return matching(TIPS.map(({ topic, summary }) => ({ name: topic, summary, insert: topic })))
    case 'style':
      return matching(await styles(place))
    case 'command':
      return matching(commands.map(({ name, summary }) => ({ name, summary, insert: name })))
    case 'number':
    case 'text':
    case 'texts':
    case 'session':
    case 'words':
    case 'value':
    case 'line':
      return []
  }
}

/** The words that a setting takes; for a turn setting, those that the model of the session takes. */
function values(name: string, word: string, { settings }: Session): readonly Candidate[] {
  const row = settingNamed(name)
  if (!row) return []
  const ofTurn = turnSetting(row.name)
  const all = ofTurn ? valuesFor(ofTurn, modelOf(settings.model)) : wordsOf(row)
  return all
    .filter((one) => one.toLowerCase().startsWith(word.toLowerCase()))
    .map((one) => ({ name: one, summary: row.meaning, insert: one }))
}

async function styles({ root }: Place): Promise<readonly Candidate[]> {
  const all = await listStyles(root)
  return all.map(({ name, about }) => ({ name, summary: about, insert: name }))
}

function choices(
  { words, meanings = {}, about }: (Argument | Flag) & { readonly kind: 'choice' },
  typed: string,
): readonly Candidate[] {
  return words
    .filter((word) => word.toLowerCase().startsWith(typed.toLowerCase()))
    .map((word) => ({ name: word, summary: meanings[word] ?? about, insert: `${word} ` }))
}

/** By its alias, or by its id if the user has begun to type that. */
function modelCandidate({ alias, id, name }: Model, word: string): Candidate {
  const typed = alias === null || (word !== '' && id.startsWith(word.toLowerCase())) ? id : alias
  return { name: typed, summary: `${id} · ${name}`, insert: typed }
}

function mentions(word: string, session: Session): readonly Candidate[] {
  const references = session.references.map((one) => ({
    name: `@${one.name}`,
    summary: about(one),
    insert: `@${one.name} `,
  }))
  return [...references, ...tags(session), ...versions(session, '@')].filter(({ name }) =>
    name.toLowerCase().startsWith(word.toLowerCase()),
  )
}

/** `style · muted · ~/oil.png` */
function about({ role, muted, source }: Reference): string {
  return [role ?? '', muted ? 'muted' : '', source].filter((word) => word !== '').join(' · ')
}

function versions(session: Session, sign: string): readonly Candidate[] {
  return session.versions.toReversed().map(({ number, turn, name }) => ({
    name: `${sign}v${number}`,
    summary: name ?? session.turns.find(({ id }) => id === turn)?.text ?? '',
    insert: `${sign}v${number}`,
  }))
}

function tags({ tags: all }: Session): readonly Candidate[] {
  return all.map(({ name, version }) => ({ name: `@${name}`, summary: `v${version}`, insert: `@${name} ` }))
}

/** The other words that select versions. */
const SELECTIONS: readonly Candidate[] = [
  { name: 'current', summary: 'what the next line edits', insert: 'current ' },
  { name: 'leaves', summary: 'versions that nothing was made from', insert: 'leaves ' },
]

/** Folders and images whose names begin with what was typed; spaces get a backslash. */
async function files(typed: string, place: Place, sign: string): Promise<readonly Candidate[]> {
  const path = typed.replace(/\\(.)/g, '$1')
  const slash = path.lastIndexOf('/') + 1
  const [folder, prefix] = [path.slice(0, slash), path.slice(slash)]
  const where = absolute(folder === '' ? '.' : folder, place)
  const entries = await readdir(folder.endsWith('/') ? where : dirname(`${where}/x`), {
    withFileTypes: true,
  }).catch(() => [])
  return entries
    .filter(({ name }) => name.startsWith(prefix) && (prefix !== '' || !name.startsWith('.')))
    .filter((entry) => entry.isDirectory() || IMAGES.test(entry.name))
    .sort((a, b) => a.name.localeCompare(b.name))
    .slice(0, 200)
    .map((entry) => {
      const name = `${folder}${entry.name}${entry.isDirectory() ? '/' : ''}`
      const insert = sign + name.replace(ENDING, '\\$&') + (entry.isDirectory() ? '' : ' ')
      return { name: `${sign}${name}`, summary: entry.isDirectory() ? 'folder' : 'file', insert }
    })
}
