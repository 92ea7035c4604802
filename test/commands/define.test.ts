import { describe, expect, expectTypeOf, test } from 'vitest'
import { COMMANDS } from '../../src/commands/command-list.ts'
import { complete } from '../../src/commands/complete.ts'
import { type BeforeLine, type Command, defineCommand, GROUPS } from '../../src/commands/define.ts'
import { groupsOf } from '../../src/commands/help.ts'
import { secretIn, spelledOut, usageOf } from '../../src/commands/usage.ts'
import { say } from '../../src/core/event.ts'
import { emptySession } from '../../src/core/session/session.ts'
import { problemsOf } from '../../src/headless/script-check.ts'
import { temporaryHome } from '../store/temporary-home.ts'
import { placeAt } from '../turn/talk.ts'
import { practiceSession, run } from './stage.ts'

const SETTINGS = { model: 'gemini-nano-banana-2.1', aspect: 'auto', size: '1K' }
const session = emptySession('', SETTINGS)

/** The defaults of a command. */
const plain = defineCommand({
  name: 'plain',
  summary: 'Nothing',
  example: '/plain',
  async *run() {},
})

const mirror = defineCommand({
  name: 'mirror',
  summary: 'Turns an image over',
  example: '/mirror h',
  group: 'versions',
  changes: [],
  arguments: {
    way: {
      kind: 'choice',
      words: ['h', 'v', '-'],
      meanings: { h: 'left and right' },
      about: 'a direction',
      optional: true,
    },
    version: { kind: 'version', about: 'a version such as v3', optional: true },
  },
  flags: { at: { kind: 'choice', words: ['once', 'later'], about: 'a time' } },
  async *run({ way, version, at }) {
    expectTypeOf(way).toEqualTypeOf<'h' | 'v' | '-' | undefined>()
    expectTypeOf(at).toEqualTypeOf<'once' | 'later' | undefined>()
    // @ts-expect-error: no word of the choice
    if (way === 'diagonal') return
    yield say(`${way} ${version} ${at}`)
  },
})

/** What the work says with these words, or what is wrong with them. */
async function said(command: Command, rest: string): Promise<unknown> {
  const started = command.start(rest, (await practiceSession()).context())
  if ('problem' in started) return started.problem
  const { value } = await started.work.next(undefined)
  return value && 'text' in value ? value.text : undefined
}

async function asItBegins(): Promise<BeforeLine> {
  const place = await placeAt(await temporaryHome(), {})
  const known = { session, engine: 'gemini', place, settings: SETTINGS }
  return { ...known, newFiles: false, newStyles: false, problemOf: async () => undefined }
}

/** The problems of the lines of a script. */
async function problems(commands: readonly Command[], ...lines: readonly string[]) {
  const { place } = await asItBegins()
  const numbered = lines.map((text, index) => ({ number: index + 1, text }))
  const wrong = await problemsOf(numbered, { session, engine: 'gemini', place, commands, saves: false })
  return wrong.map(({ line, sentence }) => `${line.number}: ${sentence}`)
}

describe('a definition', () => {
  test('that says little is safe: it waits its turn, holds no secret, and may change anything', () => {
    expect(plain).toMatchObject({
      ...{ atOnce: false, secret: null, bareWords: [], bareVersion: false, group: 'limn', aliases: [] },
      changes: ['settings', 'files', 'styles', 'session'],
    })
  })

  test.each(COMMANDS)('of /$name is data that can be written and read', (command) => {
    const data = JSON.parse(JSON.stringify(command))
    const functions = Object.entries(command).filter(([, value]) => typeof value === 'function')
    const rest = Object.entries(command).filter(([, value]) => typeof value !== 'function')
    expect(data).toEqual(Object.fromEntries(rest))
    expect(functions.map(([name]) => name)).toEqual(['line', 'check', 'start'])
  })

  test('every command says what it changes, and no bare word is two commands', () => {
    const silent = COMMANDS.filter(({ changes }) => changes.length > 1)
    expect(silent.map(({ name }) => name)).toEqual([])
    const words = COMMANDS.flatMap(({ bareWords }) => bareWords)
    expect(new Set(words).size).toBe(words.length)
    expect(COMMANDS.filter(({ bareVersion }) => bareVersion)).toHaveLength(1)
  })
})

