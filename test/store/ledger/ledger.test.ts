import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { appendFile, mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { hostname } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, onTestFinished, test } from 'vitest'
import { sum } from '../../../src/core/money/call-cost.ts'
import type { Fact } from '../../../src/core/session/fact.ts'
import { type Account, Ledger } from '../../../src/store/ledger/ledger.ts'
import { sessionFolder } from '../../../src/store/session/session-store.ts'
import { answered, at, now, prompted } from '../session/session-facts.ts'
import { temporaryHome } from '../temporary-home.ts'

const call = (turn: string, session = 'fox') => ({ session, turn, model: 'pro', most: 0.2 })
const known = (usd: number) => ({ kind: 'known', usd, about: false }) as const
const spent = ({ bills }: Account) => sum(bills.map(({ cost }) => cost))
const paid = (turn: string, text: string) => prompted(turn, text, { engine: 'gemini' })

describe('the ledger', () => {
  test('has a bill for each billed call, and none for a refused one', async () => {
    const root = await temporaryHome()
    const ledger = new Ledger(root, now)
    await ledger.sent(call('t1'))
    await ledger.ended(call('t1'), { kind: 'none' })
    await ledger.sent(call('t1'))
    await ledger.ended(call('t1'), known(0.134))
    await ledger.sent(call('t2'))
    await ledger.ended(call('t2'), { kind: 'unknown' })
    await ledger.sent(call('t3'))
    await ledger.ended(call('t3'), { kind: 'none' })
    const account = await new Ledger(root, now).read()
    expect(account.bills.map(({ turn }) => turn)).toEqual(['t1', 't2'])
    expect(account.bills[0]).toEqual({ ...call('t1'), at, cost: known(0.134) })
    expect(spent(account)).toEqual({ usd: 0.134, about: false, unknown: 1 })
    expect(account.out).toEqual([])
  })

  test('is not created by reading it before anything was spent', async () => {
    const root = await temporaryHome()
    expect(await new Ledger(root, now).read()).toMatchObject({ bills: [], out: [] })
    expect(await readdir(root)).toEqual([])
  })

  test('loses no line of two limns that write at once, and knows the calls that each has out', async () => {
    const root = await temporaryHome()
    const limns = ['one', 'two'].map((session) => writer(root, session, 60))
    await Promise.all(limns.map(done))
    // A half-written line that another writer sees counts as torn, and gets an empty row after it.
    const rows = (await readFile(join(root, 'ledger.jsonl'), 'utf8')).split('\n')
    const lines = rows.filter((row) => row !== '')
    expect(lines).toHaveLength(2 * (2 * 60 - 1))
    for (const line of lines) expect(() => JSON.parse(line)).not.toThrow()
    const ledger = new Ledger(root, () => new Date())
    const both = await ledger.read()
    expect(spent(both).usd).toBeCloseTo(2 * 59 * 0.01, 10)
    expect(both.out.map(({ session, most }) => [session, most]).toSorted()).toEqual([
      ['one', 0.2],
      ['two', 0.2],
    ])
    await killed(limns)
    const after = await ledger.read()
    expect(after.out).toEqual([])
    expect(spent(after).unknown).toBe(2)
  })

  test('knows which of two calls came first, so that only one of two limns gives way', async () => {
    const root = await temporaryHome()
    const [mine, theirs] = [new Ledger(root, now), new Ledger(root, now)]
    const ofMine = { call: call('t1'), held: mine.hold(call('t1')) }
    const ofTheirs = { call: call('t1', 'owl'), held: theirs.hold(call('t1', 'owl')) }
    const sessions = ({ out }: Account) => out.map(({ session }) => session)
    await mine.sent(ofMine.call)
    await theirs.sent(ofTheirs.call)
    expect(sessions(await mine.read(ofMine))).toEqual(['fox'])
    expect(sessions(await theirs.read(ofTheirs))).toEqual(['owl', 'fox'])
    // Sent again, it comes after the other.
    await mine.ended(ofMine.call, { kind: 'none' })
    await mine.sent(ofMine.call)
    expect(sessions(await mine.read(ofMine))).toEqual(['fox', 'owl'])
    expect(sessions(await theirs.read(ofTheirs))).toEqual(['owl'])
    // A later line of the same limn gives way too.
    mine.hold(call('t2'))
    expect(sessions(await mine.read(ofMine))).toEqual(['fox', 'owl'])
    // A reader without a call of its own sees both.
    expect((await new Ledger(root, now).read()).out).toHaveLength(2)
  })

  test('learns the cost of a call whose limn was killed from the session', async () => {
    const root = await temporaryHome()
    await session(root, 'fox', paid('t1', 'a red fox'), answered('t1', 1), paid('t2', 'a hat'), {
      at,
      type: 'failed',
      turn: 't2',
      failure: { kind: 'overloaded' },
    })
    await writeFile(join(root, 'ledger.jsonl'), '')
    for (const turn of ['t1', 't2', 't3']) await appendFile(join(root, 'ledger.jsonl'), deadLine(turn))
    const account = await new Ledger(root, now).read()
    expect(account.bills.map(({ turn, cost }) => [turn, cost])).toEqual([
      ['t1', known(0.034)],
      ['t3', { kind: 'unknown' }],
    ])
    // It is recorded, so that the next limn need not read the session.
    await rm(sessionFolder(root, 'fox'), { recursive: true })
    expect(spent(await new Ledger(root, now).read())).toMatchObject({ usd: 0.034, unknown: 1 })
  })

  test('that is missing is rebuilt from the sessions, without practice', async () => {
    const root = await temporaryHome()
    await session(root, 'fox', paid('t1', 'a red fox'), answered('t1', 1))
    await session(root, 'owl', prompted('t1', 'an owl'), answered('t1', 1))
    await session(root, 'cat', paid('t1', 'a cat'), {
      at,
      type: 'failed',
      turn: 't1',
      failure: { kind: 'timed-out', seconds: 300 },
    })
    const ledger = new Ledger(root, now)
    expect(spent(await ledger.read())).toEqual({ usd: 0.034, about: false, unknown: 1 })
    await ledger.sent(call('t9', 'new'))
    await ledger.ended(call('t9', 'new'), known(1))
    expect(spent(await ledger.read())).toEqual({ usd: 1.034, about: false, unknown: 1 })
    expect(spent(await new Ledger(root, now).read())).toEqual({ usd: 1.034, about: false, unknown: 1 })
  })

  test('continues after a torn line, and skips what it cannot read', async () => {
    const root = await temporaryHome()
    const ledger = new Ledger(root, now)
    await ledger.ended(call('t1'), known(1))
    await appendFile(join(root, 'ledger.jsonl'), '{"of":"a newer limn"}\nnonsense\n{"at":"2026-11-2')
    expect(spent(await ledger.read()).usd).toBe(1)
    await ledger.ended(call('t2'), known(2))
    expect(spent(await ledger.read()).usd).toBe(3)
    expect(spent(await new Ledger(root, now).read()).usd).toBe(3)
    expect(await readFile(join(root, 'ledger.jsonl'), 'utf8')).toContain('{"of":"a newer limn"}\nnonsense\n')
  })

  test('reads only new lines, and all lines when the file was replaced', async () => {
    const root = await temporaryHome()
    const [mine, theirs] = [new Ledger(root, now), new Ledger(root, now)]
    await mine.ended(call('t1'), known(1))
    expect(spent(await theirs.read()).usd).toBe(1)
    await mine.ended(call('t2'), known(2))
    expect(spent(await theirs.read()).usd).toBe(3)
    await writeFile(join(root, 'ledger.jsonl'), '')
    expect(spent(await theirs.read()).usd).toBe(0)
  })

  test('that cannot be written says so, and writes the missing lines later', async () => {
    const root = await temporaryHome()
    const [path, aside] = [join(root, 'ledger.jsonl'), join(root, 'aside')]
    const ledger = new Ledger(root, now)
    await ledger.sent(call('t1'))
    await rename(path, aside)
    await mkdir(path)
    expect(await ledger.ended(call('t1'), known(1))).toMatch(/ledger\.jsonl is a folder, not a file\./)
    await rm(path, { recursive: true })
    await rename(aside, path)
    expect(spent(await ledger.read()).usd).toBe(1)
    expect(await ledger.ended(call('t2'), known(2))).toBeUndefined()
    expect(spent(await new Ledger(root, now).read()).usd).toBe(3)
  })

  test('counts a call that this process holds as out until it is released', async () => {
    const ledger = new Ledger(await temporaryHome(), now)
    const one = ledger.hold({ session: 'fox', most: 0.2 })
    const two = ledger.hold({ session: 'fox', most: null })
    await ledger.sent(call('t1'))
    expect((await ledger.read()).out).toHaveLength(2)
    one.release()
    one.release()
    expect((await ledger.read()).out).toEqual([{ session: 'fox', most: null }])
    two.release()
    expect((await ledger.read()).out).toEqual([])
  })
})

