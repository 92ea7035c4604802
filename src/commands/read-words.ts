import { splitWords } from '../core/line/line.ts'
import { isSelection, looksLikeVersions } from '../core/session/selection.ts'
import type { Argument, NamedArgument, NamedFlag, WordChoice } from './argument.ts'
import { aboutText, chosen, isList, isOfVersions } from './argument.ts'

/** The values of a command's arguments and flags by their names, or what is wrong with the words. */
export type ReadArguments = { readonly values: Record<string, unknown> } | { readonly problem: string }

/** Reads the words after the name of a command. */
export function readWords(
  rest: string,
  args: readonly NamedArgument[],
  flags: readonly NamedFlag[],
): ReadArguments {
  const values: Record<string, unknown> = {}
  for (const flag of flags) if (flag.kind === 'switch') values[flag.name] = false
  const [first] = args
  if (first?.kind === 'line' || first?.kind === 'command') {
    if (rest === '' && !first.optional) return { problem: `What is missing: ${first.about}.` }
    return { values: rest === '' ? values : { ...values, [first.name]: rest } }
  }
  const last = args.at(-1)
  const tail = last?.kind === 'words' || last?.kind === 'value' ? tailOf(rest, args.length - 1) : undefined
  if (last && tail && tail.text !== '') values[last.name] = tail.text
  const words = [...splitWords(tail?.rest ?? rest)]
  const open = args.filter(({ name }) => values[name] === undefined)
  for (let typed = words.shift(); typed !== undefined; typed = words.shift()) {
    // Some keyboards turn two dashes into one long dash.
    const word = typed.replace(/^—(?=\w)/, '--')
    if (word.startsWith('--') && word.length > 2) {
      const [name = '', given] = word.slice(2).split(/=(.*)/s)
      const flag = flags.find((one) => one.name === name)
      if (!flag) return { problem: unknownFlag(word, flags) }
      if (flag.kind === 'switch') values[name] = true
      else values[name] = given ?? words.shift()
      if (values[name] === undefined) return { problem: `--${name} needs ${aboutText(flag)}.` }
      if (flag.kind === 'choice') {
        const given = String(values[name])
        values[name] = chosen(flag, given)
        if (values[name] === undefined) return { problem: noChoice(flag, given) }
      }
      continue
    }
    const asVersions = looksLikeVersions(word) && !isChosen(open[0], word)
    const at = open.findIndex((one) => isOfVersions(one) === asVersions)
    const second = asVersions && at === -1 && args.some(isOfVersions)
    const argument = second ? undefined : open[at === -1 ? 0 : at]
    if (!argument) return { problem: `"${word}" is one word too many.` }
    const value = readWord(argument, word)
    if (value === undefined && argument.kind === 'choice') return { problem: noChoice(argument, word) }
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
  return missing ? { problem: `What is missing: ${aboutText(missing)}.` } : { values }
}

/** What follows the first `before` words, as it was typed (an apostrophe is no quotation mark), and the line without it. */
function tailOf(rest: string, before: number): { readonly text: string; readonly rest: string } | undefined {
  const [, words = '', all = ''] = new RegExp(`^((?:\\S+\\s+){${before}})([\\s\\S]+)$`).exec(rest) ?? []
  if (words === '') return undefined
  const [, text = '', flags = ''] = /^([\s\S]*?)((?:(?:^|\s+)(?:--|—)[a-z]\S*)*)$/i.exec(all) ?? []
  const quoted = /^"([^"]*)"$/.exec(text.trim())?.[1]
  return { text: quoted ?? text.trim(), rest: words + flags }
}

function readWord(argument: Argument, word: string): unknown {
  switch (argument.kind) {
    case 'number':
      return /^[1-9]\d*$/.test(word) ? Number(word) : undefined
    case 'version':
    case 'versions':
      return isSelection(word) ? word : undefined
    case 'choice':
      return chosen(argument, word)
    case 'text':
    case 'texts':
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
    case 'value':
    case 'line':
      return word
  }
}

/** Whether the next argument is a choice with this word, which may look like a version, such as `-`. */
function isChosen(next: Argument | undefined, word: string): boolean {
  return next?.kind === 'choice' && chosen(next, word) !== undefined
}

/** `"week" is not a scope: session or day.` */
function noChoice(choice: Argument & WordChoice, typed: string): string {
  return `"${typed}" is not ${aboutText(choice)}.`
}

function unknownFlag(word: string, flags: readonly NamedFlag[]): string {
  const all = flags.map(({ name }) => `--${name}`).join(', ')
  return all === '' ? `There is no ${word} here.` : `There is no ${word} here; there is ${all}.`
}
