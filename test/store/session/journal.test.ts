import { execFileSync } from 'node:child_process'
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { apply, replay } from '../../../src/core/session/apply.ts'
import type { Fact } from '../../../src/core/session/fact.ts'
import { emptySession } from '../../../src/core/session/session.ts'
import { raiseFormat, readJournal } from '../../../src/store/session/journal.ts'
import { type OpenedSession, openSession } from '../../../src/store/session/open-session.ts'
import { temporaryHome } from '../temporary-home.ts'
import { someFacts } from './facts-arbitrary.ts'
import { answered, at, inspect, now, prompted, settings } from './session-facts.ts'

const header = { limn: '1.0', created: at, folder: '/work' }
const empty = emptySession('s', settings)
const title: Fact = { at, type: 'titled', title: 'Fox' }

describe('a session is its lines', () => {
  test('wherever the file was torn, whole facts survive, and the next one is not joined to the rest', async () => {
    const root = await temporaryHome()
    await fc.assert(
      fc.asyncProperty(someFacts, fc.nat(), async (facts, cut) => {
        const lines = [header, ...facts].map((line) => Buffer.from(`${JSON.stringify(line)}\n`))
        const length = cut % (Buffer.concat(lines).length + 1)
        let end = 0
        const whole = lines.filter((line) => (end += line.length) - 1 <= length).length
        await write(root, Buffer.concat(lines).subarray(0, length))

        const first = await open(root)
        const expected = replay(empty, facts.slice(0, Math.max(0, whole - 1)))
        expect(first.session).toEqual(expected)
        await first.store.record(title)
        await first.store.close()

        const second = await open(root)
        expect(second.session).toEqual(apply(expected, title))
        expect(second.repairs).toEqual([])
        await second.store.close()
      }),
      { numRuns: 60 },
    )
  })

  test('a torn end is removed, with a sentence', async () => {
    const root = await temporaryHome()
    await write(root, `${JSON.stringify(header)}\n${JSON.stringify(title)}\n{"type":"tit`)
    const { session, repairs } = await open(root)
    expect(session.title).toBe('Fox')
    expect(repairs).toEqual([expect.stringMatching(/last line .* was incomplete/)])
  })

  test('a damaged line in the middle is skipped with a sentence, and stays in the file', async () => {
    const root = await temporaryHome()
    await write(root, `${JSON.stringify(header)}\n\0\0\0\n${JSON.stringify(title)}\n`)
    const { session, repairs } = await open(root)
    expect(session.title).toBe('Fox')
    expect(repairs).toEqual(['Line 2 of the session is damaged and is skipped.'])
    expect(await readFile(join(root, 'sessions/s/session.jsonl'), 'utf8')).toContain('\0\0\0\n')
  })

  test('facts and fields of a newer limn are kept and skipped, without a sentence', async () => {
    const root = await temporaryHome()
    const file = await write(
      root,
      lines({ ...header, limn: '1.7' }, { at, type: 'danced', with: 'v3' }, { ...title, mood: 'calm' }),
    )
    const { session, repairs, store } = await open(root)
    expect(session.title).toBe('Fox')
    expect(repairs).toEqual([])
    await store.record(title)
    expect(await readFile(file, 'utf8')).toContain('"danced"')
  })

  test('a fact that limn knows but cannot read is skipped with a sentence', async () => {
    const root = await temporaryHome()
    await write(root, lines(header, { at, type: 'titled', title: 7 }, title))
    const { session, repairs } = await open(root)
    expect(session.title).toBe('Fox')
    expect(repairs).toEqual(['Line 2 of the session ("titled") cannot be read and is skipped.'])
  })

  test('an answer is kept when its cost or failure is of a kind that only a newer limn knows', async () => {
    const root = await temporaryHome()
    const dear = { ...answered('t1', 1), cost: { kind: 'credits', credits: 3 }, usage: 'much' }
    const odd = { at, type: 'failed', turn: 't2', failure: { kind: 'eclipse' } }
    await write(root, lines(header, prompted('t1', 'a fox'), dear, prompted('t2', 'a wolf'), odd))
    const { session } = await open(root)
    expect(session.turns.map(({ outcome }) => outcome.kind)).toEqual(['answered', 'failed'])
    expect(session.turns[0]?.outcome).toMatchObject({ cost: { kind: 'unknown' }, usage: null })
  })

  test('a session of a newer major format is refused in a sentence, and not touched', async () => {
    const root = await temporaryHome()
    const file = await write(root, `${JSON.stringify({ ...header, limn: '3.0' })}\n{"type":"tit`)
    expect(await openSession(root, 's', { settings, inspect, now })).toEqual({
      kind: 'refused',
      says: expect.stringContaining('written by a newer limn (format 3.0)'),
    })
    expect(await readFile(file, 'utf8')).toMatch(/"tit$/)
  })

  test('a session of 1.x opens as it is, and opening it changes nothing', async () => {
    const root = await temporaryHome()
    const file = await write(root, lines({ ...header, limn: '1.7' }, title))
    const before = await readFile(file, 'utf8')
    const { store } = await open(root)
    expect(await readFile(file, 'utf8')).toBe(before)
    await store.record(title)
    expect(await readFile(file, 'utf8')).toBe(before + lines(title))
  })

  test.each([
    ['1.0', '"2.0"'],
    ['1.7', '"2.0"'],
    ['1.12', '"2.0" '],
  ])('the format is raised from %s in place: every other byte stays', async (limn, raised) => {
    const root = await temporaryHome()
    const folder = '/home/ada/"limn":"1.0"/Füchse'
    const file = await write(root, lines({ created: at, folder, limn }, title))
    const before = await readFile(file, 'utf8')
    await raiseFormat(join(root, 'sessions/s'), 2)
    expect(await readFile(file, 'utf8')).toBe(before.replace(`"limn":"${limn}"`, `"limn":${raised}`))
    const { header: after, session, repairs } = await open(root)
    expect(after).toEqual({ created: at, folder, limn: '2.0' })
    expect({ title: session.title, repairs }).toEqual({ title: 'Fox', repairs: [] })
  })

  test('the session can be read whichever part of the new format reaches the disk', async () => {
    const root = await temporaryHome()
    for (const limn of ['1.0', '1.7', '2.0', '2.7']) {
      await write(root, lines({ ...header, limn }, title))
      const { session, repairs, store } = await open(root)
      expect({ title: session.title, repairs }).toEqual({ title: 'Fox', repairs: [] })
      await store.close()
    }
  })

  test.each([
    ['is damaged', '{"limn":"1.\n'],
    ['has no room for it', '{"limn":"1"}\n'],
    ['is a fact', lines(prompted('t1', 'a fox'))],
  ])('when the first line %s, the session gets a new one before it, and loses nothing', async (_, first) => {
    const root = await temporaryHome()
    const file = await write(root, first + lines(title))
    await raiseFormat(join(root, 'sessions/s'), 2)
    expect(await readFile(file, 'utf8')).toMatch(/^\{"limn":"2\.0",/)
    expect(await readFile(file, 'utf8')).toContain(first + lines(title))
    expect((await open(root)).session.title).toBe('Fox')
  })

  test.each(['../../key', '/etc/passwd'])('a session cannot make %s one of its images', async (file) => {
    const root = await temporaryHome()
    const evil = {
      ...answered('t1', 1),
      images: [{ version: 1, file: { ...imageOf(answered('t1', 1)), file } }],
    }
    await write(root, lines(header, prompted('t1', 'a fox'), evil))
    expect((await open(root)).session.versions).toEqual([])
  })

  test('a session without a file does not exist', async () => {
    const root = await temporaryHome()
    for (const id of ['s', '', '..', '../s', 'a/b']) {
      const opened = await openSession(root, id, { settings, inspect, now })
      expect(opened).toMatchObject({ kind: 'refused', says: expect.stringContaining('There is no session') })
    }
  })

  test.skipIf(process.platform === 'win32')(
    'a disk that fills up in the middle of a line leaves no half line, and the next line that fits is written',
    async () => {
      const root = await temporaryHome()
      const child = fileURLToPath(new URL('./full-disk.ts', import.meta.url))
      const limited = 'ulimit -f 8 && exec "$0" "$@"'
      const out = execFileSync('sh', ['-c', limited, process.execPath, child, root], { encoding: 'utf8' })
      const { id, titles, says } = JSON.parse(out)
      expect(says).toMatch(/larger than this system allows/)
      expect(titles.length).toBeGreaterThan(2)
      const { facts, repairs, mend } = await readJournal(join(root, 'sessions', id))
      expect(facts).toEqual(titles.map((one: string) => ({ at, type: 'titled', title: one })))
      expect({ repairs, mend }).toEqual({ repairs: [], mend: undefined })
    },
  )
})

function lines(...values: unknown[]): string {
  return values.map((value) => `${JSON.stringify(value)}\n`).join('')
}

function imageOf(fact: Fact) {
  return fact.type === 'answered' ? fact.images[0]?.file : undefined
}

async function write(root: string, text: string | Uint8Array): Promise<string> {
  const folder = join(root, 'sessions/s')
  await rm(folder, { recursive: true, force: true })
  await mkdir(folder, { recursive: true })
  await writeFile(join(folder, 'session.jsonl'), text)
  return join(folder, 'session.jsonl')
}

async function open(root: string): Promise<OpenedSession> {
  const opened = await openSession(root, 's', { settings, inspect, now })
  if (opened.kind === 'refused') throw new Error(opened.says)
  return opened
}
