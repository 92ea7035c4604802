import { spawnSync } from 'node:child_process'
import { readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import type { FactOf } from '../../../src/core/session/fact.ts'
import { type OpenedSession, openSession } from '../../../src/store/session/open-session.ts'
import { SessionStore } from '../../../src/store/session/session-store.ts'
import { temporaryHome } from '../temporary-home.ts'
import { answered, derived, inspect, now, picture, prompted, settings } from './session-facts.ts'

async function begun(root: string): Promise<SessionStore> {
  const store = new SessionStore(root, '/work', now)
  await store.record(prompted('t1', 'a red fox'))
  await store.record(answered('t1', 1), [{ name: 'images/v1.jpg', bytes: picture('fox') }])
  return store
}

const imagesOf = ({ versions }: FactOf<'derived'>) =>
  versions.map(({ version, file }) => ({ name: file.file, bytes: picture(`v${version}`) }))

async function open(root: string, id: string | undefined): Promise<OpenedSession> {
  const opened = await openSession(root, id ?? '', { settings, inspect, now })
  if (opened.kind === 'refused') throw new Error(opened.says)
  return opened
}

describe('an image that was made here', () => {
  test('makes the session one of format 2.0, which stays as it is when it is opened again', async () => {
    const root = await temporaryHome()
    const store = await begun(root)
    const before = await readFile(store.path('session.jsonl'), 'utf8')
    expect(before).toMatch(/^\{"limn":"1\.0"/)
    const fact = derived('a1', 1, [2])
    await store.record(fact, imagesOf(fact))
    const after = await readFile(store.path('session.jsonl'), 'utf8')
    expect(after).toBe(`${before.replace('"limn":"1.0"', '"limn":"2.0"')}${JSON.stringify(fact)}\n`)
    await store.record({ at: '', type: 'titled', title: 'Fox' })
    await store.close()
    const opened = await open(root, store.id)
    expect(opened.header.limn).toBe('2.0')
    expect(opened.repairs).toEqual([])
    expect(opened.session.head).toEqual({ turn: 't1', version: 2 })
    expect(await readdir(join(store.folder ?? '', 'acts'))).toEqual(['a1.json'])
  })

  test('that is the first fact makes a session of format 2.0', async () => {
    const root = await temporaryHome()
    const store = new SessionStore(root, '/work', now)
    const fact = derived('a1', 1, [2])
    await store.record(fact, imagesOf(fact))
    expect(await readFile(store.path('session.jsonl'), 'utf8')).toMatch(/^\{"limn":"2\.0"/)
  })
})

describe('limn was killed while it recorded what it had made here', () => {
  // The format, the act, the first image and the second are written in this order.
  test.each([
    ['before any of its images', 0, [], []],
    [
      'after the first of two images',
      1,
      [2],
      ['v2 (v1, mirrored) was found on disk but not in the session, and is kept.'],
    ],
    [
      'before its line',
      2,
      [2, 3],
      ['v2 (v1, mirrored) and v3 (v1, mirrored) were found on disk but not in the session, and are kept.'],
    ],
  ])(
    '%s: the images on disk are versions, and not the answer of the open turn',
    async (_, images, versions, words) => {
      const root = await temporaryHome()
      const child = fileURLToPath(new URL('./killed-deriving-limn.ts', import.meta.url))
      const { stdout, signal } = spawnSync(process.execPath, [child, root, String(images)], {
        encoding: 'utf8',
      })
      expect(signal).toBe('SIGKILL')
      const opened = await open(root, stdout.trim())
      expect(opened.header.limn).toBe('2.0')
      expect(opened.repairs).toEqual(words)
      const made = opened.session.versions.filter((version) => version.made)
      expect(made.map(({ number, turn, parent }) => ({ number, turn, parent }))).toEqual(
        versions.map((number) => ({ number, turn: 't1', parent: { turn: 't1', version: 1 } })),
      )
      expect(opened.session.turns.map(({ outcome }) => outcome.kind)).toEqual(['answered', 'open'])
      expect(opened.session.head).toEqual({ turn: 't1', version: versions.length === 1 ? 2 : 1 })
      expect(opened.session.choice).toEqual(versions.length === 2 ? { group: 'a1', versions } : null)
      await opened.store.close()

      const again = await open(root, stdout.trim())
      expect(again.repairs).toEqual([])
      expect(again.session).toEqual(opened.session)
      // The names of unfinished images are free again.
      const fact = derived('a2', 1, [4])
      await again.store.record(fact, imagesOf(fact))
      const other = derived('a1', 1, [5])
      if (versions.length === 0) await again.store.record(other, imagesOf(other))
      await again.store.close()
      expect((await open(root, stdout.trim())).repairs).toEqual([])
    },
  )

  test('the images of an act that cannot be read are adopted as unknown ones', async () => {
    const root = await temporaryHome()
    const child = fileURLToPath(new URL('./killed-deriving-limn.ts', import.meta.url))
    const { stdout } = spawnSync(process.execPath, [child, root, '1'], { encoding: 'utf8' })
    await writeFile(join(root, 'sessions', stdout.trim(), 'acts/a1.json'), '{"type":"der')
    expect((await open(root, stdout.trim())).session.versions).toHaveLength(2)
  })
})
