import { chmod, mkdir, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import sharp from 'sharp'
import { describe, expect, test } from 'vitest'
import { sniff } from '../../src/image/sniff.ts'
import { bringIn, picture, practiceSession, run } from './stage.ts'

describe('saving an image', () => {
  test('without a name gives it a readable one in the working folder, and says where it is', async () => {
    const one = await practiceSession('a red fox')
    const path = join(one.place.folder, 'a-red-fox-v1.jpg')
    expect((await run(one, '/save')).words).toEqual([path])
    expect(await readFile(path)).toEqual(await readFile(one.store.path('images/v1.jpg')))
  })

  test.each([
    ['poster.png', 'png'],
    ['poster.jpg', 'jpeg'],
    ['poster.JPEG', 'jpeg'],
    ['poster.webp', 'webp'],
    ['poster.avif', 'avif'],
  ])('as %s writes that format', async (name, format) => {
    const one = await practiceSession('a red fox')
    expect((await run(one, `/save ${name}`)).words).toEqual([join(one.place.folder, name)])
    const bytes = await readFile(join(one.place.folder, name))
    expect(sniff(bytes)).toBe(format)
    expect((await sharp(bytes).metadata()).width).toBe(one.session.versions[0]?.file.width)
  })

  test('as a format that limn cannot write is refused, with those that it can', async () => {
    const one = await practiceSession('a red fox')
    expect((await run(one, '/save poster.gif')).words).toEqual([
      expect.stringMatching(/\.gif.*\.png.*\.avif/),
    ])
    expect(await readdir(one.place.folder)).toEqual(['limn'])
  })

  test('takes the version before or after the path', async () => {
    const one = await practiceSession('a red fox', 'brighter')
    for (const [line, name] of [
      ['/save v1 one.jpg', 'one.jpg'],
      ['/save two.jpg v1', 'two.jpg'],
      ['/save --force three.jpg @v1', 'three.jpg'],
      ['/save v1', 'a-red-fox-v1.jpg'],
    ]) {
      expect((await run(one, line ?? '')).words).toEqual([join(one.place.folder, name ?? '')])
      expect(await readFile(join(one.place.folder, name ?? ''))).toEqual(
        await readFile(one.store.path('images/v1.jpg')),
      )
    }
  })

  test('makes the folders that are missing, and knows the home and spaces', async () => {
    const one = await practiceSession('a red fox')
    const base = one.place.folder
    expect((await run(one, '/save art/spring/poster.jpg')).words).toEqual([
      join(base, 'art/spring/poster.jpg'),
    ])
    expect((await run(one, '/save ~/"my poster.jpg"')).words).toEqual([join(base, 'my poster.jpg')])
    expect((await run(one, '/save my\\ other\\ poster.jpg')).words).toEqual([
      join(base, 'my other poster.jpg'),
    ])
  })

  test('in a folder gives it a readable name there', async () => {
    const one = await practiceSession('a red fox')
    const base = one.place.folder
    await mkdir(join(base, 'art'))
    for (const [path, into] of [
      ['new/', 'new'],
      ['art', 'art'],
      ['.', ''],
    ]) {
      expect((await run(one, `/save ${path}`)).words).toEqual([join(base, into ?? '', 'a-red-fox-v1.jpg')])
    }
    expect((await readdir(base)).toSorted()).toEqual(['a-red-fox-v1.jpg', 'art', 'limn', 'new'])
  })

  test('again without a name numbers it, since the user has named nothing that could be in the way', async () => {
    const one = await practiceSession('a red fox')
    const base = one.place.folder
    const names = ['a-red-fox-v1.jpg', 'a-red-fox-v1-2.jpg', 'a-red-fox-v1-3.jpg']
    for (const name of names) expect((await run(one, '/save')).words).toEqual([join(base, name)])
    await mkdir(join(base, 'art'))
    for (const name of names.slice(0, 2))
      expect((await run(one, '/save art')).words).toEqual([join(base, 'art', name)])
    expect((await run(one, '/save --force')).words).toEqual([join(base, 'a-red-fox-v1.jpg')])
    expect((await run(one, '/save a-red-fox-v1.jpg')).words).toEqual([
      expect.stringContaining('already exists'),
    ])
    expect((await readdir(base)).toSorted()).toEqual([...names, 'art', 'limn'].toSorted())
  })

  test('without an ending takes that of the image', async () => {
    const one = await practiceSession('a red fox')
    expect((await run(one, '/save poster')).words).toEqual([join(one.place.folder, 'poster.jpg')])
  })

  test('before there is one gets a sentence', async () => {
    const one = await practiceSession()
    expect((await run(one, '/save')).words).toEqual(['There is no image yet.'])
    expect((await run(one, '/save v3')).words).toEqual([expect.stringContaining('no image yet')])
  })

  test('that does not exist gets a sentence with those that do', async () => {
    const one = await practiceSession('a red fox', 'brighter')
    expect((await run(one, '/save v7')).words).toEqual(['There is no v7: this session has v1 to v2.'])
    expect((await run(one, '/save v1 v7')).words).toEqual(['There is no v7: this session has v1 to v2.'])
  })

  test('of the place before the last jump', async () => {
    const one = await practiceSession('a red fox', 'brighter')
    await run(one, '/goto v1')
    expect((await run(one, '/save -')).words).toEqual([join(one.place.folder, 'brighter-v2.jpg')])
  })
})

describe('a file that is there already', () => {
  test('is not written over, but with --force, also by a dash that the keyboard made one', async () => {
    const one = await practiceSession('a red fox')
    const path = join(one.place.folder, 'poster.jpg')
    await writeFile(path, 'mine')
    const refused = await run(one, '/save poster.jpg')
    expect(refused.words).toEqual([expect.stringMatching(/already exists.*--force/)])
    expect(refused.tones).toEqual(['bad'])
    expect(await readFile(path, 'utf8')).toBe('mine')
    expect((await run(one, '/save poster.jpg --force')).words).toEqual([path])
    expect((await run(one, '/save poster.jpg —force')).words).toEqual([path])
    expect(sniff(await readFile(path))).toBe('jpeg')
    expect(await readdir(one.place.folder)).toHaveLength(2)
  })

  test('and is an input of the session is never written over', async () => {
    const one = await practiceSession()
    const [brought, hero] = [await picture(one, 'fox.png'), await picture(one, 'hero.png', 'blue')]
    await bringIn(one, brought)
    await run(one, '/ref add hero.png')
    await one.line('a red fox')
    await symlink(brought, join(one.place.folder, 'link.png'))
    await run(one, '/ref clear')
    for (const name of ['fox.png', './fox.png', 'hero.png', 'link.png']) {
      expect((await run(one, `/save ${name} --force`)).words).toEqual([
        expect.stringMatching(/inputs; choose another/),
      ])
    }
    expect(sniff(await readFile(brought))).toBe('png')
    expect((await sharp(await readFile(hero)).metadata()).width).toBe(60)
  })

  test('and is of limn itself is never written over', async () => {
    const one = await practiceSession('a red fox', 'brighter')
    const own = one.store.path('images/v1.jpg')
    const before = await readFile(own)
    expect((await run(one, `/save "${own}" v2 --force`)).words).toEqual([
      expect.stringMatching(/limn's own sessions/),
    ])
    expect(await readFile(own)).toEqual(before)
  })
})

describe('a place where nothing can be written', () => {
  test('gets a sentence', async () => {
    const one = await practiceSession('a red fox')
    await writeFile(join(one.place.folder, 'notes'), 'a file')
    await mkdir(join(one.place.folder, 'folder.png'))
    expect((await run(one, '/save notes/poster.png')).words).toEqual([
      expect.stringMatching(/is a file, not a folder/),
    ])
    expect((await run(one, '/save notes/deep/poster.png')).words).toEqual([
      expect.stringMatching(/a file, not a folder/),
    ])
    expect((await run(one, '/save /proc/poster.png')).words).toEqual([
      expect.stringMatching(/cannot be written/),
    ])
    expect((await run(one, `/save ${'x'.repeat(300)}.png`)).words).toEqual([
      expect.stringMatching(/cannot be written/),
    ])
  })

  test.skipIf(process.getuid?.() === 0)('is told as one without permission', async () => {
    const one = await practiceSession('a red fox')
    await mkdir(join(one.place.folder, 'closed'), { mode: 0o500 })
    expect((await run(one, '/save closed/poster.png')).words).toEqual([
      expect.stringMatching(/no permission/),
    ])
    await chmod(join(one.place.folder, 'closed'), 0o700)
  })

  test('reports an image whose file is gone', async () => {
    const one = await practiceSession('a red fox')
    await rm(one.store.path('images/v1.jpg'))
    expect((await run(one, '/save')).words).toEqual([expect.stringMatching(/file of v1 cannot be read/)])
  })
})

test('words that /save does not know get a sentence with an example', async () => {
  const one = await practiceSession('a red fox')
  expect((await run(one, '/save --fast')).words).toEqual([
    'There is no --fast here; there is --force. For example: /save poster.png v3',
  ])
  expect((await run(one, '/save a.png b.png')).words).toEqual([
    expect.stringContaining('"b.png" is not a version or a range'),
  ])
})
