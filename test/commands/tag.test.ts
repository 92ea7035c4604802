import { readdir } from 'node:fs/promises'
import { describe, expect, test } from 'vitest'
import { parseLine } from '../../src/core/line/line.ts'
import { knownIn } from '../../src/core/session/label.ts'
import { picture, practiceSession, run } from './stage.ts'

describe('/tag', () => {
  test('names a version, which then is meant by its name in lines and in commands', async () => {
    const one = await practiceSession('a red fox', 'brighter')
    expect((await run(one, '/tag final v1')).words).toEqual(['v1 is @final.'])
    expect((await run(one, '/show @final')).shown).toEqual([1])
    expect(parseLine('@Final', knownIn(one.session))).toEqual({ kind: 'goto', version: 1 })
    expect(parseLine('@final but blue', knownIn(one.session))).toMatchObject({ text: 'v1 but blue', base: 1 })
    await run(one, '/goto @final')
    expect(one.session.head.version).toBe(1)
  })

  test('moves a name and removes it; the list shows all', async () => {
    const one = await practiceSession('a red fox', 'brighter')
    await run(one, '/tag final v1')
    expect((await run(one, '/tag Final')).words).toEqual(['v2 is @Final; it was v1.'])
    expect((await run(one, '/tag')).rows).toEqual([['@Final', 'v2']])
    expect((await run(one, '/tag final --remove')).words).toEqual(['v2 is no longer @Final.'])
    expect(one.session.tags).toEqual([])
    expect((await run(one, '/tag')).words).toEqual(['No version has a name yet; /tag NAME gives one.'])
  })

  test.each([
    ['/tag v3', /What should v3 be called\? \/tag NAME v3/],
    ['/tag a,b', /is not a valid name/],
    ['/tag leaves', /What should leaves be called/],
    ['/tag final v9', /There is no v9/],
    ['/tag other --remove', /No version is tagged other/],
  ])('%s gets a sentence', async (line, sentence) => {
    const one = await practiceSession('a red fox')
    const { words, rows } = await run(one, line)
    expect(rows).toEqual([])
    expect(words[0]).toMatch(sentence)
    expect(one.session.tags).toEqual([])
  })

  test('and a reference do not share a name', async () => {
    const one = await practiceSession('a red fox')
    await picture(one, 'hero.png')
    await run(one, '/tag hero')
    expect((await run(one, '/ref add hero.png')).words[0]).toMatch(/v1 is already tagged hero/)
  })
})

describe('several versions in one command', () => {
  test('are saved into a folder', async () => {
    const one = await practiceSession('a red fox', 'brighter', 'darker')
    const { words } = await run(one, '/save art v1..v2 current')
    expect(words).toHaveLength(3)
    expect((await readdir(`${one.place.folder}/art`)).length).toBe(3)
    expect((await run(one, '/save art.png leaves v1')).words[0]).toMatch(/2 versions need a folder/)
  })

  test('are shown one after another, or on one sheet', async () => {
    const one = await practiceSession('a red fox', 'brighter')
    expect((await run(one, '/show v2 v1')).shown).toEqual([2, 1])
    expect((await run(one, '/show v1..v2 --sheet')).shown).toEqual([])
  })
})
