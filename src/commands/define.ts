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
  tools: 'Made here, without the model',
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
  /** It may write a file of the user's that a later line names. */
  | 'files'
  | 'styles'
  /** Another session or another engine is in force behind it. */
  | 'session'
  /** The lines behind it are not run. */
  | 'end'

/** What is known in front of a line of a script, whatever comes of the lines before it. */
export type BeforeLine = {
  /** As it is when the script begins. */
  readonly session: Session
  /** Its id. */
  readonly engine: string
  readonly place: Place
  /** Undefined behind a command that may have changed them in a way that cannot be foreseen. */
  readonly settings: TurnSettings | undefined
  /** True when a line before it may have made a file that is not there yet. */
  readonly newFiles: boolean
  /** The same for a style. */
  readonly newStyles: boolean
  /** What is surely wrong with a line that the command runs itself. */
  problemOf(line: string): Promise<string | undefined>
}

/** What a check has found: a sentence for what is surely wrong, the settings behind the command, or nothing. */
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
 * What a command is, as data: everything that limn, its pages and other programs know of it without running it. What
 * is left out has the safe meaning.
 */
type CommandData = {
  /** One word, or two for a command that has several (`ref add`). */
  readonly name: string
  readonly summary: string
  readonly example: string
  readonly aliases?: readonly string[]
  /** Words that act as this command when they stand alone on a line, without the slash. */
  readonly bareWords?: readonly string[]
  /** A version alone on a line (`v3`) is this command with that version. */
  readonly bareVersion?: true
  /** Where `/help` lists it; else among what is about limn itself. */
  readonly group?: Group
  /**
   * It runs as soon as Enter is pressed, also while a turn runs. So it must not need what the turn will bring, nor move
   * the head. Any other command waits until the lines before it have come to their end.
   */
  readonly atOnce?: true
  /**
   * What it may change that later lines of a script rely on; an empty list says nothing. A command that does not say
   * may change all but the end of the script: what its later lines need is then not looked for before they are run,
   * since a script that might be right must not be refused. Their words and flags are read all the same.
   */
  readonly changes?: readonly Effect[]
  /**
   * It asks for a secret, with a question of that kind, and takes none in its line: what is typed behind it is not
   * shown, kept, queued or sent, and this sentence is said in its place.
   */
  readonly secret?: string
}

type Definition<A extends Record<string, Argument>, F extends Record<string, Flag>> = CommandData & {
  readonly arguments?: A
  readonly flags?: F
  /**
   * What is surely wrong with these values, such as a file that is not there; or the settings behind the command,
   * where it `changes` them. `limn run` asks before its first line is run, so nothing may be changed here.
   */
  check?(values: ArgumentValues<A> & FlagValues<F>, before: BeforeLine): Checked | Promise<Checked>
  run(values: ArgumentValues<A> & FlagValues<F>, context: Context): Task
}

/** The data can be written as JSON; the functions are what can be done with it. */
export type Command = Required<Omit<CommandData, 'bareVersion' | 'atOnce' | 'secret'>> & {
  readonly bareVersion: boolean
  readonly atOnce: boolean
  readonly secret: string | null
  readonly arguments: readonly NamedArgument[]
  readonly flags: readonly NamedFlag[]
  /** The command as it is typed, with these words behind it. */
  line(words?: string): string
  /** What is wrong with these words before anything is run: by their form, then by the command's own check. */
  check(rest: string, before: BeforeLine): Promise<Checked>
  /** The work of this command with these words, or what is wrong with them. */
  start(rest: string, context: Context): { readonly work: Task } | { readonly problem: string }
}

/** All but the end of a script. */
const ANYTHING: readonly Effect[] = ['settings', 'files', 'styles', 'session']

/** The definition is all there is: the types of `run` come from `arguments` and `flags`. */
export function defineCommand<
  const A extends Record<string, Argument> = Record<never, Argument>,
  const F extends Record<string, Flag> = Record<never, Flag>,
>(definition: Definition<A, F>): Command {
  const { name, summary, example, secret = null } = definition
  const named = Object.entries<Argument>(definition.arguments ?? {}).map(([name, one]) => ({ ...one, name }))
  const flags = Object.entries<Flag>(definition.flags ?? {}).map(([name, one]) => ({ ...one, name }))
  const read = (rest: string): ReadArguments =>
    secret !== null && rest !== '' ? { problem: secret } : readWords(rest, named, flags)
  // The one place where words become types: readWords checked each against the same definition.
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
      const said = read(rest)
      if ('problem' in said) return { problem: secret ?? withExample(said.problem, example) }
      return definition.check?.(typed(said.values), before)
    },
    start(rest, context) {
      const said = read(rest)
      if ('problem' in said) return { problem: secret ?? withExample(said.problem, example) }
      return { work: definition.run(typed(said.values), context) }
    },
  }
}

function withExample(problem: string, example: string): string {
  return `${problem} For example: ${example}`
}
