import { randomUUID } from 'node:crypto'
import { readFileSync, unlinkSync } from 'node:fs'
import { readdir, readFile, rename, rm, stat } from 'node:fs/promises'
import { hostname } from 'node:os'
import { dirname, join } from 'node:path'
import { codeOf, onDisk } from '../disk-error.ts'
import { putInPlace, writeTemporary } from '../files.ts'
import { isAlive, type ProcessName, thisProcess } from '../process.ts'

/** The process that writes a session, and since when. */
export type Holder = ProcessName & { readonly id: string; readonly at: string }

export type Lock = { readonly kind: 'held'; release(): void } | { readonly kind: 'busy'; readonly by: Holder }

/** For this long, in milliseconds, a lock file without contents counts as one that is being written. */
const UNWRITTEN = 10_000

const held = new Set<string>()

/** Locks a folder for one writer; a second one gets the holder of the lock. */
export async function lockFolder(folder: string, now: Date): Promise<Lock> {
  const path = join(folder, 'lock')
  const mine: Holder = {
    id: randomUUID(),
    ...thisProcess(),
    at: now.toISOString(),
  }
  held.add(mine.id)
  const by = await onDisk(path, () => take(path, mine)).catch((error: unknown) => {
    held.delete(mine.id)
    throw error
  })
  if (by) {
    held.delete(mine.id)
    return { kind: 'busy', by }
  }
  await removeClaims(folder)
  return { kind: 'held', release: () => release(path, mine) }
}

/** "limn with process id 123 (since 14:02)" */
export function holderText(by: Holder, now: Date): string {
  const at = new Date(by.at)
  const time = at.toLocaleTimeString('en-GB', { hour: '2-digit', minute: '2-digit' })
  const day = at.toDateString() === now.toDateString() ? '' : `${at.toLocaleDateString('en-CA')} `
  const since = Number.isNaN(at.getTime()) ? '' : ` (since ${day}${time})`
  const host = by.host === hostname() ? '' : ` on ${by.host}`
  return `limn with process id ${by.pid}${host}${since}`
}

/** Undefined when the lock is mine. */
async function take(path: string, mine: Holder): Promise<Holder | undefined> {
  for (;;) {
    if (await create(path, mine)) return undefined
    const there = await read(path)
    if (there === 'gone') continue
    if (!isStale(there)) return there
    // Two processes may find the same dead lock. Only the one that holds the claim on that very lock may replace it.
    // Ids are never used twice, so a process that comes late finds another lock in its place and leaves it.
    const claim = join(dirname(path), `lock.after-${there.id}`)
    const busy = await take(claim, mine)
    if (busy) return busy
    const still = await read(path)
    const won = still !== 'gone' && still.id === there.id
    if (won) await rename(await writeTemporary(dirname(path), encoded(mine)), path)
    await rm(claim, { force: true })
    if (won) return undefined
  }
}

async function create(path: string, mine: Holder): Promise<boolean> {
  const temporary = await writeTemporary(dirname(path), encoded(mine))
  try {
    await putInPlace(temporary, path)
    return true
  } catch (error) {
    // ENOENT: the writer has just removed the temporary file, taking it for one of a dead process.
    if (['EEXIST', 'ENOENT'].includes(codeOf(error))) return false
    throw error
  } finally {
    await rm(temporary, { force: true })
  }
}

function isStale(by: Holder): boolean {
  if (by.pid === 0) return Date.now() - Date.parse(by.at) > UNWRITTEN
  const alive = isAlive({ ...by, host: by.host === '' ? hostname() : by.host })
  // Whether a process of another machine is alive cannot be seen from here.
  return alive === false || (alive === true && by.pid === process.pid && !held.has(by.id))
}

async function read(path: string): Promise<Holder | 'gone'> {
  try {
    const text = await readFile(path, 'utf8')
    return holderOf(text) ?? { ...NOBODY, id: 'unreadable', at: (await stat(path)).mtime.toISOString() }
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return 'gone'
    throw error
  }
}

const NOBODY: Holder = { id: '', pid: 0, started: null, boot: null, host: '', at: '' }

function holderOf(text: string): Holder | undefined {
  let found: unknown
  try {
    found = JSON.parse(text)
  } catch {
    return undefined
  }
  if (typeof found !== 'object' || found === null) return undefined
  const value = new Map(Object.entries(found))
  const word = (name: string) => (typeof value.get(name) === 'string' ? String(value.get(name)) : null)
  const pid = value.get('pid')
  const id = word('id')
  // The id becomes part of a file's name.
  if (typeof pid !== 'number' || !Number.isInteger(pid) || pid < 1 || !id || !/^[\w-]+$/.test(id))
    return undefined
  return {
    id,
    pid,
    started: word('started'),
    boot: word('boot'),
    host: word('host') ?? '',
    at: word('at') ?? '',
  }
}

function encoded(holder: Holder): Uint8Array {
  return Buffer.from(`${JSON.stringify(holder)}\n`)
}

/** Synchronous, since the end of a process waits for nothing. */
function release(path: string, mine: Holder): void {
  held.delete(mine.id)
  try {
    if (holderOf(readFileSync(path, 'utf8'))?.id === mine.id) unlinkSync(path)
  } catch {
    // The folder or the disk is gone. That does no harm: the lock of an ended process is stale.
  }
}

/** Claims of processes that died between a claim and its lock. */
async function removeClaims(folder: string): Promise<void> {
  const names = await readdir(folder).catch(() => [])
  for (const name of names) if (name.startsWith('lock.after-')) await rm(join(folder, name), { force: true })
}
