import { mkdir, readdir, readFile, rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import type { Fact } from '../../../src/core/session/fact.ts'
import { DiskError } from '../../../src/store/disk-error.ts'
import { sha256 } from '../../../src/store/files.ts'
import { readJournal } from '../../../src/store/session/journal.ts'
import { SessionStore } from '../../../src/store/session/session-store.ts'
import { temporaryHome } from '../temporary-home.ts'
import { answered, at, imageRef, now, picture, prompted } from './session-facts.ts'

describe('recording a session', () => {
  test('opening limn and leaving it again leaves nothing on disk', async () => {
    const root = await temporaryHome()
    const store = new SessionStore(root, '/work', now)
    expect(store.id).toBeUndefined()
    await store.close()
    expect(await readdir(root)).toEqual([])
  })

  test('the first prompt names the folder; the same prompt in the same minute gets its own', async () => {
    const root = await temporaryHome()
    const stores = [1, 2, 3].map(() => new SessionStore(root, '/work', now))
    for (const store of stores) await store.record(prompted('t1', 'Ein roter Fuchs'))
    expect(stores.map(({ id }) => id?.slice(15))).toEqual([
      '-ein-roter-fuchs',
      '-ein-roter-fuchs-2',
      '-ein-roter-fuchs-3',
    ])
  })

  test('an image that comes first names the folder, without its ending', async () => {
    const store = new SessionStore(await temporaryHome(), '/work', now)
    const file = imageRef('images/v1.jpg')
    const fact: Fact = { at, type: 'brought', version: 1, file, name: 'Füchsin am Bach.JPG' }
    await store.record(fact, [{ name: 'images/v1.jpg', bytes: picture('fox') }])
    expect(store.id).toMatch(/^\d{4}-\d\d-\d\d-\d{4}-füchsin-am-bach$/)
    expect(await readFile(store.path('images/v1.jpg'))).toEqual(picture('fox'))
  })

  test('facts are recorded one after another, in the order of the calls', async () => {
    const store = new SessionStore(await temporaryHome(), '/work', now)
    const titles = Array.from({ length: 30 }, (_, number) => String(number))
    await Promise.all(titles.map((title) => store.record({ at, type: 'titled', title })))
    const { header, facts } = await readJournal(store.folder ?? '')
    expect(header).toEqual({ limn: '1.0', created: at, folder: '/work' })
    expect(facts).toEqual(titles.map((title) => ({ at, type: 'titled', title })))
  })

  test('a reference that is used again is not written again', async () => {
    const store = new SessionStore(await temporaryHome(), '/work', now)
    const name = `inputs/${sha256(picture('hero'))}.jpg`
    const reference = { name: 'hero', file: imageRef(name), source: 'hero.jpg' }
    const files = [{ name, bytes: picture('hero') }]
    await store.record({ at, type: 'referenced', reference }, files)
    await store.record({ at, type: 'referenced', reference }, files)
    expect(await readdir(join(store.folder ?? '', 'inputs'))).toHaveLength(1)
  })

  test('the image of a recorded version is never overwritten', async () => {
    const store = new SessionStore(await temporaryHome(), '/work', now)
    await store.record(prompted('t1', 'a fox'))
    await store.record(answered('t1', 1), [{ name: 'images/v1.jpg', bytes: picture('fox') }])
    const again = store.record(answered('t1', 1), [{ name: 'images/v1.jpg', bytes: picture('wolf') }])
    await expect(again).rejects.toMatchObject({ code: 'EEXIST' })
    expect(await readFile(store.path('images/v1.jpg'))).toEqual(picture('fox'))
  })

  test('when the disk refuses the line, the next answer is recorded, and the billed image is kept', async () => {
    const store = new SessionStore(await temporaryHome(), '/work', now)
    await store.record(prompted('t1', 'a fox'))
    const journal = store.path('session.jsonl')
    await rename(journal, `${journal}-away`)
    await mkdir(journal)
    const files = (words: string) => [{ name: 'images/v1.jpg', bytes: picture(words) }]
    await expect(store.record(answered('t1', 1), files('fox'))).rejects.toBeInstanceOf(DiskError)
    await expect(store.record(answered('t1', 1), files('fox'))).rejects.toBeInstanceOf(DiskError)
    await rename(journal, `${journal}-folder`)
    await rename(`${journal}-away`, journal)

    await store.record(answered('t1', 1), files('wolf'))
    expect(await readFile(store.path('images/v1.jpg'))).toEqual(picture('wolf'))
    expect(await readFile(store.path('images/v1-2.jpg'))).toEqual(picture('fox'))
    expect((await readJournal(store.folder ?? '')).facts).toHaveLength(2)
  })

  test('a root that cannot be created gives a sentence, and the line can be sent again', async () => {
    const root = join(await temporaryHome(), 'limn')
    await writeFile(root, '')
    const store = new SessionStore(root, '/work', now)
    await expect(store.record(prompted('t1', 'a fox'))).rejects.toThrow(/a file, not a folder|already exists/)
    expect(store.id).toBeUndefined()
    await rename(root, `${root}-away`)
    await store.record(prompted('t1', 'a fox'))
    expect(store.id).toMatch(/a-fox$/)
  })

  test('nothing is recorded after the end', async () => {
    const store = new SessionStore(await temporaryHome(), '/work', now)
    await store.record(prompted('t1', 'a fox'))
    store.releaseSync()
    expect(await readdir(store.folder ?? '')).toEqual(['session.jsonl'])
    await expect(store.record(prompted('t2', 'a wolf'))).rejects.toThrow('closed')
  })
})