async function session(root: string, id: string, ...facts: readonly Fact[]): Promise<void> {
  const folder = sessionFolder(root, id)
  await mkdir(folder, { recursive: true })
  const lines = [{ limn: '1.0', created: at, folder: '/' }, ...facts].map(
    (line) => `${JSON.stringify(line)}\n`,
  )
  await writeFile(join(folder, 'session.jsonl'), lines.join(''))
}

/** A line of a process that does not exist: no system uses this id. */
function deadLine(turn: string): string {
  const by = { pid: 2 ** 30, started: null, boot: null, host: hostname() }
  return `${JSON.stringify({ at, type: 'sent', ...call(turn), by })}\n`
}

function writer(root: string, name: string, many: number): ChildProcess {
  const script = fileURLToPath(new URL('./ledger-writer.ts', import.meta.url))
  const child = spawn(process.execPath, [script, root, name, String(many)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  onTestFinished(() => void child.kill('SIGKILL'))
  return child
}

async function done({ stdout }: ChildProcess): Promise<void> {
  if (stdout) await once(stdout, 'data')
}

async function killed(children: readonly ChildProcess[]): Promise<void> {
  const ends = children.map((child) => once(child, 'exit'))
  for (const child of children) child.kill('SIGKILL')
  await Promise.all(ends)
}
