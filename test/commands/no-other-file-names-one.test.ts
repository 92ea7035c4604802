import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { COMMANDS } from '../../src/commands/command-list.ts'
import { resolveCommand } from '../../src/commands/usage.ts'

const ROOT = join(import.meta.dirname, '../..')
const FILES = globSync('src/**/*.{ts,tsx}', { cwd: ROOT }).filter((file) => !file.startsWith('src/commands/'))
const NAMES = COMMANDS.flatMap(({ name, aliases }) => [name, ...aliases, ...name.split(' ')])
const ANY = `(?:${NAMES.join('|')})`

/** Keys and options of the command line that are bound to one command, which they import from its file. */
const BOUND = [
  // limn --model and limn --resume without words.
  'src/repl/open-repl.ts: the command model',
  'src/repl/open-repl.ts: the command resume',
]

/** Lists of words that mean something else: what `limn batch` does, and how the head has moved. */
const OTHER_WORDS = ["['submit', 'status', 'fetch', 'retry', 'cancel']", "['undo', 'redo', 'goto']"]

/** The places in a file that depend on the name of a command. */
const WAYS: readonly (readonly [string, RegExp])[] = [
  ['reads the name of a command', /\bcommand\.(?:name|aliases)\b/g],
  ['looks a command up by its name', /\bcommands\s*\.\w+\(\s*\(\{[^}]*\b(?:name|aliases)\b[^}]*\}/g],
  ['makes a line of', new RegExp(`(?:submit\\(|\\b(?:line|typed): )\\s*[\`'"]/${ANY}\\b`, 'g')],
  ['resolves', /resolveCommand\(\s*['"]/g],
  ['has a word that is only', new RegExp(`(['"])/${ANY}\\1`, 'g')],
  ['lists', new RegExp(`\\[(?:\\s*'${ANY}'\\s*,?){2,}\\]`, 'g')],
  ['has the case', new RegExp(`'(?:${NAMES.filter((name) => name.includes(' ')).join('|')})'`, 'g')],
  [
    'has a pattern with',
    new RegExp(`/\\^?[^/\\n]*\\((?:\\?:)?${ANY}(?:\\|${ANY})+\\)[^/\\n]*/[a-z]*\\.`, 'g'),
  ],
  ['has a pattern of', /\/\^?(?:\\s\*)?\\\/[a-z]+\W/g],
]

function namings(file: string, text: string): readonly string[] {
  const code = text.replace(/^\s*(?:\/\/|\/?\*).*$/gm, '')
  const imported = [...code.matchAll(/import \{([^}]*)\} from '[./]*\/commands\/[^']+'/g)].flatMap(
    ([, names = '']) => names.split(',').map((name) => name.trim()),
  )
  const commands = imported.filter((name) => EXPORTED.has(name)).map((name) => `the command ${name}`)
  const others = WAYS.flatMap(([what, pattern]) =>
    [...code.matchAll(pattern)].flatMap(([found]) =>
      OTHER_WORDS.includes(found) ? [] : [`${what} ${found}`],
    ),
  )
  return [...commands, ...others].map((one) => `${file}: ${one}`)
}

/** The names under which the files of the commands export them. */
const EXPORTED = new Set(
  globSync('src/commands/*.ts', { cwd: ROOT }).flatMap((file) =>
    [...readFileSync(join(ROOT, file), 'utf8').matchAll(/^export const (\w+) = defineCommand/gm)].map(
      ([, name]) => name,
    ),
  ),
)

test('outside src/commands no file does anything by the name of a command', () => {
  const found = FILES.flatMap((file) => namings(file, readFileSync(join(ROOT, file), 'utf8')))
  expect(found.toSorted()).toEqual(BOUND.toSorted())
})

test.each([
  'if (/^(?:help|quit|tips)$/.test(found.command.name)) return',
  "    case 'ref add':",
  "resolveCommand('goto', rest, commands)",
  "repl.submit('/model pro')",
  "const TAKEN = ['list', 'save', 'remove']",
  "  ['exit', 'quit'],",
  'return /^\\s*\\/k(?:ey?)?\\s*$/i.test(text)',
  'const opening = /^\\s*\\/fresh\\s+/i.exec(line)',
  "styleOf([{ flag: 'style', name: '/style', value }])",
  "commands.find(({ name }) => name === 'save')",
  "import { undo } from '../commands/undo.ts'",
])('%s would be found', (line) => {
  expect(namings('a.ts', line)).not.toEqual([])
})

test('every command that a sentence names is one', () => {
  const unknown = FILES.flatMap((file) =>
    readFileSync(join(ROOT, file), 'utf8')
      .split('\n')
      .filter((row) => !/^\s*(?:\/\/|\/?\*)/.test(row))
      .map((row) => row.replace(/(?<=[:(,=|] ?)\/(?:\\.|[^/\n\\])+\/[dgimsuvy]*(?=[\s,.;)}])/g, 'a pattern'))
      .flatMap((row) => [...row.matchAll(/(?<=['"`(\s])\/([a-z]{2,})((?: [a-z]+)?)(?=[\s.,;:)'"`]|$)/g)])
      .filter(([, name = '', rest = '']) => resolveCommand(name, rest.trim(), COMMANDS).kind === 'unknown')
      .map(([sentence]) => `${file}: ${sentence}`),
  )
  expect(unknown).toEqual([])
})
