// Writes the pages that are generated from the source: docs/commands.md, docs/failures.md, docs/keys.md,
// docs/prompting.md and docs/unverified.md, and the table of events in docs/scripts.md.
// With --check it writes nothing, and fails if a page is stale.
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { aboutText } from '../src/commands/argument.ts'
import { COMMANDS } from '../src/commands/command-list.ts'
import type { Command } from '../src/commands/define.ts'
import { groupsOf } from '../src/commands/help.ts'
import { usageOf } from '../src/commands/usage.ts'
import { FLAGS, flagUsage } from '../src/core/line/flags.ts'
import { CATALOGUE, type Model } from '../src/core/models/model-catalogue.ts'
import { estimate } from '../src/core/money/call-cost.ts'
import { ruleText } from '../src/core/settings/rule.ts'
import { TURN_SETTINGS } from '../src/core/settings/turn-settings.ts'
import { EVENT_PAGES } from '../src/library/limn-event.ts'
import { HELP } from '../src/options/help-text.ts'
import { SETTINGS } from '../src/store/settings/all-settings.ts'
import { failuresPage } from './failures-page.ts'
import { keysPage } from './keys-page.ts'
import { table } from './markdown.ts'
import { promptingPage } from './prompting-page.ts'
import './tsx-loader.ts'
import { unverifiedPage } from './unverified-page.ts'

// Imported after the loader for .tsx is registered.
const { LAYERS } = await import('../src/ui/layers/key-layers.ts')

const ROOT = join(import.meta.dirname, '..')

/** The text that each page should have, by its path in the repository. */
export function pages(): ReadonlyMap<string, string> {
  return new Map([
    ['docs/commands.md', commandsPage()],
    ['docs/failures.md', failuresPage()],
    ['docs/keys.md', keysPage(LAYERS)],
    ['docs/unverified.md', unverifiedPage()],
    ['docs/prompting.md', promptingPage()],
    ['docs/scripts.md', between('events', 'docs/scripts.md', eventTable())],
  ])
}

/** The paths of the pages whose text differs from what it should be. */
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
    '<!-- Made by `npm run docs` from src/commands, src/core/settings, src/core/models/model-catalogue.ts and src/options/help-text.ts. -->',
    '# Commands, settings and models',
    'A line that begins with `/` is a command; every other line is a prompt. The beginning of a name is enough if only one command has it (`/und` is `/undo`), Tab completes names, files, versions and models, and `//` begins a prompt that starts with a slash.',
    `These work without the slash when they are alone on a line: ${bareWords()}.`,
    'In the usage lines, brackets mark what may be left out, `vN` is a version such as `v3`, and three dots mean that there may be several.',
    ...groupsOf(COMMANDS).flatMap(({ title, members }) => [
      `**${title}**`,
      table([
        ['command', 'what it does'],
        ...members.map((one) => [`[\`${usageOf(one)}\`](#${anchorOf(titleOf(one))})`, one.summary]),
      ]),
    ]),
    ...COMMANDS.map(commandSection),
    '## Words for versions',
    'Wherever a command takes versions: `v3`, `v5..v9`, `@final` after `/tag final`, `current` (the version that the next line edits), `leaves` (versions that nothing was made from), `-` (where you were before the last jump) and `^` (the version that the current one was made from; `^^` two steps up). In a prompt, `v3` and `@final` add that image to the line; at the beginning they are the version that the line edits.',
    '## Flags',
    'Flags go at the end of a line and apply to that line only. A line with an unknown flag is not sent, and is kept; in quotation marks, or after a `\\`, everything is text. One long dash, which some keyboards make of two hyphens, means the same.',
    table([['flag', 'what it does'], ...FLAGS.map((row) => [`\`${flagUsage(row)}\``, row.about])]),
    'Braces make an image of each choice: `a {red|blue} fox, {standing|running}` makes four, and `{@poses.txt}` takes one choice from each line of a file. One line makes at most 16 images.',
    '## Settings',
    '`/set` lists them, `/set NAME` describes one, `/set NAME VALUE` changes it. Those up to `' +
      `${TURN_SETTINGS.at(-1)?.name}` +
      '` decide how images are made: they belong to the session, can be given for one line as flags at its end (`a red barn --ar 16:9 --size 2K`), and apply to new sessions too with `--always`. The others are saved in `settings.json` at once.',
    table([
      ['setting', 'what it is', 'takes', 'default'],
      ...SETTINGS.map((row) => [`\`${row.name}\``, row.meaning, ruleText(row.rule), `\`${row.default}\``]),
    ]),
    '## Models',
    `From Google's pages of October and November 2026. The price is for one 1K image, without the input. \`/model\` takes any other id too; its limits and its price are then not known.`,
    table([
      ['alias', 'id', 'name', 'sizes', 'ratios', 'images in', 'typically', 'an image', 'its end'],
      ...CATALOGUE.map(modelRow),
    ]),
    '## The command limn',
    'What `limn --help` prints:',
    helpBlock(),
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

/** A page with the part between two markers generated again. */
function between(name: string, path: string, made: string): string {
  const text = readFileSync(join(ROOT, path), 'utf8')
  const [start, end] = [`<!-- ${name}: made by npm run docs -->`, `<!-- /${name} -->`]
  const [from, to] = [text.indexOf(start), text.indexOf(end)]
  if (from === -1 || to < from) throw new Error(`${path} has lost its markers "${start}" and "${end}".`)
  return `${text.slice(0, from + start.length)}\n${made}\n${text.slice(to)}`
}

/** The events of `--json`, by type. */
function eventTable(): string {
  const rows = Object.entries(EVENT_PAGES).map(([type, { when, has }]) => {
    const fields = Object.entries<string>(has).map(([field, about]) => `\`${field}\`: ${about}`)
    return [`\`${type}\``, when, fields.join('<br>')]
  })
  return table([['`type`', 'when', 'has'], ...rows])
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
