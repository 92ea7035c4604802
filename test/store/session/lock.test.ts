import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { mkdir, readdir, readFile, utimes, writeFile } from 'node:fs/promises'
import { hostname } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import type { Readable, Writable } from 'node:stream'
import { fileURLToPath } from 'node:url'
import { describe, expect, onTestFinished, test } from 'vitest'
import { bootId, startOf } from '../../../src/store/process.ts'
import { type Holder, holderText, lockFolder } from '../../../src/store/session/lock.ts'
import { temporaryHome } from '../temporary-home.ts'
import { now } from './session-facts.ts'

const hasProc = existsSync('/proc/self/stat')

describe('a session has one writer', () => {
  test('the second one learns who has it, until that one releases it', async () => {
    const home = await temporaryHome()
    const first = await lockFolder(home, now())
    expect(await lockFolder(home, now())).toMatchObject({ kind: 'busy', by: { pid: process.pid } })
    if (first.kind === 'held') first.release()
    expect(await readdir(home)).toEqual([])
    expect(await lockFolder(home, now())).toMatchObject({ kind: 'held' })
  })

  test('a limn in another process keeps it for as long as that process lives, even if it is killed', async () => {
    const home = await temporaryHome()
    const other = racer()
    expect(await other.ask(home)).toBe('held')
    expect(await lockFolder(home, now())).toMatchObject({ kind: 'busy', by: { pid: other.child.pid } })
    const end = once(other.child, 'exit')
    other.child.kill('SIGKILL')
    await end
    expect(await lockFolder(home, now())).toMatchObject({ kind: 'held' })
    expect(await readdir(home)).toEqual(['lock'])
  })

  test('of several that come at once, to a free session or one whose limn died, exactly one gets it', async () => {
    const home = await temporaryHome()
    const racers = [racer(), racer(), racer()]
    for (let round = 0; round < 40; round++) {
      const folder = join(home, String(round))
      await mkdir(folder)
      if (round % 2) await writeFile(join(folder, 'lock'), JSON.stringify(dead({ id: `dead-${round}` })))
      const answers = await Promise.all(racers.map((one) => one.ask(folder)))
      expect(answers.toSorted()).toEqual(['busy', 'busy', 'held'])
    }
  })

  test('one that died while it took over a dead lock blocks nobody', async () => {
    const home = await temporaryHome()
    await writeFile(join(home, 'lock'), JSON.stringify(dead({ id: 'first' })))
    await writeFile(join(home, 'lock.after-first'), JSON.stringify(dead({ id: 'second' })))
    expect(await lockFolder(home, now())).toMatchObject({ kind: 'held' })
    expect(await readdir(home)).toEqual(['lock'])
  })

  test.skipIf(!hasProc)('a zombie process holds nothing', async () => {
    const home = await temporaryHome()
    // The shell leaves a child behind and becomes a program that never asks for its status. The child ends after
    // that, or the shell itself would ask: it reads until nothing more can come.
    const parent = spawn('sh', ['-c', 'cat <&3 & echo $!; exec sleep 600'], {
      stdio: ['ignore', 'pipe', 'ignore', 'pipe'],
    })
    onTestFinished(() => void parent.kill())
    const [line] = await once(createInterface(parent.stdout as Readable), 'line')
    const pid = Number(line)
    const told = (of: number | undefined, file: string) => readFile(`/proc/${of}/${file}`, 'utf8')
    await expect.poll(() => told(parent.pid, 'comm')).toBe('sleep\n')
    ;(parent.stdio[3] as Writable).end()
    await expect.poll(() => told(pid, 'stat')).toContain(' Z ')
    const zombie = dead({ pid, started: startOf(pid).started })
    await writeFile(join(home, 'lock'), JSON.stringify(zombie))
    expect(await lockFolder(home, now())).toMatchObject({ kind: 'held' })
  })

  test.skipIf(!hasProc)('a process that only has the same id as the dead one holds nothing', async () => {
    const home = await temporaryHome()
    await writeFile(join(home, 'lock'), JSON.stringify(dead({ pid: process.ppid, started: '1' })))
    expect(await lockFolder(home, now())).toMatchObject({ kind: 'held' })
  })

  test.skipIf(!hasProc)('a lock from before the machine was restarted holds nothing', async () => {
    const home = await temporaryHome()
    const { started } = startOf(process.ppid)
    await writeFile(join(home, 'lock'), JSON.stringify(dead({ pid: process.ppid, started })))
    expect(await lockFolder(home, now())).toMatchObject({ kind: 'busy' })
    await writeFile(join(home, 'lock'), JSON.stringify(dead({ pid: process.ppid, started, boot: 'before' })))
    expect(await lockFolder(home, now())).toMatchObject({ kind: 'held' })
  })

  test('a process of another machine keeps the session, since nobody can see whether it lives', async () => {
    const home = await temporaryHome()
    await writeFile(join(home, 'lock'), JSON.stringify(dead({ host: 'studio' })))
    const lock = await lockFolder(home, now())
    expect(lock).toMatchObject({ kind: 'busy' })
    expect(lock.kind === 'busy' && holderText(lock.by, now())).toMatch(
      /^limn with process id \d+ on studio \(since/,
    )
  })

  test('an empty lock file is being written, unless it is old', async () => {
    const home = await temporaryHome()
    await writeFile(join(home, 'lock'), '')
    expect(await lockFolder(home, now())).toMatchObject({ kind: 'busy' })
    await utimes(join(home, 'lock'), 0, 0)
    expect(await lockFolder(home, now())).toMatchObject({ kind: 'held' })
  })

  test('the holder is shown with the time, and with the date when it is another day', () => {
    const today = new Date(2026, 10, 22, 20, 0)
    const by = dead({ pid: 123, at: new Date(2026, 10, 22, 14, 2).toISOString() })
    expect(holderText(by, today)).toBe('limn with process id 123 (since 14:02)')
    const before = { ...by, at: new Date(2026, 10, 20, 9, 30).toISOString() }
    expect(holderText(before, today)).toBe('limn with process id 123 (since 2026-11-20 09:30)')
  })
})

/** A lock of a process that does not exist: no system uses this id. */
function dead(change: Partial<Holder>): Holder {
  const at = now().toISOString()
  return { id: 'one', pid: 2 ** 30, started: null, boot: bootId(), host: hostname(), at, ...change }
}

function racer(): { child: ChildProcess; ask(folder: string): Promise<string> } {
  const child = spawn(process.execPath, [fileURLToPath(new URL('./lock-racer.ts', import.meta.url))], {
    stdio: ['pipe', 'pipe', 'inherit'],
  })
  onTestFinished(() => void child.kill())
  const lines = createInterface(child.stdout)[Symbol.asyncIterator]()
  return {
    child,
    async ask(folder) {
      child.stdin.write(`${folder}\n`)
      return String((await lines.next()).value)
    },
  }
}
