import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { whyOf } from '../../src/core/line/line-outcome.ts'
import { startRepl } from './drive.ts'

describe('what became of a line', () => {
  test('is its turns, its versions and what they cost', async () => {
    const one = await startRepl()
    const outcome = one.repl.submit('a red fox')
    await one.wire.open()
    expect(await outcome).toMatchObject({ kind: 'done', turns: ['t1'], versions: [1] })
    expect((await outcome).cost.usd).toBeGreaterThan(0)
  })

  test('of several images has a part for each, and a failure of one is that of the line', async () => {
    const one = await startRepl({ faults: '403' })
    const outcome = one.repl.submit('a {red|blue} fox')
    for (let call = 0; call < 2; call++) await one.wire.open()
    const { kind, parts, versions } = await outcome
    expect(kind).toBe('failed')
    expect(parts.map((part) => part.kind).toSorted()).toEqual(['done', 'failed'])
    expect(versions).toEqual([2])
  })

  test('that failed says so for a place without keys', async () => {
    const one = await startRepl({ faults: '500' })
    const outcome = one.repl.submit('a red fox')
    await one.wire.open()
    const words = whyOf(await outcome)
    expect(words).toMatch(/It may have been billed\.\nTry again/)
    expect(words).not.toMatch(/Press/)
  })

  test('that brought words alone is no success', async () => {
    const one = await startRepl({ faults: 'text-only' })
    const outcome = one.repl.submit('a red fox')
    await one.wire.open()
    expect(await outcome).toMatchObject({ kind: 'failed', why: { kind: 'no-image' }, versions: [] })
  })

  test.each([
    ['a fox --nonsense', 'usage'],
    ['/undo two', 'usage'],
    ['/nonsense', 'usage'],
    ['--ar 16:9', 'usage'],
    ['a fox like @nobody', 'declined'],
    ['AIzaSyA-1234567890abcdefghijklmnop', 'usage'],
  ])('%s was not sent, and why: %s', async (line, reason) => {
    const one = await startRepl({ asks: false })
    const outcome = await one.repl.submit(line)
    expect(outcome).toMatchObject({ kind: 'not-sent', why: { reason } })
    expect(whyOf(outcome)).not.toBe('')
    expect(one.wire.requests).toEqual([])
  })

  test.each([
    ['/batch status nothing', 'There is no batch "nothing".'],
    ['/batch retry nothing', 'There is no batch "nothing".'],
    ['/resume nothing-at-all', 'nothing-at-all'],
  ])('%s failed, and so holds what waits behind it', async (line, says) => {
    const one = await startRepl({ asks: false })
    const outcome = await one.repl.submit(line)
    expect(outcome.kind).toBe('failed')
    expect(whyOf(outcome)).toContain(says)
  })

  test('of a batch that nobody can be asked about was not sent for its price', async () => {
    const one = await startRepl({ asks: false })
    await writeFile(join(one.place.folder, 'rows.csv'), 'prompt,size,model\na fox,512,nb2\n')
    const line = '/batch submit rows.csv'
    expect(await one.repl.submit(line)).toMatchObject({ kind: 'not-sent', why: { reason: 'price' } })
    expect(one.wire.requests).toEqual([])
  })

  test.each([
    [{ askAbove: 0.01 }, 'price'],
    [{ askAbove: 'off', budgetSession: 0.01 }, 'budget'],
  ] as const)('with %j was not sent for its price', async (values, reason) => {
    const one = await startRepl({ asks: false, values })
    expect(await one.repl.submit('a red fox')).toMatchObject({ kind: 'not-sent', why: { reason } })
  })

  test.each(['/undo', '/redo', '/goto v7', '/show v7', '/retry', '/save', '/ref remove hat', '/open v1'])(
    '%s of a new session fails, and moves nothing',
    async (line) => {
      const one = await startRepl()
      const outcome = await one.repl.submit(line)
      expect(outcome).toMatchObject({ kind: 'failed', why: { kind: 'problem' } })
      expect(one.repl.folder).toBeUndefined()
    },
  )

  test('of a line that a command runs is that of the command', async () => {
    const one = await startRepl()
    expect(await one.repl.submit('/ar 99:1')).toMatchObject({ kind: 'failed' })
    expect(await one.repl.submit('/ar 16:9')).toMatchObject({ kind: 'done' })
  })

  test('of a turn that a command has asked for is that of the turn', async () => {
    const one = await startRepl()
    const outcome = one.repl.submit('/fresh a blue fox')
    await one.wire.open()
    expect(await outcome).toMatchObject({ kind: 'done', versions: [1] })
  })

  test('that waits is known when its turn has come', async () => {
    const one = await startRepl()
    const first = one.repl.submit('a red fox')
    const second = one.repl.submit('brighter')
    await one.wire.open()
    expect(await first).toMatchObject({ versions: [1] })
    await one.wire.open()
    expect(await second).toMatchObject({ kind: 'done', versions: [2] })
  })

  test('that waits and is dropped, or is left waiting, was not sent', async () => {
    const one = await startRepl({ faults: 'slow:0,403' })
    void one.repl.submit('a red fox')
    const [second, third] = [one.repl.submit('brighter'), one.repl.submit('darker')]
    await one.wire.open()
    await one.wire.open()
    expect(await second).toMatchObject({ kind: 'failed' })
    await one.until(({ held }) => held)
    await one.repl.dropHeld()
    expect(await third).toMatchObject({ kind: 'not-sent', why: { reason: 'dropped' } })
    void one.repl.submit('a blue fox')
    const last = one.repl.submit('warmer')
    await one.repl.taken()
    await one.repl.close()
    expect(await last).toMatchObject({ kind: 'not-sent', why: { reason: 'left-waiting' } })
  })

  test('a command that fails holds the lines that wait for it: they were typed for what it was to do', async () => {
    const one = await startRepl()
    void one.repl.submit('a red fox')
    void one.repl.submit('/ref remove hat')
    void one.repl.submit('brighter')
    await one.repl.taken()
    await one.wire.open()
    await one.until(({ held }) => held)
    expect(one.session.waiting.map(({ line }) => line)).toEqual(['brighter'])
    expect(one.session.turns).toHaveLength(1)
  })
})