describe('a choice', () => {
  test.each([
    ['', 'undefined undefined undefined'],
    ['h', 'h undefined undefined'],
    ['V v3', 'v v3 undefined'],
    ['v3 v --at LATER', 'v v3 later'],
    ['- -', '- - undefined'],
    ['diagonal', '"diagonal" is not a direction: h, v or -. For example: /mirror h'],
    ['h --at never', '"never" is not a time: once or later. For example: /mirror h'],
    ['--at', '--at needs a time: once or later. For example: /mirror h'],
  ])('/mirror %s', async (rest, words) => {
    expect(await said(mirror, rest)).toBe(words)
  })

  test('is in the usage with its words, and completes with what they mean', async () => {
    expect(usageOf(mirror)).toBe('/mirror [h|v|-] [vN] [--at once|later]')
    const { place } = await asItBegins()
    const world = { session, place, commands: [mirror] }
    const found = (line: string) => complete(line, line.length, world)
    expect((await found('/mirror '))?.candidates.slice(0, 2)).toEqual([
      { name: 'h', summary: 'left and right', insert: 'h ' },
      { name: 'v', summary: 'a direction', insert: 'v ' },
    ])
    expect((await found('/mirror h --at l'))?.candidates.map(({ name }) => name)).toEqual(['later'])
  })

  test('of the commands there are completes too', async () => {
    const { place } = await asItBegins()
    const found = (line: string) => complete(line, line.length, { session, place, commands: COMMANDS })
    expect((await found('/cost t'))?.candidates.map(({ name }) => name)).toEqual(['today'])
    expect((await found('/budget 5 '))?.candidates.map(({ name }) => name)).toEqual(['session', 'day'])
  })
})

describe('a word alone on a line', () => {
  test.each([
    ['exit', '/quit'],
    ['quit', '/quit'],
    ['q', '/quit'],
    ['help', '/help'],
    ['?', '/help'],
    ['undo', '/undo'],
    ['Redo', '/redo'],
    ['clear', '/new'],
    [' save ', '/save'],
    ['--fresh', '/fresh'],
    ['—fresh', '/fresh'],
    ['undo the hat', 'undo the hat'],
    ['constructor', 'constructor'],
    ['', ''],
  ])('%j is %j', (line, spelled) => {
    expect(spelledOut(line, COMMANDS)).toBe(spelled)
  })
})

describe('a secret', () => {
  test.each(['/key my-key-of-another-make', '/KEY  x', ' /k x', '/ke x', '/key\nx'])(
    '%j holds one',
    (line) => {
      expect(secretIn(line, COMMANDS)).toBe('holds')
    },
  )

  test.each(['/key', ' /key ', '/k'])('%j asks for one', (line) => {
    expect(secretIn(line, COMMANDS)).toBe('asks')
  })

  test.each(['', 'key x', '/keys of a piano', '//key x', '/ref add key.png', 'a key, golden'])(
    '%j has nothing to do with one',
    (line) => {
      expect(secretIn(line, COMMANDS)).toBe('none')
    },
  )

  test('is not repeated in what is said of it', async () => {
    const [sentence = ''] = await problems(COMMANDS, '/key of-mine')
    expect(sentence).toMatch(/^1: That line contains an API key/)
    expect(sentence).not.toContain('of-mine')
  })
})

describe('in a script', () => {
  /** A command with this effect, and what it then leaves open. */
  const command = (name: string, rest: Partial<Parameters<typeof defineCommand>[0]>) =>
    defineCommand({ name, summary: '', example: `/${name}`, async *run() {}, ...rest })
  const lines = ['a fox --size 9K', 'like @hat.png', 'a fox --style nonsense']

  test.each([
    ['nothing', [], 3],
    ['settings', ['settings'], 2],
    ['files', ['files'], 2],
    ['styles', ['styles'], 2],
    ['another session', ['session'], 2],
    ['the end', ['end'], 0],
    ['what it does not say', undefined, 0],
  ] as const)('behind a command that changes %s, what is still sure is said', async (_, changes, wrong) => {
    const one = command('one', changes === undefined ? {} : { changes })
    expect(await problems([one], '/one', ...lines)).toHaveLength(wrong)
  })

  test('after one that does not say, words and flags are still read', async () => {
    expect(await problems([plain], '/plain', 'a fox --wiggle', '/plane')).toEqual([
      expect.stringContaining('--wiggle'),
      expect.stringContaining('did you mean /plain'),
    ])
  })

  test("a command's own check is asked, with what is known before it, and tells the settings behind it", async () => {
    const pro = command('pro', {
      changes: ['settings'],
      check: (_, { settings }) => ({
        settings: settings && { ...settings, model: 'gemini-2.5-flash-image' },
      }),
    })
    const never = command('never', { changes: [], check: async () => ({ problem: 'Never.' }) })
    expect(await problems([pro, never], '/pro', 'a fox --size 4K', '/never')).toEqual([
      expect.stringMatching(/^2: Nano Banana has no size 4K/),
      '3: Never.',
    ])
  })

  test('words of the wrong form are said before the check is asked', async () => {
    expect(await problems([mirror], '/mirror round')).toEqual([
      '1: "round" is not a direction: h, v or -. For example: /mirror h',
    ])
  })
})

test('/help lists every command under the title of its group, in the order of the groups', async () => {
  const { words } = await run(await practiceSession(), '/help')
  const titles: readonly string[] = Object.values(GROUPS)
  expect(words.filter((text) => titles.includes(text))).toEqual(titles)
  expect(groupsOf([plain, mirror])).toEqual([
    { group: 'versions', title: 'Versions', members: [mirror] },
    { group: 'limn', title: 'limn itself', members: [plain] },
  ])
})
