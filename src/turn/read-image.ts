import { readFile, stat } from 'node:fs/promises'
import { isAbsolute, join, resolve } from 'node:path'
import type { Place } from '../host/place.ts'
import { type Inspection, inspect } from '../image/inspect.ts'

export type Unread = { readonly ok: false; readonly sentence: string; readonly missing?: true }

/** Reads an image file. `verify` decodes all of it, to find one that is cut short. */
export async function readImage(
  path: string,
  place: Place,
  verify: boolean,
): Promise<({ readonly ok: true; readonly seen: Inspection } & LoadedFile) | Unread> {
  const loaded = await load(absolute(path, place), path)
  if (typeof loaded === 'string') return { ok: false, sentence: loaded }
  if (!loaded) return { ok: false, sentence: `There is no file ${path}.`, missing: true }
  const seen = await inspect(loaded.bytes, { verify })
  return seen.ok ? { ok: true, seen, ...loaded } : { ok: false, sentence: `${path}: ${seen.sentence}` }
}

export function absolute(path: string, place: Place): string {
  if (path === '~' || path.startsWith('~/')) return join(place.home, path.slice(1))
  return isAbsolute(path) ? path : resolve(place.folder, path)
}

type LoadedFile = {
  readonly bytes: Uint8Array
  /** As `Original` has it. */
  readonly modified: number
}

async function load(full: string, path: string): Promise<LoadedFile | string | undefined> {
  try {
    const there = await stat(full)
    if (there.isDirectory()) return `${path} is a folder; name an image in it.`
    // Reading a device or a pipe may never end.
    if (!there.isFile()) return `${path} is not a file.`
    return { bytes: await readFile(full), modified: Math.floor(there.mtimeMs) }
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined
    if (code === 'ENOENT' || code === 'ENOTDIR') return undefined
    return code === 'EACCES'
      ? `${path} cannot be read: no permission.`
      : `${path} cannot be read (${String(code)}).`
  }
}
