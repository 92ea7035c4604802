import { execFileSync, spawnSync } from 'node:child_process'
import { mkdir, readdir, readFile, symlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import { type OpenedSession, openSession } from '../../../src/store/session/open-session.ts'
import { SessionStore } from '../../../src/store/session/session-store.ts'
import { answerFile, readAnswer } from '../../../src/store/session/stored-answers.ts'
import { temporaryHome } from '../temporary-home.ts'
import { answered, inspect, now, picture, prompted, settings } from './session-facts.ts'

describe('coming back to a session', () => {
  test('it is as it was left, and can be continued', async () => {
    const root = await temporaryHome()
    const store = await begin(root)
    await store.record(answered('t1', 1), [{ name: 'images/v1.jpg', bytes: picture('fox') }])
    await store.close()
    const opened = await open(root, store)
    expect(opened.session).toMatchObject({ id: store.id, head: { turn: 't1', version: 1 } })
    expect(opened.header.folder).toBe('/work')
    expect(opened.repairs).toEqual([])
    await opened.store.record(prompted('t2', 'bluer'))
    await opened.store.close()
    expect((await open(root, store)).session.turns.map(({ text }) => text)).toEqual(['a red fox', 'bluer'])
  })

  test('a second limn can look, learns who writes, and writes nothing', async () => {
    const root = await temporaryHome()
    const store = await begin(root)
    const journal = await readFile(store.path('session.jsonl'))
    await writeFile(store.path('session.jsonl'), '{"at":"', { flag: 'a' })
    const second = await open(root, store)
    expect(second.session.turns).toHaveLength(1)
    expect(second.repairs).toEqual([])
    expect(second.holder).toMatchObject({ pid: process.pid })
    expect(second.store.readOnly).toMatch(
      /^limn with process id \d+ \(since \S+\) has this session open\. You can look/,
    )
    await expect(second.store.record(prompted('t2', 'bluer'))).rejects.toThrow(/has this session/)
    await second.store.close()
    expect((await readFile(store.path('session.jsonl'))).length).toBe(journal.length + 7)
    expect(await readdir(store.folder ?? '')).toContain('lock')
  })

  test.skipIf(process.platform === 'win32')('on a full disk it can be looked at', async () => {
    const root = await temporaryHome()
    const store = await begin(root)
    await store.close()
    const limited = ['-c', 'ulimit -f 0 && exec "$0" "$@"', process.execPath]
    const child = fileURLToPath(new URL('./looking-limn.ts', import.meta.url))
    const out = execFileSync('sh', [...limited, child, root, store.id ?? ''], { encoding: 'utf8' })
    expect(out).toMatch(/^1 turn: .*larger than this system allows.*You can look/)
  })
})

describe('limn was killed between the files of an answer and its line', () => {
  test.each([
    ['with all of its files', 3, 'Here it is.', { file: 'answers/t1-2.signature', size: 5000 }],
    ['before the words of the answer', 2, undefined, undefined],
  ])('%s: nothing of what is on disk is lost', async (_, files, words, signature) => {
    const root = await temporaryHome()
    const child = fileURLToPath(new URL('./killed-limn.ts', import.meta.url))
    const { stdout, signal } = spawnSync(process.execPath, [child, root, String(files)], { encoding: 'utf8' })
    expect(signal).toBe('SIGKILL')
    const opened = await open(root, { id: stdout.trim() })
    expect(opened.session.versions).toMatchObject([{ number: 1, file: { file: 'images/v1.jpg', width: 4 } }])
    expect(opened.repairs).toEqual([expect.stringMatching(/v1/)])
    const [first, second] = opened.session.turns
    expect(second?.outcome).toEqual({ kind: 'open' })
    if (words) {
      expect(first?.outcome).toMatchObject({ kind: 'answered', words, adopted: true, cost: { kind: 'free' } })
      expect(first?.outcome).toMatchObject({
        thoughts: [{ kind: 'text', text: 'A fox, then.' }],
        grounding: { queries: ['red fox'] },
      })
      const answer = await readAnswer(opened.store.folder ?? '', 't1')
      expect(answer?.parts[1]?.signature).toEqual(signature)
    } else {
      // Two prompts were out, so the image could belong to either.
      expect(first?.outcome).toEqual({ kind: 'open' })
      expect(opened.session.versions[0]).toMatchObject({ turn: null, name: 'v1.jpg' })
    }
    await opened.store.close()
    expect((await open(root, { id: stdout.trim() })).repairs).toEqual([])
  })

  test('the image of the one prompt that was out is its answer, and can be sent back', async () => {
    const root = await temporaryHome()
    const store = await begin(root, 'gemini')
    await store.close()
    await put(store, 'images/v1.jpg', picture('fox'))
    const opened = await open(root, store)
    expect(opened.session.turns[0]?.outcome).toMatchObject({
      kind: 'answered',
      versions: [1],
      adopted: true,
      weight: 8,
      cost: { kind: 'unknown' },
    })
    expect(opened.repairs).toEqual([
      'v1 was found on disk but not in the session, and kept: the answer to "a red fox".',
    ])
    expect(await readAnswer(opened.store.folder ?? '', 't1')).toMatchObject({ parts: [{ version: 1 }] })
  })

  test('the images that are found of one line are reported together', async () => {
    const root = await temporaryHome()
    const store = await begin(root)
    const line = { group: 'g', whole: 'a {red|blue|grey} wolf' }
    for (const turn of ['t2', 't3', 't4']) await store.record(prompted(turn, 'a wolf', line))
    await store.close()
    for (const [turn, version] of [
      ['t2', 1],
      ['t4', 2],
    ] as const) {
      const file = `images/v${version}.jpg`
      const parts = [{ kind: 'image', version, file, mime: 'image/jpeg', bytes: 7 }] as const
      await put(store, file, picture(turn))
      await put(store, `answers/${turn}.json`, answerFile({ turn, engine: '', model: '', parts }).bytes)
    }
    const opened = await open(root, store)
    expect(opened.session.choice?.versions).toEqual([1, 2])
    expect(opened.repairs).toEqual([
      'v1 and v2 were found on disk but not in the session, and kept: answers to "a {red|blue|grey} wolf".',
    ])
  })

  test('images without an open turn are reported together', async () => {
    const root = await temporaryHome()
    const store = await begin(root)
    await store.record(prompted('t2', 'a blue fox'))
    await store.close()
    for (const version of [1, 2, 3]) await put(store, `images/v${version}.jpg`, picture(`fox ${version}`))
    expect((await open(root, store)).repairs).toEqual([
      'images/v1.jpg, images/v2.jpg and images/v3.jpg were found on disk but not in the session, and are kept as v1, v2 and v3.',
    ])
  })

  test('an image without an open turn is kept as one that was brought in', async () => {
    const root = await temporaryHome()
    const store = await begin(root)
    await store.record({
      at: now().toISOString(),
      type: 'failed',
      turn: 't1',
      failure: { kind: 'disk', says: '' },
    })
    await store.close()
    await put(store, 'images/v1.jpg', picture('fox'))
    const opened = await open(root, store)
    expect(opened.session.versions).toMatchObject([{ number: 1, turn: null, name: 'v1.jpg' }])
    expect(opened.repairs).toEqual([expect.stringContaining('images/v1.jpg was found on disk')])
  })

  test('a file that is not an image is left alone with a sentence, and blocks nothing', async () => {
    const root = await temporaryHome()
    const store = await begin(root)
    await store.close()
    await put(store, 'images/v1.jpg', Buffer.from('torn'))
    const opened = await open(root, store)
    expect(opened.session.versions).toEqual([])
    expect(opened.session.turns[0]?.outcome).toEqual({ kind: 'open' })
    expect(opened.repairs).toEqual(['images/v1.jpg is not an image that limn can read; it was left alone.'])
    await opened.store.record(answered('t1', 1), [{ name: 'images/v1.jpg', bytes: picture('fox') }])
    expect(await readFile(opened.store.path('images/v1.jpg'))).toEqual(picture('fox'))
    expect(await readFile(opened.store.path('images/v1-2.jpg'), 'utf8')).toBe('torn')
  })

  test('half-written files of a killed limn are removed', async () => {
    const root = await temporaryHome()
    const store = await begin(root)
    await store.close()
    await put(store, 'images/.01234567-89ab-cdef-0123-456789abcdef.tmp', Buffer.from('half'))
    const opened = await open(root, store)
    expect(await readdir(join(opened.store.folder ?? '', 'images'))).toEqual([])
    expect(opened.repairs).toEqual([])
  })

  test.skipIf(process.platform === 'win32')(
    'a full disk does not keep the session from opening',
    async () => {
      const root = await temporaryHome()
      const store = await begin(root)
      await store.close()
      await put(store, 'images/v1.jpg', picture('fox'))
      await symlink('/dev/null/x', store.path('answers'))
      const opened = await open(root, store)
      expect(opened.session.turns).toHaveLength(1)
      expect(opened.repairs).toHaveLength(1)
      expect(opened.store.readOnly).toBeUndefined()
    },
  )
})

async function begin(root: string, engine = 'practice'): Promise<SessionStore> {
  const store = new SessionStore(root, '/work', now)
  await store.record(prompted('t1', 'a red fox', { engine }))
  return store
}

async function open(root: string, { id }: { readonly id: string | undefined }): Promise<OpenedSession> {
  const opened = await openSession(root, id ?? '', { settings, inspect, now })
  if (opened.kind === 'refused') throw new Error(opened.says)
  return opened
}

async function put(store: SessionStore, name: string, bytes: Uint8Array): Promise<void> {
  await mkdir(join(store.path(name), '..'), { recursive: true })
  await writeFile(store.path(name), bytes)
}
