// Writes the pages that are made from the source: docs/commands.md, docs/failures.md, docs/keys.md, docs/prompting.md,
// and the options in README.md.
// With --check nothing is written, and a stale page fails.
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { aboutText } from '../src/commands/argument.ts'
import type { Command } from '../src/commands/define.ts'
import { groupsOf } from '../src/commands/help.ts'
import { COMMANDS } from '../src/commands/index.ts'
import { usageOf } from '../src/commands/usage.ts'
import { FLAGS, flagUsage } from '../src/core/line/flags.ts'
import { CATALOGUE, type Model } from '../src/core/models/catalogue.ts'
import { estimate } from '../src/core/money/call-cost.ts'
import { ruleText } from '../src/core/settings/rule.ts'
import { TURN_SETTINGS } from '../src/core/settings/turn-settings.ts'
import { HELP } from '../src/options/help-text.ts'
import { SETTINGS } from '../src/store/settings/settings-table.ts'
import { failuresPage } from './failures-page.ts'
import { keysPage } from './keys-page.ts'
import { table } from './markdown.ts'
import { promptingPage } from './prompting-page.ts'
import './tsx-loader.ts'
import { unverifiedPage } from './unverified-page.ts'

// Only when the loader is there.
const { LAYERS } = await import('../src/ui/layers/layer-list.ts')

const ROOT = join(import.meta.dirname, '..')

/** The pages as they should be, by their path in the repository. */
export function pages(): ReadonlyMap<string, string> {
  return new Map([
    ['docs/commands.md', commandsPage()],
    ['docs/failures.md', failuresPage()],
    ['docs/keys.md', keysPage(LAYERS)],
    ['docs/unverified.md', unverifiedPage()],
    ['docs/prompting.md', promptingPage()],
    ['README.md', between('options', readFileSync(join(ROOT, 'README.md'), 'utf8'), helpBlock())],
  ])
}

/** The paths of the pages that are not as they should be. */
export function stalePages(): readonly string[] {
  return [...pages()].flatMap(([path, wanted]) => (currentText(path) === wanted ? [] : [path]))
}

function currentText(path: string): string {
  try {
    return readFileSync(join(ROOT, path), 'utf8')
  } catch {
    return ''
  }
}

function commandsPage(): string {
  return `${[
    '<!-- Made by `npm run docs` from src/commands, src/core/settings and src/core/models/catalogue.ts. -->',
    '# Commands, settings and models',
    'A line that begins with `/` is a command; every other line is a prompt. The beginning of a name is enough where it is the beginning of one command alone (`/und` is `/undo`), Tab completes names, files, versions and models, and `//` begins a prompt that starts with a slash.',
    `These act without the slash when they stand alone on a line: ${bareWords()}.`,
    'In the usage lines, brackets hold what may be left out, `vN` is a version such as `v3`, and three dots mean that there may be several.',
    ...groupsOf(COMMANDS).flatMap(({ title, members }) => [
      `**${title}**`,
      table([
        ['command', 'what it does'],
        ...members.map((one) => [`[\`${usageOf(one)}\`](#${anchorOf(titleOf(one))})`, one.summary]),
      ]),
    ]),
    ...COMMANDS.map(commandSection),
    '## Words for versions',
    'Wherever a command takes versions: `v3`, `v5..v9`, `@final` after `/tag final`, `current` (what the next line edits), `leaves` (what nothing was made from), `-` (the place before the last jump) and `^` (what the current one was made from; `^^` two steps up). In a prompt, `v3` and `@final` are images of the line; at its beginning they are what it goes on from.',
    '## Flags',
    'At the end of a line, for that line alone. A flag that is not here is not sent, and the line is kept; in quotation marks, or behind a `\\`, all is text. Some keyboards make one long dash of two: that is the same.',
    table([['flag', 'what it does'], ...FLAGS.map((row) => [`\`${flagUsage(row)}\``, row.about])]),
    'Braces make an image of each choice: `a {red|blue} fox, {standing|running}` is four, and `{@poses.txt}` takes a choice from each line of a file. At most 16 images come of one line.',
    '## Settings',
    '`/set` lists them, `/set NAME` tells about one, `/set NAME VALUE` changes it. Those up to `' +
      `${TURN_SETTINGS.at(-1)?.name}` +
      '` are what a line is made with: they belong to the session, can be given for one line as flags at its end (`a red barn --ar 16:9 --size 2K`), and are kept for new sessions too with `--always`. The others are kept in `settings.json` at once.',
    table([
      ['setting', 'what it is', 'takes', 'default'],
      ...SETTINGS.map((row) => [`\`${row.name}\``, row.meaning, ruleText(row.rule), `\`${row.default}\``]),
    ]),
    '## Models',
    `Facts of October and November 2026, from Google's pages. The price is of one image of 1K, without the input. Any other id can be given to \`/model\`; its limits and its price are then not known.`,
    table([
      ['alias', 'id', 'name', 'sizes', 'ratios', 'images in', 'typically', 'an image', 'its end'],
      ...CATALOGUE.map(modelRow),
    ]),
  ].join('\n\n')}\n`
}

function bareWords(): string {
  const all = COMMANDS.flatMap(({ bareWords, line }) =>
    bareWords.map((word) => (line() === `/${word}` ? `\`${word}\`` : `\`${word}\` (\`${line()}\`)`)),
  )
  return all.join(', ')
}

