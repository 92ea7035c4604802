import { rm, utimes } from 'node:fs/promises'
import { describe, expect, test } from 'vitest'
import { parseLine } from '../../src/core/line/line.ts'
import { replay } from '../../src/core/session/apply.ts'
import { knownIn } from '../../src/core/session/label.ts'
import { emptySession } from '../../src/core/session/session.ts'
import { readJournal } from '../../src/store/session/journal.ts'
import { prepare } from '../../src/turn/prepare.ts'
import { saidIn } from '../turn/said.ts'
import { SMALL, type Talk } from '../turn/talk.ts'
import { picture, practiceSession, run } from './stage.ts'

const names = (one: Talk) => one.session.references.map(({ name }) => name)

async function three(): Promise<Talk> {
  const one = await practiceSession()
  await picture(one, 'hero.png', 'red')
  await picture(one, 'hut.png', 'green')
  await picture(one, 'sky.png', 'blue')
  await run(one, '/ref add hero.png hut.png sky.png')
  return one
}

/** Presses Enter on a prompt, reads only its files, and returns what was said. */
async function enter(one: Talk, line: string): Promise<readonly string[]> {
  const parsed = parseLine(line, knownIn(one.session))
  if (parsed.kind !== 'prompt') throw new Error(`${line} is no prompt`)
  const words: string[] = []
  const work = prepare(line, parsed, { ...one.context(), engine: 'practice' })
  for (let step = await work.next(undefined); !step.done; step = await work.next(undefined)) {
    if (step.value.type === 'change') await one.record.add(step.value)
    words.push(...saidIn(step.value))
  }
  return words
}

/** The session as another limn would read it from the disk. */
async function reopened(one: Talk) {
  const { facts } = await readJournal(one.store.folder ?? '')
  return replay(emptySession('', SMALL), facts)
}

describe('a role', () => {
  test('is given when an image is attached, or later, and is in the list', async () => {
    const one = await practiceSession()
    await picture(one, 'hero.png')
    await picture(one, 'oil.png', 'blue')
    expect((await run(one, '/ref add hero.png --role character')).shown).toEqual([
      'hero · character · 60×40 · in force from the next line on · 1 of 14 images',
    ])
    await run(one, '/ref add oil.png')
    expect((await run(one, '/ref role oil object')).words).toEqual(['oil is an object reference.'])
    const { rows, words } = await run(one, '/ref list')
    expect(rows.map((row) => row.slice(0, 5))).toEqual([
      ['1', 'hero', '60×40', 'character', 'image 1'],
      ['2', 'oil', '60×40', 'object', 'image 2'],
    ])
    expect(words).toEqual([
      '2 of 14 images that Nano Banana 2 takes (10 objects and 4 characters) · objects 1 of 10 · characters 1 of 4',
    ])
    await run(one, '/ref role 2 none')
    expect((await reopened(one)).references.map(({ role }) => role)).toEqual(['character', undefined])
  })

  test.each([
    ['/ref role hero hat', /"hat" is not a role: character, object, style, palette, layout or none\./],
    ['/ref role hero', /What is missing: a role: character, object, style/],
    ['/ref role nobody style', /There is no reference nobody; \/ref list/],
    ['/ref add x.png --role hat', /"hat" is not a role/],
  ])('%s is refused in a sentence', async (line, sentence) => {
    expect((await run(await three(), line)).words).toEqual([expect.stringMatching(sentence)])
  })

  test('of more characters than the model keeps alike is a warning, and they go along', async () => {
    const one = await practiceSession()
    for (let n = 0; n < 5; n++) await picture(one, `c${n}.png`, `rgb(${n}, 0, 0)`)
    const { words, tones } = await run(one, '/ref add c*.png --role character')
    expect(words).toEqual([
      expect.stringMatching(/Nano Banana 2 keeps the looks of 4 characters, and 5 are in force/),
    ])
    expect(tones).toEqual(['warning'])
    expect(names(one)).toHaveLength(5)
    expect((await run(one, '/ref mute c0')).words).toEqual([expect.stringContaining('Muted: c0')])
    expect((await run(one, '/ref list')).words).toHaveLength(1)
    expect((await run(one, '/model pro')).words.join()).not.toContain('alike')
  })
})

