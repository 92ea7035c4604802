import { distance } from 'fastest-levenshtein'
import type { Argument, Flag } from './argument.ts'
import type { Command } from './define.ts'

/** `/save [PATH] [vN] [--force]` */
export function usageOf({ name, arguments: args, flags }: Command): string {
  const words = args.map((one) => (one.optional ? `[${wordOf(one)}]` : wordOf(one)))
  const switches = flags.map((flag) => `[--${flag.name}${valueWord(flag)}]`)
  return [`/${name}`, ...words, ...switches].join(' ')
}

function valueWord(flag: Flag & { readonly name: string }): string {
  switch (flag.kind) {
    case 'switch':
      return ''
    case 'text':
      return ' NAME'
    case 'choice':
      return ` ${choiceOf(flag)}`
  }
}

/** In characters; a longer list of words is replaced by the name of its argument. */
const WIDEST_CHOICE = 24

function choiceOf({ words, name }: { readonly words: readonly string[]; readonly name: string }): string {
  const all = words.join('|')
  return all.length > WIDEST_CHOICE ? name.toUpperCase() : all
}

function wordOf(argument: Argument & { readonly name: string }): string {
  if (argument.kind === 'choice') return choiceOf(argument)
  const { kind, name } = argument
  const words: Record<typeof kind, string> = {
    number: 'N',
    text: name.toUpperCase(),
    texts: `${name.toUpperCase()}...`,
    file: 'PATH',
    version: 'vN',
    versions: 'vN...',
    model: 'MODEL',
    reference: 'NAME',
    session: 'SESSION',
    command: 'COMMAND',
    setting: 'NAME',
    topic: 'TOPIC',
    style: 'NAME',
    files: 'FILE...',
    references: 'NAME...',
    words: name.toUpperCase(),
    value: name.toUpperCase(),
    line: name.toUpperCase(),
  }
  return words[kind]
}

/** The commands that a word after /help means: `ref` means all of its forms. */
export function findCommands(name: string, commands: readonly Command[]): readonly Command[] {
  const exact = commands.filter((one) => one.name === name || one.aliases.includes(name))
  const family = commands.filter((one) => one.name.startsWith(`${name} `))
  const found = [...new Set([...exact, ...family])]
  return found.length > 0 ? found : commands.filter((one) => one.name.startsWith(name)).slice(0, 1)
}

export type Resolved =
  | { readonly kind: 'found'; readonly command: Command; readonly rest: string }
  | { readonly kind: 'unknown'; readonly sentence: string }

/**
 * The command of a typed line. Two words win over one (`ref add`), a whole name over a prefix, and a prefix must be the
 * beginning of only one command.
 */
export function resolveCommand(name: string, rest: string, commands: readonly Command[]): Resolved {
  const [second = '', ...others] = rest.split(/(?<=^\S+)\s+/)
  const two = `${name} ${second.toLowerCase()}`
  const heads = [...new Set(commands.map((one) => one.name.split(' ')[0] ?? ''))]
  const named = (word: string) => commands.find((one) => one.name === word || one.aliases.includes(word))
  const starts = heads.filter((head) => head.startsWith(name))
  const head = heads.includes(name) || named(name) ? name : starts.length === 1 ? starts[0] : undefined
  if (head === undefined) return { kind: 'unknown', sentence: unknown(name, starts, commands) }
  const family = commands.filter((one) => one.name.startsWith(`${head} `))
  const forms = family.filter(
    (one) => second !== '' && one.name.startsWith(`${head} ${second.toLowerCase()}`),
  )
  const form =
    named(head === name ? two : `${head} ${second.toLowerCase()}`) ??
    (forms.length === 1 ? forms[0] : undefined)
  if (form && family.length > 0) return { kind: 'found', command: form, rest: others.join(' ').trim() }
  const single = named(head)
  if (single && (family.length === 0 || second === '' || single.arguments.length > 0))
    return { kind: 'found', command: single, rest }
  const all = family.map((one) => `/${one.name}`).join(', ')
  return { kind: 'unknown', sentence: `/${head} ${second} is not a command; there is ${all}.` }
}

/** The command that a version alone on a line means. */
export function resolveVersion(version: number, commands: readonly Command[]): Resolved {
  const command = commands.find(({ bareVersion }) => bareVersion)
  return command
    ? { kind: 'found', command, rest: `v${version}` }
    : { kind: 'unknown', sentence: `No command goes to v${version}.` }
}

/** A bare word (`undo`) as the command that it stands for (`/undo`); any other line unchanged. */
export function spelledOut(line: string, commands: readonly Command[]): string {
  const word = line.trim().toLowerCase()
  return commands.find(({ bareWords }) => bareWords.includes(word))?.line() ?? line
}

/**
 * What a line has to do with a secret: it `asks` for one, or it `holds` one after a command that would ask for it, and
 * must then not be shown or stored.
 */
export function secretIn(line: string, commands: readonly Command[]): 'asks' | 'holds' | 'none' {
  const [, name, rest = ''] = /^\s*\/(\S+)\s*([\s\S]*)$/.exec(line) ?? []
  if (name === undefined) return 'none'
  const found = resolveCommand(name.toLowerCase(), rest.trim(), commands)
  if (found.kind === 'unknown' || found.command.secret === null) return 'none'
  return rest.trim() === '' ? 'asks' : 'holds'
}

function unknown(name: string, starts: readonly string[], commands: readonly Command[]): string {
  if (starts.length > 1) return `/${name} could be ${starts.map((one) => `/${one}`).join(' or ')}.`
  const near = nearest(name, commands)
  return `There is no command /${name}${near ? `; did you mean /${near}?` : '.'} /help lists them; //${name} sends it as words.`
}

export function nearest(name: string, commands: readonly Command[]): string | undefined {
  const names = [
    ...new Set(commands.flatMap((one) => [one.name, ...one.aliases]).map((one) => one.split(' ')[0] ?? '')),
  ]
  const least = Math.min(...names.map((one) => distance(name, one)))
  const near = names.filter((one) => distance(name, one) === least)
  // Letters in the wrong order are the most common typing error.
  const same = near.find((one) => [...one].sort().join('') === [...name].sort().join(''))
  return least <= Math.max(2, name.length / 2) ? (same ?? near[0]) : undefined
}
