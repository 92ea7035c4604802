import { readFileSync } from 'node:fs'
import { hostname } from 'node:os'

/** A process, told by more than its number, which is given again. `started` and `boot` are null where unknown. */
export type ProcessName = {
  readonly pid: number
  readonly started: string | null
  readonly boot: string | null
  readonly host: string
}

export function thisProcess(): ProcessName {
  return { pid: process.pid, started: startOf(process.pid).started, boot: bootId(), host: hostname() }
}

/** Undefined for one of another machine, which cannot be seen from here. */
export function isAlive({ pid, started, boot, host }: ProcessName): boolean | undefined {
  if (host !== hostname()) return undefined
  if (boot !== null && boot !== bootId()) return false
  const now = startOf(pid)
  return now.alive && (started === null || now.started === null || started === now.started)
}

/** True or false where the system says so; undefined where it does not know when a process began. */
export function startOf(pid: number): { alive: boolean; started: string | null } {
  const stat = read(`/proc/${pid}/stat`)
  if (stat === undefined) return { alive: signalled(pid), started: null }
  // The second field is the program's name, in brackets, and may hold anything; the state comes after it.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
  const state = fields[0]
  // A zombie has ended; only nobody has asked for its status: as in containers whose process 1 does not.
  return { alive: state !== 'Z' && state !== 'X', started: fields[19] ?? null }
}

export function bootId(): string | null {
  return read('/proc/sys/kernel/random/boot_id')?.trim() ?? null
}

function signalled(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM'
  }
}

function read(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return undefined
  }
}
