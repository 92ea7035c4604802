import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { COMMANDS } from '../../src/commands/command-list.ts'
import { DEFAULT_MODEL } from '../../src/core/models/model-catalogue.ts'
import { emptySession } from '../../src/core/session/session.ts'
import { problemsOf } from '../../src/headless/script-check.ts'
import { temporaryHome } from '../store/temporary-home.ts'
import { placeAt } from '../turn/talk.ts'

const session = emptySession('', { model: DEFAULT_MODEL, aspect: 'auto', size: '1K' })

/** What is said of a script's lines, each with its number. */
async function said(lines: readonly string[], saves = false) {
  const place = await placeAt(await temporaryHome(), {})
  await mkdir(place.folder, { recursive: true })
  await writeFile(join(place.folder, 'cup.png'), '')
  await writeFile(join(place.folder, 'poses.txt'), 'standing\nrunning\n')
  const numbered = lines.map((text, index) => ({ number: index + 1, text }))
  const start = { session, engine: 'gemini', place, commands: COMMANDS, saves }
  return (await problemsOf(numbered, start)).map(({ line, sentence }) => `${line.number}: ${sentence}`)
}

describe('surely wrong', () => {
  test.each([
    ['/refff', 'There is no command /refff; did you mean /ref?'],
    ['/undo two', '"two" is not a number of steps. For example: /undo 2'],
    ['/save fox.png --wiggle', 'There is no --wiggle here'],
    ['/ref add hat.png', 'There is no file hat.png.'],
    ['/batch submit rows.csv', 'There is no file rows.csv.'],
    ['/set wiggle 3', 'There is no setting wiggle'],
    ['/set timeout soon', 'timeout is '],
    ['/set size 9K', 'has no size 9K'],
    ['/ar 99:1', 'has no aspect 99:1'],
    ['/style nonsense', 'nonsense'],
    ['a fox --wiggle', 'There is no flag --wiggle'],
    ['a fox -n four', 'not "four"'],
    ['a fox --size 9K', 'has no size 9K'],
    ['a fox --style nonsense', 'nonsense'],
    ['--ar 16:9', 'flags but no words'],
    ['like @hat.png', 'There is no file hat.png.'],
    ['a fox --sref ./hat.png', 'There is no file ./hat.png.'],
    ['a fox {@moves.txt}', 'There is no file "moves.txt"'],
    ['a {red|blue} fox {@poses.txt} -n 8', 'That would be 32 images'],
    ['/fresh a fox --wiggle', 'There is no flag --wiggle'],
    ['/retry --wiggle', 'There is no flag --wiggle'],
    [`my key is AIza${'x'.repeat(35)}`, 'key'],
  ])('%s', async (line, sentence) => {
    expect(await said(['a red fox', line])).toEqual([expect.stringContaining(sentence)])
    expect(await said(['a red fox', '/quit', line])).toEqual([])
  })

  test('and all of it is said', async () => {
    expect(await said(['/wiggle', 'a fox', '/woggle'])).toEqual([
      expect.stringMatching(/^1: .*wiggle/),
      expect.stringMatching(/^3: .*woggle/),
    ])
  })
})

describe('perhaps right', () => {
  test.each([
    [['a fox', 'v7 with snow', 'v3', '@v2 beside it']],
    [['/ref add cup.png --as hero', 'like @hero', '/ref add *.jpg', 'with @cup.png']],
    [['a fox', '/save hat.png', 'like @hat.png', '/ref add hat.png']],
    [['/style save noir {prompt}, dark', 'a fox --style noir', '/style noir', '/style off']],
    [['/model pro', '/size 4K', 'a fox --search web', '/model nano', '/set ask-above off', '/set size']],
    [['a fox {@poses.txt}', '/tag final', '@final', 'as in @final']],
    [['/new', 'a fox --size 9K', '/set size 9K']],
    [['//refff is text', 'a fox with a "--wiggle"', 'exit', '/refff']],
  ])('%s', async (lines) => {
    expect(await said(lines)).toEqual([])
  })

  test('what --out may have saved is not missed', async () => {
    expect(await said(['a fox', 'like @moods/a-fox-v1.jpg'], true)).toEqual([])
  })
})
