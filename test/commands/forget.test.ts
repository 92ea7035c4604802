import { describe, expect, test } from 'vitest'
import { replay } from '../../src/core/session/apply.ts'
import { labelFor } from '../../src/core/session/label.ts'
import { emptySession } from '../../src/core/session/session.ts'
import { readJournal } from '../../src/store/session/journal.ts'
import { wiretap } from '../gemini/wire.ts'
import { engine, SMALL, talk } from '../turn/talk.ts'
import { bringIn, picture, practiceSession, run } from './stage.ts'

async function forgetful() {
  const wire = await wiretap(await engine())
  const one = await talk({ url: wire.url })
  for (const line of ['a red fox', 'brighter', 'darker']) await one.line(line)
  const said = await run(one, '/forget')
  return { one, said, requests: wire.requests }
}
type Sent = Awaited<ReturnType<typeof forgetful>>['requests'][number]
const contentsOf = (request: Sent | undefined) =>
  (request?.body.contents ?? []).map(({ role, parts }) => [
    role,
    ...parts.map(({ text, inlineData }) => text ?? (inlineData ? 'image' : '')),
  ])

describe('/forget', () => {
  test('keeps the image and forgets the conversation: the next line sends the image alone', async () => {
    const { one, said, requests } = await forgetful()
    expect(said.words).toEqual([expect.stringMatching(/next line sends v3 alone/)])
    expect(labelFor(one.session, 'warmer')).toBe('v3 alone')
    expect(await one.line('warmer')).toMatchObject({ kind: 'answered', main: 4 })
    expect(contentsOf(requests.at(-1))).toEqual([['user', '[v3]', 'image', 'warmer']])
    expect(labelFor(one.session, '')).toBe('v4')
    await one.line('sepia')
    const [first, ...rest] = contentsOf(requests.at(-1))
    expect(first).toEqual(['user', 'warmer'])
    expect(JSON.stringify([first, ...rest])).not.toMatch(/a red fox|brighter|darker/)
  })

  test('is taken back by /undo, and the conversation is sent again', async () => {
    const { one, requests } = await forgetful()
    const { words } = await run(one, '/undo')
    expect(words).toEqual([expect.stringMatching(/^next line edits v3;/)])
    expect(one.session.head).toEqual({ turn: 't3', version: 3 })
    await one.line('warmer')
    expect(JSON.stringify(contentsOf(requests.at(-1)))).toMatch(/a red fox/)
  })

  test('stays forgotten in the lines that follow, step by step', async () => {
    const { one } = await forgetful()
    await one.line('warmer')
    const { words } = await run(one, '/undo')
    expect(words).toEqual([expect.stringMatching(/^next line edits v3 alone and starts a branch/)])
    await run(one, '/undo')
    expect(one.session.head).toEqual({ turn: 't3', version: 3 })
    expect((await run(one, '/redo 2')).words).toEqual([expect.stringMatching(/edits v4;/)])
  })

  test('is in the files of the session', async () => {
    const { one } = await forgetful()
    const { facts } = await readJournal(one.store.folder ?? '')
    expect(replay(emptySession('', SMALL), facts).head).toEqual({ turn: null, version: 3 })
  })

  test('goes to another version, and is shown in /log', async () => {
    const { one, requests } = await forgetful()
    expect((await run(one, '/forget v2')).shown).toEqual([2])
    await one.line('v2 warmer', { parent: one.session.head })
    expect(contentsOf(requests.at(-1))).toHaveLength(1)
    const { rows } = await run(one, '/log')
    expect(rows.at(-1)).toEqual(expect.arrayContaining(['●', 'v4', '← v2 alone']))
  })

  test('/retry after it sends the line that made the image again, from its own place', async () => {
    const { one } = await forgetful()
    const { gos } = await run(one, '/retry')
    expect(gos).toMatchObject([
      { to: 'turns', prompts: [{ text: 'darker', parent: { turn: 't2', version: 2 } }] },
    ])
  })

  test('does nothing without a conversation', async () => {
    const one = await practiceSession()
    expect((await run(one, '/forget')).words).toEqual([expect.stringMatching(/There is no image/)])
    await picture(one, 'sea.png')
    await bringIn(one, 'sea.png')
    expect((await run(one, '/forget')).words).toEqual([
      'v1 was brought in: there is no conversation before it.',
    ])
    await one.line('brighter')
    await run(one, '/forget')
    expect((await run(one, '/forget')).words).toEqual([
      'v2 is already alone: no conversation is sent with it.',
    ])
    expect((await run(one, '/forget v9')).words).toEqual([expect.stringMatching(/There is no v9/)])
  })
})
