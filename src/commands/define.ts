import type { Task } from '../core/event.ts'
import type { Session } from '../core/session/session.ts'
import type { TurnSettings } from '../core/settings/turn-settings-type.ts'
import type { Place } from '../host/place.ts'
import type { Context } from '../turn/context.ts'
import type { Argument, Flag, NamedArgument, NamedFlag } from './argument.ts'
import type { ReadArguments } from './read-words.ts'
import { readWords } from './read-words.ts'

/** The groups that `/help` and the page of commands show, in their order. */
export const GROUPS = {
  help: 'Help',
  references: 'References',
  look: 'Model, size and style',
  versions: 'Versions',
  again: 'Another image',
  tools: 'Tools on this machine, without the model',
  sessions: 'Sessions',
  batches: 'Batches',
  costs: 'Costs',
  limn: 'limn itself',
} as const

export type Group = keyof typeof GROUPS

/** What a command may change that later lines of a script rely on. */
export type Effect =
  /** The settings that lines are made with. */
  | 'settings'
  /** It may write a user's file that a later line names. */
  | 'files'
  | 'styles'
  /** Another session or another engine is in force after it. */
  | 'session'
  /** The lines after it are not run. */
  | 'end'

/** What is known before a line of a script runs, whatever the lines before it do. */
export type BeforeLine = {
  /** As it is when the script begins. */
  readonly session: Session
  /** The id of the engine. */
  readonly engine: string
  readonly place: Place
  /** Undefined after a command that may have changed them in an unforeseeable way. */
  readonly settings: TurnSettings | undefined
  /** True if a line before it may make a file that does not exist yet. */
  readonly newFiles: boolean
  /** The same, for a style. */
  readonly newStyles: boolean
  /** What is certainly wrong with a line that the command itself runs. */
  problemOf(line: string): Promise<string | undefined>
}

/** What a check has found: a sentence for what is certainly wrong, the settings after the command, or nothing. */
export type Checked = { readonly problem: string } | { readonly settings: BeforeLine['settings'] } | undefined

type ValueOf<A> = A extends { readonly kind: 'number' }
  ? number
  : A extends { readonly kind: 'texts' | 'files' | 'references' | 'versions' }
    ? readonly string[]
    : A extends { readonly kind: 'choice'; readonly words: readonly (infer Word)[] }
      ? Word
      : string

type ArgumentValues<A extends Record<string, Argument>> = {
  [N in keyof A]: A[N] extends { readonly optional: true } ? ValueOf<A[N]> | undefined : ValueOf<A[N]>
}

type FlagValues<F extends Record<string, Flag>> = {
  [N in keyof F]: F[N]['kind'] extends 'switch' ? boolean : ValueOf<F[N]> | undefined
}

/**
 * A command as data: everything that limn, its pages and other programs know about it without running it. A field that
 * is left out has the safe meaning.
 */
type CommandData = {
  /** One word, or two for a command that has several (`ref add`). */
  readonly name: string
  readonly summary: string
  readonly example: string
  readonly aliases?: readonly string[]
  /** Words that are this command if they are alone on a line, without the slash. */
  readonly bareWords?: readonly string[]
  /** Whether a version alone on a line (`v3`) is this command with that version. */
  readonly bareVersion?: true
  /** Where `/help` lists it; by default in the group about limn itself. */
  readonly group?: Group
  /**
   * It runs as soon as Enter is pressed, even while a turn runs. So it must neither need the result of the turn nor move
   * the head. Any other command is queued until the lines before it have ended.
   */
  readonly atOnce?: true
  /**
   * What it may change that later lines of a script rely on; an empty list means nothing. A command without this field
   * may change anything except the end of the script: what the later lines need is then not checked before they run,
   * since a script that might be right must not be refused. Their words and flags are still read.
   */
  readonly changes?: readonly Effect[]
  /**
   * The command asks for a secret with a question of that kind, and takes none on its line: what is typed after its
   * name is not shown, stored, queued or sent, and this sentence is shown instead.
   */
  readonly secret?: string
}

type Definition<A extends Record<string, Argument>, F extends Record<string, Flag>> = CommandData & {
  readonly arguments?: A
  readonly flags?: F
  /**
   * What is certainly wrong with these values, such as a missing file; or the settings after the command, if it
   * `changes` them. `limn run` calls this before it runs its first line, so nothing may be changed here.
   */
  check?(values: ArgumentValues<A> & FlagValues<F>, before: BeforeLine): Checked | Promise<Checked>
  run(values: ArgumentValues<A> & FlagValues<F>, context: Context): Task
}

/** The data can be written as JSON; the functions use it. */
export type Command = Required<Omit<CommandData, 'bareVersion' | 'atOnce' | 'secret'>> & {
  readonly bareVersion: boolean
  readonly atOnce: boolean
  readonly secret: string | null
  readonly arguments: readonly NamedArgument[]
  readonly flags: readonly NamedFlag[]
  /** The command as it is typed, with these words after it. */
  line(words?: string): string
  /** What is wrong with these words before anything runs: first their form, then the command's own check. */
  check(rest: string, before: BeforeLine): Promise<Checked>
  /** The work of this command with these words, or what is wrong with them. */
  start(rest: string, context: Context): { readonly work: Task } | { readonly problem: string }
}

/** Everything except the end of a script. */
const ANYTHING: readonly Effect[] = ['settings', 'files', 'styles', 'session']

/** Makes a command of its definition: the types of `run`'s values come from `arguments` and `flags`. */
export function defineCommand<
  const A extends Record<string, Argument> = Record<never, Argument>,
  const F extends Record<string, Flag> = Record<never, Flag>,
>(definition: Definition<A, F>): Command {
  const { name, summary, example, secret = null } = definition
  const named = Object.entries<Argument>(definition.arguments ?? {}).map(([name, one]) => ({ ...one, name }))
  const flags = Object.entries<Flag>(definition.flags ?? {}).map(([name, one]) => ({ ...one, name }))
  const read = (rest: string): ReadArguments =>
    secret !== null && rest !== '' ? { problem: secret } : readWords(rest, named, flags)
  // The only cast from words to types: readWords has checked each value against the same definition.
  const typed = (values: Record<string, unknown>) => values as ArgumentValues<A> & FlagValues<F>
  return {
    name,
    summary,
    example,
    aliases: definition.aliases ?? [],
    bareWords: definition.bareWords ?? [],
    bareVersion: definition.bareVersion ?? false,
    group: definition.group ?? 'limn',
    atOnce: definition.atOnce ?? false,
    changes: definition.changes ?? ANYTHING,
    secret,
    arguments: named,
    flags,
    line: (words = '') => `/${name} ${words}`.trimEnd(),
    async check(rest, before) {
      const words = read(rest)
      if ('problem' in words) return { problem: secret ?? withExample(words.problem, example) }
      return definition.check?.(typed(words.values), before)
    },
    start(rest, context) {
      const words = read(rest)
      if ('problem' in words) return { problem: secret ?? withExample(words.problem, example) }
      return { work: definition.run(typed(words.values), context) }
    },
  }
}

function withExample(problem: string, example: string): string {
  return `${problem} For example: ${example}`
}
