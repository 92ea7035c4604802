import { execFileSync } from 'node:child_process'
import { chmod, mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import sharp from 'sharp'
import { describe, expect, test } from 'vitest'
import type { Answer, Question } from '../../src/core/event.ts'
import { parseLine } from '../../src/core/line/line.ts'
import { knownIn } from '../../src/core/session/label.ts'
import type { Head } from '../../src/core/session/session.ts'
import type { Place } from '../../src/host/place.ts'
import { readInput } from '../../src/turn/mentions.ts'
import { prepare, promptsOf } from '../../src/turn/prepare.ts'
import { reference, Story } from '../core/session/story.ts'
import { temporaryHome } from '../store/temporary-home.ts'
import { saidIn } from './said.ts'
import { placeAt } from './talk.ts'

const picture = (colour: string, format: 'png' | 'gif' = 'png') =>
  sharp({ create: { width: 6, height: 4, channels: 3, background: colour } })
    .toFormat(format)
    .toBuffer()

async function folder(): Promise<Place> {
  const home = await temporaryHome()
  await mkdir(join(home, 'art'))
  await writeFile(join(home, 'fox.png'), await picture('red'))
  await writeFile(join(home, 'a b.png'), await picture('green'))
  await writeFile(join(home, 'art', 'fox.png'), await picture('blue'))
  await writeFile(join(home, 'art', 'same.png'), await picture('red'))
  await writeFile(join(home, 'art', 'anim.gif'), await picture('red', 'gif'))
  return placeAt(home)
}

/** The result of a line when every question gets this answer. */
async function prepared(line: string, place: Place, story = new Story(), answer?: Answer) {
  const parsed = parseLine(line, knownIn(story.session))
  if (parsed.kind !== 'prompt') throw new Error(`a ${parsed.kind}`)
  const questions: Question[] = []
  const said: string[] = []
  const work = prepare(line, parsed, { session: story.session, place, engine: 'gemini' })
  let step = await work.next(undefined)
  while (!step.done) {
    if (step.value.type === 'ask') questions.push(step.value.question)
    said.push(...saidIn(step.value))
    step = await work.next(answer)
  }
  const prompt = 'kind' in step.value ? undefined : step.value
  return { prompt, questions, said }
}

const names = ({ prompt }: Awaited<ReturnType<typeof prepared>>) => prompt?.mentions.map(({ name }) => name)

test('a line that begins with the current version uses it as it is, with its conversation or alone', async () => {
  const story = new Story().line('a red fox').line('brighter')
  const place = await folder()
  expect((await prepared('v2 darker', place, story)).prompt?.base).toEqual({ turn: 't2', version: 2 })
  story.add({ at: '2026-11-22T20:48:00.000Z', type: 'moved', by: 'goto', head: { turn: null, version: 2 } })
  expect((await prepared('v2 darker', place, story)).prompt?.base).toEqual({ turn: null, version: 2 })
  expect((await prepared('v1 darker', place, story)).prompt?.base).toEqual({ turn: 't1', version: 1 })
})

describe('a file that a line names', () => {
  test('is read when Enter is pressed, and stored under the hash of its bytes', async () => {
    const place = await folder()
    const { prompt, questions } = await prepared('like @fox.png', place)
    expect(questions).toEqual([])
    expect(prompt?.mentions).toEqual([
      {
        name: 'fox.png',
        source: join(place.folder, 'fox.png'),
        file: expect.objectContaining({ mime: 'image/png', width: 6, height: 4 }),
      },
    ])
    expect(prompt?.files.map(({ name }) => name)).toEqual([prompt?.mentions[0]?.file.file])
    expect(prompt?.files[0]?.name).toMatch(/^inputs\/[0-9a-f]{64}\.png$/)
  })

  test('may have a space, a home and a folder in its name', async () => {
    const place = await folder()
    expect(names(await prepared('@"a b.png" and @art/fox.png', place))).toEqual(['a b.png', 'fox.png'])
    expect(names(await prepared('@a\\ b.png and @~/art/fox.png', place))).toEqual(['a b.png', 'fox.png'])
  })

  test('and another file with the same name are two mentions', async () => {
    expect(names(await prepared('@fox.png and @art/fox.png', await folder()))).toEqual([
      'fox.png',
      'art/fox.png',
    ])
  })

  test('twice is one mention, and under two names it is two', async () => {
    const place = await folder()
    expect(names(await prepared('@fox.png, @./fox.png', place))).toEqual(['fox.png'])
    expect(names(await prepared('@fox.png, @art/same.png', place))).toEqual(['fox.png', 'same.png'])
  })

  test('in a format that no model accepts is converted', async () => {
    const { prompt } = await prepared('like @art/anim.gif', await folder())
    expect(prompt?.mentions[0]?.file).toMatchObject({
      mime: 'image/png',
      file: expect.stringMatching(/\.png$/),
    })
  })
})

describe('a name that is not found', () => {
  test('is asked about, and without a yes nothing is sent', async () => {
    for (const answer of [undefined, false]) {
      const { prompt, questions } = await prepared('like @hero', await folder(), new Story(), answer)
      expect(questions).toMatchObject([
        { kind: 'yes-no', default: false, text: expect.stringContaining('"hero"') },
      ])
      expect(prompt).toBeUndefined()
    }
  })

  test('is sent as words after a yes', async () => {
    const { prompt } = await prepared('by @nasa of @fox.png', await folder(), new Story(), true)
    expect(prompt?.mentions.map(({ name }) => name)).toEqual(['fox.png'])
  })
})

test('an image after --sref is sent for its style', async () => {
  const { prompt } = await prepared('a barn --sref fox.png --cref @"a b.png"', await folder())
  expect(prompt?.mentions.map(({ name, role }) => [name, role])).toEqual([
    ['fox.png', 'style'],
    ['a b.png', 'character'],
  ])
})

describe('versions and references that a line names', () => {
  const story = () => new Story().line('a fox').line('in snow').refer(reference('hero'))

  test('are mentions, except for the base', async () => {
    const { prompt } = await prepared('v1 but with the sky of v2 and @hero', await folder(), story())
    expect(prompt?.base).toEqual({ turn: 't1', version: 1 })
    expect(prompt?.mentions.map(({ name, version }) => [name, version])).toEqual([
      ['v2', 2],
      ['hero', undefined],
    ])
    expect(prompt?.files).toEqual([])
  })

  test('a line without a base follows the head; one with --fresh starts at the root', () => {
    const { session } = story()
    const made = (line: string, base: Head | null = null) => {
      const world = { session, engine: 'gemini', group: 'g1' }
      const made = promptsOf({ line, base, mentions: [] }, false, world)
      return made.ok ? made.prompts[0] : made.sentence
    }
    expect(made('x')).toMatchObject({
      parent: session.head,
      references: session.references,
      settings: session.settings,
      engine: 'gemini',
    })
    expect(made('x --fresh')).toMatchObject({ parent: { turn: null, version: null }, fresh: true })
    const base = { turn: 't1', version: 1 }
    expect(made('x', base)).toMatchObject({ parent: base })
    expect(made('x --ar 16:9 --seed 7 --thoughts --model pro')).toMatchObject({
      text: 'x',
      settings: { model: 'gemini-3-pro-image', aspect: '16:9', size: '1K', seed: 7, thoughts: 'on' },
    })
    expect(made('x --ar 7:5')).toMatch(/no aspect 7:5/)
  })

  test.each([
    ['a barn --arr 16:9', /no flag --arr/],
    ['a barn --size 3K', /no size 3K/],
    ['a barn --size 2K in the rain', /"in the rain" comes after --size, but/],
    ['--size 2K', /flags but no words/],
  ])('%s is not sent, and the line is kept', async (line, sentence) => {
    const { prompt, said } = await prepared(line, await folder(), story())
    expect(prompt).toBeUndefined()
    expect(said).toEqual([expect.stringMatching(sentence)])
  })

  test('a prompt for Midjourney is sent without the flags that Gemini lacks, with a warning', async () => {
    const { prompt, said } = await prepared('a barn —ar 16:9 --v 6.1 --s 250 --raw', await folder(), story())
    expect(prompt).toBeDefined()
    expect(said).toEqual(['Not sent: --v, --s, --raw; Gemini has no such flag.'])
  })
})

describe('a file that cannot be an input', () => {
  const problem = async (path: string, place: Place) => {
    const read = await readInput(path, place)
    return read.ok ? 'fine' : read.sentence
  }

  test('each gets its sentence', async () => {
    const place = await folder()
    await writeFile(join(place.folder, 'empty.png'), '')
    await writeFile(join(place.folder, 'text.png'), 'I am a text.')
    const whole = await sharp({
      create: {
        width: 300,
        height: 300,
        channels: 3,
        background: 'red',
        noise: { type: 'gaussian', mean: 99, sigma: 50 },
      },
    })
      .png()
      .toBuffer()
    await writeFile(join(place.folder, 'half.png'), whole.subarray(0, whole.length / 2))
    expect(await problem('none.png', place)).toBe('There is no file none.png.')
    expect(await problem('fox.png/none.png', place)).toBe('There is no file fox.png/none.png.')
    expect(await problem('art', place)).toMatch(/is a folder; name an image/)
    expect(await problem('empty.png', place)).toMatch(/^empty\.png: The file is empty/)
    expect(await problem('text.png', place)).toMatch(/not an image, whatever its name/)
    expect(await problem('half.png', place)).toMatch(/damaged or cut short/)
    expect(await problem('a\0b.png', place)).toMatch(/cannot be read/)
    expect(await problem('x'.repeat(5000), place)).toMatch(/cannot be read/)
  })

  test('a device or a pipe is not read, since it may never end', async () => {
    const place = await folder()
    expect(await problem('/dev/zero', place)).toBe('/dev/zero is not a file.')
    execFileSync('mkfifo', [join(place.folder, 'pipe.png')])
    expect(await problem('pipe.png', place)).toBe('pipe.png is not a file.')
  })

  test.skipIf(process.getuid?.() === 0)('one without permission to read', async () => {
    const place = await folder()
    await chmod(join(place.folder, 'fox.png'), 0)
    expect(await problem('fox.png', place)).toMatch(/no permission/)
  })
})