describe('a muted reference', () => {
  test('stays in the list, and in no line until it is unmuted', async () => {
    const one = await three()
    await run(one, '/ref mute hut')
    const { rows, words } = await run(one, '/ref')
    expect(rows.map((row) => [row[1], row[4]])).toEqual([
      ['hero', 'image 1'],
      ['hut', 'muted'],
      ['sky', 'image 2'],
    ])
    expect(words[0]).toMatch(/^2 of 14 images/)
    await one.line('a fox')
    expect(one.session.turns[0]?.references.map(({ name }) => name)).toEqual(['hero', 'sky'])
    expect((await reopened(one)).references.map(({ muted }) => muted === true)).toEqual([false, true, false])
    expect((await run(one, '/ref unmute 2')).words).toEqual(['In force again: hut.'])
    await one.line('brighter')
    expect(one.session.turns[1]?.references).toHaveLength(3)
  })

  test('does not come back over the limit of the model', async () => {
    const one = await three()
    await run(one, '/ref mute hero')
    await run(one, '/model nb1')
    await picture(one, 'cap.png', 'lime')
    await run(one, '/ref add cap.png')
    expect((await run(one, '/ref unmute hero')).words).toEqual([
      expect.stringMatching(/takes 3 images.*carry 4\. .*\/ref mute/),
    ])
    expect(one.session.references[0]?.muted).toBe(true)
  })

  test('of which one is not there: none is muted', async () => {
    const one = await three()
    expect((await run(one, '/ref mute hero nobody')).words).toEqual([expect.stringContaining('nobody')])
    expect(one.session.references.some(({ muted }) => muted)).toBe(false)
  })
})

describe('the order', () => {
  test('is changed by /ref move, and is the order of the message', async () => {
    const one = await three()
    expect((await run(one, '/ref move sky 1')).words).toEqual(['The order is now sky, hero, hut.'])
    expect(names(one)).toEqual(['sky', 'hero', 'hut'])
    expect((await reopened(one)).references.map(({ name }) => name)).toEqual(['sky', 'hero', 'hut'])
  })

  test.each([
    ['/ref move sky 4', 'The places are 1 to 3.'],
    ['/ref move sky 0', '"0" is not its new number. For example: /ref move hero 1'],
    ['/ref move moon 1', 'There is no reference moon; /ref list shows them.'],
  ])('%s is refused in a sentence', async (line, sentence) => {
    expect((await run(await three(), line)).words).toEqual([sentence])
  })
})

describe('a file that has changed since it was attached', () => {
  test('is reported once, at the next line, and the copy is sent until /ref update', async () => {
    const one = await three()
    expect(await enter(one, 'a fox')).toEqual([])
    const before = one.session.references[0]?.file
    await picture(one, 'hero.png', 'white', 80)
    expect(await enter(one, 'a fox')).toEqual([
      'hero.png has changed since; /ref update hero takes the new file.',
    ])
    expect(await enter(one, 'a wolf')).toEqual([])
    expect(one.session.references[0]?.file).toEqual(before)
    expect((await run(one, '/ref list')).rows[0]?.at(-1)).toMatch(/has changed: \/ref update hero/)
    expect((await run(one, '/ref update')).shown).toEqual([
      'hero · 80×40 · the new one is sent from the next line on',
    ])
    expect(one.session.references[0]?.file).toMatchObject({ width: 80 })
    expect((await reopened(one)).references[0]).toEqual(one.session.references[0])
    expect((await run(one, '/ref list')).rows[0]?.at(-1)).not.toContain('changed')
    expect((await run(one, '/ref update')).words).toEqual(['No file has changed since it was copied.'])
  })

  test('and is attached again points to /ref update', async () => {
    const one = await three()
    await picture(one, 'hero.png', 'white', 80)
    expect((await run(one, '/ref add hero.png')).words).toEqual([
      'hero is an older copy of this file: /ref update hero copies it again.',
    ])
  })

  test('is said by /ref list too, and again for yet another content', async () => {
    const one = await three()
    await picture(one, 'hut.png', 'white', 80)
    expect((await run(one, '/ref list')).words[0]).toMatch(/hut\.png has changed since/)
    await picture(one, 'hut.png', 'white', 90)
    expect(await enter(one, 'a fox')).toEqual([expect.stringMatching(/hut\.png has changed since/)])
  })

  test('back to what it was is no change, and neither is another time alone', async () => {
    const one = await three()
    const path = await picture(one, 'hero.png', 'white', 80)
    await enter(one, 'a fox')
    await picture(one, 'hero.png', 'red')
    expect(await enter(one, 'a fox')).toEqual([])
    expect(one.session.references[0]?.changed).toBeUndefined()
    await utimes(path, new Date(0), new Date(0))
    expect(await enter(one, 'a fox')).toEqual([])
    expect(one.session.references[0]?.original?.modified).toBe(0)
  })

  test('that is gone changes nothing; /ref update says so, and the copy stays', async () => {
    const one = await three()
    await rm(`${one.place.folder}/hut.png`)
    expect(await enter(one, 'a fox')).toEqual([])
    expect((await run(one, '/ref update hut')).words[0]).toMatch(
      /There is no file .*hut\.png\. hut stays as it is\./,
    )
    expect(names(one)).toHaveLength(3)
  })
})
