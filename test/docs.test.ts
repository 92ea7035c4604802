import { execFileSync } from 'node:child_process'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join, relative, resolve } from 'node:path'
import { expect, test } from 'vitest'
import { anchorOf, stalePages } from '../scripts/docs.ts'
import { COMMANDS } from '../src/commands/command-list.ts'
import { resolveCommand } from '../src/commands/usage.ts'
import { parseLine, splitWords } from '../src/core/line/line.ts'
import { readOptions } from '../src/options/read-options.ts'
import type { Context } from '../src/turn/context.ts'

const ROOT = resolve(import.meta.dirname, '..')
const TRACKED = tracked()
const PAGES = TRACKED.filter((path) => path.endsWith('.md'))

test('the generated pages are up to date', () => {
  expect(stalePages(), 'npm run docs writes them again').toEqual([])
})

test('the list has every command that is defined', () => {
  const defined = filesIn('src/commands').flatMap((path) =>
    [...read(path).matchAll(/defineCommand\(\{\s*name: '([^']+)'/g)].map(([, name]) => name),
  )
  expect(COMMANDS.map(({ name }) => name).toSorted()).toEqual(defined.toSorted())
})

test.each(COMMANDS)('the example of /$name is a line of that command', (command) => {
  const line = parseLine(command.example, { versions: new Set([1, 2, 3]), references: ['hero'] })
  if (line.kind !== 'command') throw new Error(`${command.example} is no command`)
  expect(resolveCommand(line.name, line.rest, COMMANDS)).toMatchObject({ kind: 'found', command })
  const { rest } = resolveCommand(line.name, line.rest, COMMANDS) as { rest: string }
  // The generator is created and never started, so that nothing happens.
  expect(command.start(rest, {} as Context)).not.toHaveProperty('problem')
})

test('every command that a page names exists', () => {
  const unknown = PAGES.flatMap((path) =>
    [...read(path).matchAll(/`\/([a-z]+)((?: [^`\n]*)?)`/g)].flatMap(([code, name = '', rest = '']) =>
      resolveCommand(name, rest.trim(), COMMANDS).kind === 'found' ? [] : [`${path}: ${code}`],
    ),
  )
  expect(unknown).toEqual([])
})

test('limn accepts every command line on a page that starts it', () => {
  const lines = PAGES.flatMap((path) =>
    blocksOf(read(path), 'sh').flatMap((block) => block.match(/^(?:npm start --|limn) .*/gm) ?? []),
  )
  expect(lines.length).toBeGreaterThan(1)
  const wrong = lines.flatMap((line) => {
    const words = splitWords(line.replace(/ +#.*/, '').replace(/^npm start --|^limn/, ''))
    const command = readOptions(words, () => true)
    return command.kind === 'wrong' ? [`${line}: ${command.sentence}`] : []
  })
  expect(wrong).toEqual([])
})

test('every link between pages, also to a heading, has a target', () => {
  const broken = PAGES.flatMap((path) =>
    linksOf(read(path)).flatMap((link) => (leadsSomewhere(path, link) ? [] : [`${path}: ${link}`])),
  )
  expect(broken).toEqual([])
})

test('every file that docs/design.md names exists', () => {
  const named = [
    ...new Set(
      [
        ...read('docs/design.md').matchAll(
          /`((?:src|test|scripts|bench|docs|bin)\/[\w./-]*\w(?:\/|\.\w+)?)`/g,
        ),
      ].map(([, path = '']) => path),
    ),
  ]
  expect(named.length).toBeGreaterThan(20)
  expect(named.filter((path) => !existsSync(join(ROOT, path)))).toEqual([])
})

test('no file names a path of the machine it was made on', () => {
  // The folder that these tests run in.
  const found = TRACKED.filter((path) => !/\.(?:png|jpe?g|webp|avif|gif)$/.test(path)).filter((path) =>
    read(path).includes(ROOT),
  )
  expect(found).toEqual([])
})

test('the lock file names no registry host', () => {
  expect(read('package-lock.json')).not.toMatch(/"resolved": "https?:/)
})

function read(path: string): string {
  return readFileSync(join(ROOT, path), 'utf8')
}

/** The files of the repository; without git, all files in the folder. */
function tracked(): readonly string[] {
  try {
    const list = execFileSync('git', ['ls-files', '-coz', '--exclude-standard'], {
      cwd: ROOT,
      encoding: 'utf8',
      stdio: 'pipe',
    })
    return list.split('\0').filter((path) => path !== '' && existsSync(join(ROOT, path)))
  } catch {
    const skipped = /^(?:node_modules|dist|\.git)(?:\/|$)/
    return filesIn('.').filter((path) => !skipped.test(path))
  }
}

function filesIn(folder: string): readonly string[] {
  return readdirSync(join(ROOT, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(ROOT, join(entry.parentPath, entry.name)))
}

function blocksOf(text: string, language: string): readonly string[] {
  return [...text.matchAll(new RegExp(`^\`\`\`${language}\n([\\s\\S]*?)^\`\`\``, 'gm'))].map(
    ([, block = '']) => block,
  )
}

function linksOf(text: string): readonly string[] {
  const prose = text
    .replace(/^```[\s\S]*?^```/gm, '')
    .replace(/\[(`[^`]*`)\]/g, '[code]')
    .replace(/(?<!\[)`[^`\n]*`/g, '')
  return [...prose.matchAll(/\]\(([^)\s]+)\)/g)].map(([, link = '']) => link)
}

function leadsSomewhere(page: string, link: string): boolean {
  if (/^[a-z]+:/.test(link)) return true
  const [file = '', anchor] = link.split('#')
  const target = file === '' ? page : relative(ROOT, resolve(ROOT, dirname(page), file))
  if (!existsSync(join(ROOT, target))) return false
  return anchor === undefined || headingsOf(read(target)).includes(anchor)
}

/** The anchors of all headings. GitHub's numbers for repeated headings are not added. */
function headingsOf(text: string): readonly string[] {
  const prose = text.replace(/^```[\s\S]*?^```/gm, '')
  return [...prose.matchAll(/^#{1,6} (.*)$/gm)].map(([, heading = '']) =>
    anchorOf(heading.replace(/[`*]/g, '')),
  )
}
