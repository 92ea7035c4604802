import { globSync, readFileSync } from 'node:fs'
import { basename, dirname, join, relative } from 'node:path'
import { expect, test } from 'vitest'

// The rooms of src, the highest first: a file imports only from its own room and from those after it. Types count as
// well. docs/design.md says what happens in each.
const ROOMS = [
  'cli.ts',
  'index.ts',
  'ui',
  'headless',
  'library',
  'repl',
  'commands',
  'batches',
  'tools',
  'turn',
  'gemini',
  'store',
  'terminal',
  'text',
  'image',
  'options',
  'core',
  'host',
  'package-version.ts',
]

const [CHAT, ENGINE, CONNECT] = ['chat', 'engine', 'connect'].map((name) => `src/gemini/${name}.ts`) as [
  string,
  string,
  string,
]

const ROOT = join(import.meta.dirname, '..')
const FILES = ['src', 'practice'].flatMap((folder) =>
  globSync(`${folder}/**/*.{ts,tsx}`, { cwd: ROOT }).filter((file) => !file.startsWith('practice/test/')),
)

const TEXTS = new Map(FILES.map((file) => [file, readFileSync(join(ROOT, file), 'utf8')]))

/** The files of the project that a file imports, types included. */
function importsOf(file: string): readonly string[] {
  const found = (TEXTS.get(file) ?? '').matchAll(/(?:\bfrom|\bimport)\s*\(?\s*'(\.[^']+)'/g)
  return [...found].map(([, path = '']) => relative(ROOT, join(ROOT, dirname(file), path)))
}

/** In `src`, the first part of the path; `practice` is a room of its own. */
function roomOf(file: string): string {
  const [top = '', room = ''] = file.split('/')
  return top === 'src' ? room : top
}

test('every room is in the list', () => {
  const rooms = new Set(FILES.map(roomOf))
  expect([...rooms].filter((room) => room !== 'practice').toSorted()).toEqual(ROOMS.toSorted())
})

test('a file imports only its own room and those below it; only cli.ts and index.ts start the practice engine', () => {
  const wrong = FILES.flatMap((file) =>
    importsOf(file)
      .filter((other) => !mayImport(roomOf(file), roomOf(other)))
      .map((other) => `${file} imports ${other}`),
  )
  expect(wrong).toEqual([])
})

function mayImport(from: string, to: string): boolean {
  if (from === to) return true
  if (from === 'practice') return false
  if (to === 'practice') return from === 'cli.ts' || from === 'index.ts'
  return ROOMS.indexOf(from) < ROOMS.indexOf(to)
}

test('no file imports itself through others, not even for a type', () => {
  const done = new Set<string>()
  const circles: string[] = []
  const walk = (file: string, path: readonly string[]) => {
    if (path.includes(file)) circles.push([...path.slice(path.indexOf(file)), file].join(' → '))
    if (done.has(file)) return
    done.add(file)
    for (const other of importsOf(file)) walk(other, [...path, file])
  }
  for (const file of FILES) walk(file, [])
  expect(circles).toEqual([])
})

test('a base name is in one room only, so that it says where a file is', () => {
  const rooms = Map.groupBy(FILES, (file) =>
    basename(file)
      .replace(/\.tsx?$/, '')
      .toLowerCase(),
  )
  const shared = [...rooms.values()].filter((files) => new Set(files.map(roomOf)).size > 1)
  expect(shared).toEqual([])
})

test('the name of a type is in one room only', () => {
  const named = FILES.filter((file) => roomOf(file) !== 'practice').flatMap((file) => {
    const found = (TEXTS.get(file) ?? '').matchAll(/^(?:export )?(?:type|interface|class) (\w+)/gm)
    return [...found].map(([, name = '']) => ({ name, file }))
  })
  const shared = [...Map.groupBy(named, ({ name }) => name).values()]
    .map((all) => all.map(({ name, file }) => `${name} in ${file}`))
    .filter((all) => new Set(all.map((one) => roomOf(one.split(' in ')[1] ?? ''))).size > 1)
  expect(shared).toEqual([])
})

test('only src/gemini names the SDK, and its interface does not', () => {
  const naming = FILES.filter((file) => /['"]@google\/genai['"]/.test(TEXTS.get(file) ?? ''))
  expect(naming.filter((file) => roomOf(file) !== 'gemini')).toEqual([])
  expect(naming).not.toContain(CHAT)
  expect(importsOf(CHAT).filter((file) => roomOf(file) === 'gemini')).toEqual([ENGINE])
})

test('other rooms import only the types of a chat, its engine, and how to connect one', () => {
  const wrong = FILES.filter((file) => roomOf(file) !== 'gemini').flatMap((file) =>
    importsOf(file)
      .filter((other) => roomOf(other) === 'gemini' && ![CHAT, ENGINE, CONNECT].includes(other))
      .map((other) => `${file} imports ${other}`),
  )
  expect(wrong).toEqual([])
  const values = FILES.filter((file) =>
    /^(?:import|export) (?!type)[^'{]*(?:\{[^}]*\} )?from '[./]+gemini\/chat\.ts'/m.test(
      TEXTS.get(file) ?? '',
    ),
  )
  expect(values).toEqual([])
})

test('text is measured in one place', () => {
  const naming = FILES.filter((file) => /'string-width'/.test(TEXTS.get(file) ?? ''))
  expect(naming).toEqual(['src/text/graphemes.ts'])
})
