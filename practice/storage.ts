import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'

/**
 * Storage for uploaded files and batch jobs. In a folder they outlive the engine, as Gemini's outlive a client: one
 * command can submit a job, and the next one can look at it.
 */
export type Storage = {
  /** The names under a name, without that name: `names('files')` gives `abc.json`, `abc.bin`. */
  names(under: string): string[]
  read(name: string): Buffer | undefined
  write(name: string, bytes: Uint8Array | string): void
  /** Removes everything under the name as well. */
  remove(name: string): void
}

export function memoryStorage(): Storage {
  const entries = new Map<string, Buffer>()
  return {
    names(under) {
      const rest = [...entries.keys()].filter((name) => name.startsWith(`${under}/`))
      return [...new Set(rest.map((name) => name.slice(under.length + 1).split('/')[0] as string))]
    },
    read: (name) => entries.get(name),
    write: (name, bytes) => void entries.set(name, Buffer.from(bytes)),
    remove(name) {
      for (const each of entries.keys()) {
        if (each === name || each.startsWith(`${name}/`)) entries.delete(each)
      }
    },
  }
}

export function folderStorage(folder: string): Storage {
  let count = 0
  return {
    names: (under) => orNone(() => readdirSync(join(folder, under))) ?? [],
    read: (name) => orNone(() => readFileSync(join(folder, name))),
    write(name, bytes) {
      const file = join(folder, name)
      // Another limn may be reading: it finds the old file or the new one, never half of one.
      const fresh = `${file}.${process.pid}-${count++}.new`
      mkdirSync(dirname(file), { recursive: true })
      writeFileSync(fresh, bytes)
      renameSync(fresh, file)
    },
    remove: (name) => rmSync(join(folder, name), { recursive: true, force: true }),
  }
}

function orNone<T>(read: () => T): T | undefined {
  try {
    return read()
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined
    throw error
  }
}

/** Reads a record that an engine wrote. One that is no longer valid JSON counts as missing. */
export function readRecord<T>(storage: Storage, name: string): T | undefined {
  const text = storage.read(name)?.toString('utf8')
  try {
    return text === undefined ? undefined : (JSON.parse(text) as T)
  } catch {
    return undefined
  }
}

/** The letters and digits in Google's names of files (12 characters) and jobs (36). */
export function newId(length: number): string {
  const letters = '0123456789abcdefghijklmnopqrstuvwxyz'
  const bytes = crypto.getRandomValues(new Uint8Array(length))
  return Array.from(bytes, (byte) => letters[byte % letters.length]).join('')
}
