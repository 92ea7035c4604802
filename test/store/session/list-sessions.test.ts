import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import type { Fact } from '../../../src/core/session/fact.ts'
import { findSession, listSessions, newestFor } from '../../../src/store/session/list-sessions.ts'
import { SessionStore } from '../../../src/store/session/session-store.ts'
import { temporaryHome } from '../temporary-home.ts'
import { answered, prompted } from './session-facts.ts'

describe('the sessions of a user', () => {
  test('are listed by their last change, with what a user needs to recognize them', async () => {
    const root = await temporaryHome()
    const fox = await session(root, '/foxes', 1, [prompted('t1', 'a red fox'), answered('t1', 1)])
    const owl = await session(root, '/owls', 2, [prompted('t1', 'an owl', { engine: 'gemini' })])
    await later(root, fox, 3, [
      prompted('t2', 'make it blue'),
      { at: '', type: 'titled', title: 'Fox in blue' },
    ])
    const list = await listSessions(root)
    expect(list.map(({ id }) => id)).toEqual([fox, owl])
    expect(list[0]).toEqual({
      id: fox,
      folder: '/foxes',
      created: day(1),
      changed: day(3),
      title: 'Fox in blue',
      turns: 2,
      versions: 1,
      lastPrompt: 'make it blue',
      engines: ['practice'],
    })
  })

  test('one is found by its id, the beginning of its id, or words of its title and prompts', async () => {
    const root = await temporaryHome()
    const fox = await session(root, '/work', 1, [prompted('t1', 'a red fox'), prompted('t2', 'in deep Snow')])
    const owl = await session(root, '/work', 2, [prompted('t1', 'an owl in the snow')])
    const find = async (words: string) => (await findSession(root, words)).map(({ id }) => id)
    expect(await find(fox)).toEqual([fox])
    expect(await find(owl.slice(0, 12))).toEqual([owl])
    expect(await find('SNOW')).toEqual([owl, fox])
    expect(await find('snow red')).toEqual([fox])
    expect(await find('wolf')).toEqual([])
    expect(await find(' ')).toEqual([])
  })

  test('limn continues the newest of this working folder, else the newest of all', async () => {
    const root = await temporaryHome()
    expect(await newestFor(root, '/foxes')).toBeUndefined()
    const fox = await session(root, '/foxes', 1, [prompted('t1', 'a red fox')])
    const owl = await session(root, '/owls', 2, [prompted('t1', 'an owl')])
    expect(await newestFor(root, '/foxes')).toMatchObject({ session: { id: fox }, here: true })
    expect(await newestFor(root, '/elsewhere')).toMatchObject({ session: { id: owl }, here: false })
  })

  test('facts of a newer limn, and facts that cannot be read, count as facts', async () => {
    const root = await temporaryHome()
    const fox = await session(root, '/work', 1, [prompted('t1', 'a red fox')])
    await later(root, fox, 4, [{ type: 'danced' } as unknown as Fact])
    await later(root, fox, 5, [{ type: 'titled', title: 7 } as unknown as Fact])
    expect(await listSessions(root)).toMatchObject([{ changed: day(5), title: '', turns: 1 }])
  })

  test('damaged folders and sessions without facts are left out', async () => {
    const root = await temporaryHome()
    const fox = await session(root, '/work', 1, [prompted('t1', 'a red fox')])
    const files: [string, string][] = [
      ['empty', ''],
      ['only-a-header', '{"limn":"1.0"}\n'],
      ['garbage', '\0\0\n[]\nnull\n7\n'],
      ['torn', '{"limn":"1.0","folder":7}\n{"type":"prompted","at":7}\n{"type":"answ'],
    ]
    for (const [name, text] of files) {
      await mkdir(join(root, 'sessions', name))
      await writeFile(join(root, 'sessions', name, 'session.jsonl'), text)
    }
    await mkdir(join(root, 'sessions', 'nothing'))
    await writeFile(join(root, 'sessions', 'a-file'), '')
    expect((await listSessions(root)).map(({ id }) => id).toSorted()).toEqual([fox, 'torn'].toSorted())
  })
})

function day(number: number): string {
  return `2026-11-0${number}T12:00:00.000Z`
}

async function session(root: string, cwd: string, on: number, facts: readonly Fact[]): Promise<string> {
  const store = new SessionStore(root, cwd, () => new Date(day(on)))
  for (const fact of facts) await store.record({ ...fact, at: day(on) })
  await store.close()
  return store.id ?? ''
}

async function later(root: string, id: string, on: number, facts: readonly Fact[]): Promise<void> {
  const lines = facts.map((fact) => `${JSON.stringify({ ...fact, at: day(on) })}\n`)
  await writeFile(join(root, 'sessions', id, 'session.jsonl'), lines.join(''), { flag: 'a' })
}
