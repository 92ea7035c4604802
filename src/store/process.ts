import { readFileSync } from 'node:fs'
import { hostname } from 'node:os'

/** Identifies a process by more than its id, which the system reuses. `started` and `boot` are null when unknown. */
export type ProcessName = {
  readonly pid: number
  readonly started: string | null
  readonly boot: string | null
  readonly host: string
}

export function thisProcess(): ProcessName {
  return { pid: process.pid, started: startOf(process.pid).started, boot: bootId(), host: hostname() }
}

/** Undefined for a process of another machine, which cannot be seen from here. */
export function isAlive({ pid, started, boot, host }: ProcessName): boolean | undefined {
  if (host !== hostname()) return undefined
  if (boot !== null && boot !== bootId()) return false
  const now = startOf(pid)
  return now.alive && (started === null || now.started === null || started === now.started)
}

/** Whether a process is alive, and when it began as the system counts it; null when that is not known. */
export function startOf(pid: number): { alive: boolean; started: string | null } {
  const stat = read(`/proc/${pid}/stat`)
  if (stat === undefined) return { alive: signalled(pid), started: null }
  // The second field is the program's name, in brackets, and may hold anything; the state comes after it.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
  const state = fields[0]
  // A zombie has ended, but its parent has not asked for its status, as in containers whose process 1 never does.
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
