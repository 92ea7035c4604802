import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import type { Talk } from '../turn/talk.ts'
import { bringIn, picture, practiceSession, run } from './stage.ts'

const names = (one: Talk) => one.session.references.map(({ name }) => name)

describe('/ref add', () => {
  test('copies an image in, shows it small, and has it in force from the next line on', async () => {
    const one = await practiceSession()
    const path = await picture(one, 'art/char.png')
    expect((await run(one, '/ref add art/char.png')).shown).toEqual([
      'char · 60×40 · in force from the next line on · 1 of 14 images',
    ])
    expect(one.session.references).toMatchObject([{ name: 'char', source: path, file: { width: 60 } }])
    expect(one.session.references[0]?.file.file).toMatch(/^inputs\/[0-9a-f]{64}\.png$/)
  })

  test('takes several files, spaces, a home and a name', async () => {
    const one = await practiceSession()
    for (const [name, colour] of [
      ['a b.png', 'red'],
      ['c.png', 'green'],
      ['d.jpg', 'blue'],
    ] as const) {
      await picture(one, name, colour)
    }
    await run(one, '/ref add "a b.png" ~/c.png')
    await run(one, '/ref add d.jpg --as @hero')
    expect(names(one)).toEqual(['a-b', 'c', 'hero'])
  })

  test('takes patterns, in order of name, also in a folder whose own name looks like one', async () => {
    const one = await practiceSession()
    for (const [name, colour] of [
      ['[art] (1)/b.png', 'red'],
      ['[art] (1)/a.png', 'green'],
      ['x1.png', 'blue'],
      ['x2.png', 'lime'],
    ] as const) {
      await picture(one, name, colour)
    }
    await run(one, '/ref add ~/x*.png')
    expect(names(one)).toEqual(['x1', 'x2'])
    const inside = { ...one.place, folder: join(one.place.folder, '[art] (1)') }
    Object.assign(one, { place: inside })
    await run(one, '/ref add *.png')
    expect(names(one)).toEqual(['x1', 'x2', 'a', 'b'])
  })

  test('takes a file whose name has the signs of a pattern', async () => {
    const one = await practiceSession()
    await picture(one, 'fox[1].png')
    await run(one, '/ref add fox[1].png')
    expect(names(one)).toEqual(['fox-1'])
  })

  test.each([
    ['v3.png', '', /"v3" looks like a version.*--as NAME/],
    ['fox.png', '--as v3', /looks like a version/],
    ['fox.png', '--as "a b"', /is not a valid name/],
    ['fox.png', '--as taken', /already a reference "taken"/],
    ['taken.png', '', /"taken" already|already in force, as taken/],
    ['same.png', '', /already in force, as taken/],
    ['none.png', '', /There is no file none\.png/],
    ['*.webp', '', /There is no file \*\.webp/],
    ['folder', '', /is a folder/],
    ['text.png', '', /not an image/],
    ['fox.png', '--as', /--as needs a name.*For example/],
    ['fox.png', '--name x', /There is no --name here; there is --as/],
    ['', '', /What is missing: an image file.*For example: \/ref add/],
  ])('%s %s is refused in a sentence', async (file, flags, sentence) => {
    const one = await practiceSession()
    await picture(one, 'taken.png')
    await run(one, '/ref add taken.png')
    await picture(one, 'same.png')
    await picture(one, 'fox.png', 'green')
    await picture(one, 'v3.png', 'blue')
    await mkdir(join(one.place.folder, 'folder'))
    await writeFile(join(one.place.folder, 'text.png'), 'I am a text.')
    const { words, tones } = await run(one, `/ref add ${file} ${flags}`)
    expect(words).toEqual([expect.stringMatching(sentence)])
    expect(tones).toEqual(['bad'])
    expect(names(one)).toEqual(['taken'])
  })

  test('one name for several files is refused', async () => {
    const one = await practiceSession()
    await picture(one, 'a.png')
    await picture(one, 'b.png', 'green')
    expect((await run(one, '/ref add a.png b.png --as hero')).words).toEqual([
      expect.stringContaining('2 files'),
    ])
    expect(names(one)).toEqual([])
  })

  test('one bad file among good ones does not keep the others out', async () => {
    const one = await practiceSession()
    await picture(one, 'a.png')
    expect((await run(one, '/ref add none.png a.png')).words).toHaveLength(1)
    expect(names(one)).toEqual(['a'])
  })

  test('more than the model takes is refused, once for all that are too many', async () => {
    const one = await practiceSession()
    await run(one, '/model nb1')
    for (let n = 0; n < 6; n++) await picture(one, `p${n}.png`, `rgb(${n}, 0, 0)`)
    expect((await run(one, '/ref add p*.png')).words).toEqual([
      expect.stringMatching(/takes 3 images.*carry 4/),
    ])
    expect(names(one)).toEqual(['p0', 'p1', 'p2'])
  })

  test('an image that was brought in counts too', async () => {
    const one = await practiceSession()
    await run(one, '/model nb1')
    await bringIn(one, await picture(one, 'base.png', 'white'))
    for (let n = 0; n < 3; n++) await picture(one, `p${n}.png`, `rgb(${n}, 0, 0)`)
    expect((await run(one, '/ref add p*.png')).words).toEqual([
      expect.stringMatching(/takes 3 images.*carry 4/),
    ])
  })
})

describe('/ref list, remove and clear', () => {
  async function three() {
    const one = await practiceSession()
    for (const [name, colour] of [
      ['hero', 'red'],
      ['hut', 'green'],
      ['2', 'blue'],
    ] as const)
      await picture(one, `${name}.png`, colour)
    await run(one, '/ref add hero.png hut.png 2.png')
    return one
  }

  test('list them with their numbers, and how many the model takes', async () => {
    const { rows, words } = await run(await three(), '/ref list')
    expect(rows.map((row) => row.slice(0, 3))).toEqual([
      ['1', 'hero', '60×40'],
      ['2', 'hut', '60×40'],
      ['3', '2', '60×40'],
    ])
    expect(words).toEqual([expect.stringContaining('3 of 14 images')])
    expect((await run(await three(), '/ref')).rows).toHaveLength(3)
    expect((await run(await practiceSession(), '/ref')).words).toEqual([
      expect.stringContaining('/ref add FILE'),
    ])
  })

  test.each([
    ['hero', ['hut', '2']],
    ['@HERO', ['hut', '2']],
    ['1 3', ['hut']],
    ['2', ['hero', 'hut']],
    ['hero hero', ['hut', '2']],
  ])('/ref remove %s', async (words, left) => {
    const one = await three()
    await run(one, `/ref remove ${words}`)
    expect(names(one)).toEqual(left)
  })

  test('a missing one gets a sentence, and none is removed', async () => {
    const one = await three()
    for (const words of ['hero nobody', '9', '0']) {
      expect((await run(one, `/ref rm ${words}`)).words).toEqual([
        expect.stringMatching(/There is no reference.*\/ref list/),
      ])
    }
    expect(names(one)).toHaveLength(3)
  })

  test('/ref clear takes all of them', async () => {
    const one = await three()
    expect((await run(one, '/ref clear')).words).toEqual(['No longer in force: hero, hut, 2.'])
    expect(names(one)).toEqual([])
    expect((await run(one, '/ref clear')).words).toEqual(['No references are in force.'])
  })
})
