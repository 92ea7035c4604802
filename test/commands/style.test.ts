import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { COMMANDS } from '../../src/commands/command-list.ts'
import { complete } from '../../src/commands/complete.ts'
import { parseLine } from '../../src/core/line/line.ts'
import { STYLES } from '../../src/core/wording/style-list.ts'
import { prepare, promptsOf } from '../../src/turn/prepare.ts'
import type { Talk } from '../turn/talk.ts'
import { practiceSession, run } from './stage.ts'

const NOIR = '/style save noir {prompt}. Make it black and white.'
const fileOf = (one: Talk, name: string) => join(one.place.root, 'styles', `${name}.txt`)

describe('/style NAME', () => {
  test('applies to the session, and shows what it will do', async () => {
    const one = await practiceSession()
    const { words } = await run(one, '/style Watercolour')
    expect(words).toEqual([
      expect.stringMatching(/^From the next line on, until \/style off: … Make it a watercolour:/),
    ])
    expect(one.session.style).toEqual({
      name: 'watercolour',
      template: expect.stringContaining('{prompt}. Make it a watercolour'),
    })
    expect((await run(one, '/style off')).words).toEqual([
      'Lines are sent as typed again, without watercolour.',
    ])
    expect(one.session.style).toBeNull()
    expect((await run(one, '/style off')).words).toEqual(['No style is in force.'])
  })

  test('that is none gets the nearest one', async () => {
    const { words, tones } = await run(await practiceSession(), '/style watercolor')
    expect(words).toEqual(['There is no style watercolor; did you mean watercolour? /style lists them.'])
    expect(tones).toEqual(['bad'])
  })

  test('of a file without {prompt} says so and changes nothing', async () => {
    const one = await practiceSession()
    await mkdir(join(one.place.root, 'styles'), { recursive: true })
    await writeFile(fileOf(one, 'broken'), 'in ink')
    expect((await run(one, '/style broken')).words[0]).toMatch(/^broken cannot be used\. .*\{prompt\}/)
    expect(one.session.style).toBeNull()
  })

  test('is completed, along with the forms of the command', async () => {
    const one = await practiceSession()
    await run(one, NOIR)
    const names = async (line: string) => {
      const world = { session: one.session, place: one.place, commands: COMMANDS }
      return (await complete(line, line.length, world))?.candidates.map(({ name }) => name) ?? []
    }
    expect(await names('/style n')).toEqual(['noir'])
    expect(await names('/style s')).toEqual(['storybook', 'sticker', 'save'])
    expect(await names('a red fox --style wa')).toEqual(['watercolour'])
    expect(await names('a red fox --style off and')).toEqual([])
    expect(await names('/style remove no')).toEqual(['noir'])
  })
})

describe('a style of one’s own', () => {
  test('is saved as a file, listed first, and put in force', async () => {
    const one = await practiceSession()
    const { words } = await run(one, NOIR)
    expect(words).toEqual([`Saved in ${fileOf(one, 'noir')}. /style noir puts it in force.`])
    expect(await readFile(fileOf(one, 'noir'), 'utf8')).toBe('{prompt}. Make it black and white.\n')
    await run(one, '/style noir')
    const { rows } = await run(one, '/style')
    expect(rows[0]).toEqual(['●', 'noir', 'yours: {prompt}. Make it black and white.'])
    expect(rows).toHaveLength(STYLES.length + 1)
    expect((await run(one, '/style list')).rows).toEqual(rows)
  })

  test('is not written over unasked', async () => {
    const one = await practiceSession()
    await run(one, NOIR)
    const no = await run(one, '/style save noir {prompt}, in black', false)
    expect(no.questions).toMatchObject([{ kind: 'yes-no', default: false }])
    expect(await readFile(fileOf(one, 'noir'), 'utf8')).toContain('black and white')
    await run(one, '/style save noir {prompt}, in black', true)
    expect(await readFile(fileOf(one, 'noir'), 'utf8')).toBe('{prompt}, in black\n')
  })

  test.each([
    ['/style save noir in black', /put \{prompt\} in it/],
    ['/style save off {prompt}', /means something else/],
    ['/style save noir', /What is missing: the template/],
  ])('%s is told what is wrong', async (line, sentence) => {
    expect((await run(await practiceSession(), line)).words.join()).toMatch(sentence)
  })

  test('can be removed; one that came with limn stays', async () => {
    const one = await practiceSession()
    await run(one, NOIR)
    expect((await run(one, '/style remove noir')).words).toEqual(['Removed noir.'])
    expect((await run(one, '/style remove noir')).words).toEqual(['There is no style noir of your own.'])
    expect((await run(one, '/style remove ink')).words).toEqual(['ink is built in and stays.'])
    await run(one, '/style save ink {prompt} in my ink')
    expect((await run(one, '/style remove ink')).words).toEqual(['Removed; ink is the built-in style again.'])
  })
})

test('/retry sends the words again, in the style that is in force now or in one that it names', async () => {
  const one = await practiceSession('a red fox')
  await run(one, '/style ink')
  const styles = async (line: string) =>
    (await run(one, line)).gos.flatMap((go) => (go.to === 'turns' ? go.prompts : []))
  expect(await styles('/retry')).toMatchObject([
    { text: 'a red fox', style: 'ink', sent: expect.stringMatching(/^a red fox\. Make it an ink/) },
  ])
  expect(await styles('/retry --style oil -n 2')).toMatchObject([{ style: 'oil' }, { style: 'oil' }])
  const [plain] = await styles('/retry --style off')
  expect(plain?.text).toBe('a red fox')
  expect(plain).not.toHaveProperty('sent')
  expect((await run(one, '/retry --style oyl')).words).toEqual([expect.stringContaining('did you mean oil?')])
})

test('a line with braces may have a style for each of its images', async () => {
  const one = await practiceSession()
  const desks = { session: one.session, place: one.place, engine: 'practice' }
  const line = 'a red fox --style {ink|oil}'
  const parsed = parseLine(line, { versions: new Set(), references: [] })
  if (parsed.kind !== 'prompt') throw new Error('no prompt')
  const { value } = await prepare(line, parsed, desks).next()
  if (!value || !('mentions' in value)) throw new Error('not prepared')
  const made = promptsOf(value, false, { session: one.session, engine: 'practice', group: 'g' })
  expect(made.ok && made.prompts.map(({ text, style }) => [text, style])).toEqual([
    ['a red fox', 'ink'],
    ['a red fox', 'oil'],
  ])
})

test.each(['list', 'l', 'save', 'remov'])(
  'a style cannot be called %s, which is a form of /style',
  async (name) => {
    const { words } = await run(await practiceSession(), `/style save ${name} {prompt}, in ink`)
    expect(words).toEqual([`"${name}" means something else after /style; choose another name.`])
  },
)