function titleOf({ name }: Command): string {
  return `/${name}`
}

function commandSection(command: Command): string {
  const { summary, example, aliases } = command
  const words = [
    ...command.arguments.map((one) => [one.name, `${aboutText(one)}${one.optional ? ' (optional)' : ''}`]),
    ...command.flags.map((one) => [`--${one.name}`, aboutText(one)]),
  ]
  return [
    `## ${titleOf(command)}`,
    `${summary}.`,
    `\`\`\`\n${usageOf(command)}\n\`\`\``,
    `For example: \`${example}\`${aliases.length > 0 ? `. Also: ${aliases.map((alias) => `\`/${alias}\``).join(', ')}` : ''}`,
    ...(words.length > 0
      ? [table([['word', 'is'], ...words.map(([name, is]) => [`\`${name}\``, is ?? ''])])]
      : []),
  ].join('\n\n')
}

function modelRow(model: Model): readonly string[] {
  const price = estimate(model, '1K')
  return [
    model.alias === null ? '' : `\`${model.alias}\``,
    `\`${model.id}\``,
    model.name,
    model.sizes.join(', ') || 'none: about 1K',
    model.ratios.join(', '),
    `${model.images.most} (${model.images.note})`,
    `${model.seconds[0]} to ${model.seconds[1]} s`,
    price === undefined ? 'unknown' : `$${price.toFixed(3)}`,
    model.retires?.note ?? '',
  ]
}

function helpBlock(): string {
  return `\`\`\`text\n${HELP.trimEnd()}\n\`\`\``
}

/** The text with what stands between its two markers replaced. */
function between(name: string, text: string, made: string): string {
  const [start, end] = [`<!-- ${name}: made by npm run docs -->`, `<!-- /${name} -->`]
  const [from, to] = [text.indexOf(start), text.indexOf(end)]
  if (from === -1 || to < from) throw new Error(`README.md has lost its markers "${start}" and "${end}".`)
  return `${text.slice(0, from + start.length)}\n${made}\n${text.slice(to)}`
}

/** The anchor that GitHub gives a heading. */
export function anchorOf(heading: string): string {
  return heading
    .trim()
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\p{M} _-]/gu, '')
    .replaceAll(' ', '-')
}

if (import.meta.main) {
  const stale = stalePages()
  if (process.argv.includes('--check')) {
    if (stale.length > 0) {
      process.stderr.write(`Stale: ${stale.join(', ')}. npm run docs writes them again.\n`)
      process.exitCode = 1
    }
  } else {
    for (const [path, text] of pages()) if (stale.includes(path)) writeFileSync(join(ROOT, path), text)
    process.stdout.write(stale.length > 0 ? `Written: ${stale.join(', ')}\n` : 'Nothing has changed.\n')
  }
}
