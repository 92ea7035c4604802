import { chmod, mkdir, readdir, readFile, symlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { type UserFileLimits, userFileProblem, writeUserFile } from '../../src/store/user-file.ts'
import { picture } from './session/session-facts.ts'
import { temporaryHome } from './temporary-home.ts'

async function place(more: Partial<UserFileLimits> = {}) {
  const home = await temporaryHome()
  const limits: UserFileLimits = { root: join(home, 'limn'), inputs: [], force: false, ...more }
  return { home, limits, at: (name: string) => join(home, name) }
}

describe('a file of the user', () => {
  test('is written whole, in folders that were missing, and nothing else is', async () => {
    const { at, limits } = await place()
    const path = at('art/spring/fox.png')
    expect(await writeUserFile(path, picture('fox'), limits)).toEqual({ ok: true, path })
    expect(await readFile(path)).toEqual(picture('fox'))
    expect(await readdir(at('art/spring'))).toEqual(['fox.png'])
  })

  test('that exists is kept, unless it is to be overwritten', async () => {
    const { home, at, limits } = await place()
    await writeFile(at('fox.png'), 'mine')
    expect(await writeUserFile(at('fox.png'), picture('fox'), limits)).toEqual({
      ok: false,
      taken: true,
      sentence: `${at('fox.png')} already exists; choose another name, or add --force to overwrite it.`,
    })
    expect(await readFile(at('fox.png'), 'utf8')).toBe('mine')
    expect(await writeUserFile(at('fox.png'), picture('fox'), { ...limits, force: true })).toMatchObject({
      ok: true,
    })
    expect(await readFile(at('fox.png'))).toEqual(picture('fox'))
    expect(await readdir(home)).toEqual(['fox.png'])
  })

  test('that several write at once has the bytes of one, and the others get a problem', async () => {
    const { home, at, limits } = await place()
    const names = Array.from({ length: 8 }, (_, number) => `fox ${number}`)
    const written = await Promise.all(
      names.map((name) => writeUserFile(at('fox.png'), picture(name), limits)),
    )
    const winner = written.findIndex(({ ok }) => ok)
    expect(written.map((one) => (one.ok ? 'ok' : one.taken)).toSorted()).toEqual(
      ['ok', ...Array(7).fill(true)].toSorted(),
    )
    expect(await readFile(at('fox.png'))).toEqual(picture(names[winner] ?? ''))
    expect(await readdir(home)).toEqual(['fox.png'])
  })

  test('that is an input is never overwritten, through any link', async () => {
    const { at, limits } = await place({ force: true })
    await mkdir(at('photos'))
    await writeFile(at('photos/fox.png'), 'mine')
    await symlink(at('photos'), at('link'))
    await symlink(at('photos/fox.png'), at('other.png'))
    const sentence = expect.stringContaining("is one of this session's inputs")
    for (const input of ['photos/fox.png', 'link/fox.png', 'other.png']) {
      for (const path of ['photos/fox.png', 'link/fox.png', 'other.png']) {
        const inputs = [at(input)]
        expect(await writeUserFile(at(path), picture('fox'), { ...limits, inputs })).toMatchObject({
          ok: false,
          sentence,
        })
      }
    }
    expect(await readFile(at('photos/fox.png'), 'utf8')).toBe('mine')
  })

  test('is never written into limn’s sessions, not even through a link to a folder that does not exist yet', async () => {
    const { at, limits } = await place({ force: true })
    await mkdir(at('limn/sessions'), { recursive: true })
    await symlink(at('limn/sessions'), at('link'))
    for (const path of ['limn/sessions/fox.png', 'link/fox.png', 'link/new/deep/fox.png']) {
      expect(await writeUserFile(at(path), picture('fox'), limits)).toMatchObject({
        ok: false,
        sentence: expect.stringContaining("in limn's own sessions"),
      })
    }
    expect(await readdir(at('limn/sessions'))).toEqual([])
  })

  test('gets the same sentence from a check before anything is written', async () => {
    const { at, limits } = await place()
    await mkdir(at('folder'))
    await writeFile(at('notes'), 'mine')
    for (const path of ['folder', 'notes', 'notes/fox.png', 'notes/deep/fox.png']) {
      const problem = await userFileProblem(at(path), limits)
      expect(problem?.sentence).toContain(at(path))
      expect(await writeUserFile(at(path), picture('fox'), limits)).toEqual({ ok: false, ...problem })
    }
    expect(await userFileProblem(at('new/fox.png'), limits)).toBeUndefined()
  })

  test('whose name the disk refuses leaves nothing behind', async () => {
    const { home, at, limits } = await place()
    const written = await writeUserFile(at(`${'x'.repeat(300)}.png`), picture('fox'), limits)
    expect(written).toMatchObject({ ok: false, sentence: expect.stringContaining('cannot be written') })
    expect(await readdir(home)).toEqual([])
  })

  test.skipIf(process.getuid?.() === 0)('in a folder without permission to write is refused', async () => {
    const { at, limits } = await place()
    await mkdir(at('closed'), { mode: 0o500 })
    expect(await userFileProblem(at('closed/fox.png'), limits)).toEqual({
      sentence: `${at('closed/fox.png')} cannot be written: no permission.`,
    })
    await chmod(at('closed'), 0o700)
  })
})
