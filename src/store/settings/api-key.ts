import { chmod, readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { codeOf, onDisk } from '../disk-error.ts'
import { makeFolder, replaceFile } from '../files.ts'
import type { EnvironmentVariables } from '../root.ts'

export type FoundKey = {
  readonly key: string
  readonly source: 'GEMINI_API_KEY' | 'GOOGLE_API_KEY' | 'file'
  /** A sentence when others could read its file. */
  readonly warning?: string
}

/** Looks in the environment first. No error or warning contains the key itself. */
export async function findKey(env: EnvironmentVariables, root: string): Promise<FoundKey | undefined> {
  for (const source of ['GEMINI_API_KEY', 'GOOGLE_API_KEY'] as const) {
    const key = env[source]?.trim()
    if (key) return { key, source }
  }
  const path = keyFile(root)
  let key: string
  try {
    key = (await readFile(path, 'utf8')).trim()
  } catch (error) {
    if (codeOf(error) === 'ENOENT' || codeOf(error) === 'ENOTDIR') return undefined
    return await onDisk(path, () => Promise.reject(error))
  }
  if (key === '') return undefined
  const warning = await closeToOthers(path)
  return { key, source: 'file', ...(warning !== undefined && { warning }) }
}

/** Saves the key in place of the old one; at no moment can another user of the machine read it. */
export async function saveKey(root: string, key: string): Promise<void> {
  const trimmed = key.trim()
  if (!/^[\x21-\x7e]+$/.test(trimmed))
    throw new Error('An API key is one word of letters, numbers and signs.')
  await onDisk(root, () => makeFolder(root, 0o700))
  await replaceFile(keyFile(root), Buffer.from(`${trimmed}\n`), 0o600)
}

function keyFile(root: string): string {
  return join(root, 'key')
}

async function closeToOthers(path: string): Promise<string | undefined> {
  // Windows has no such modes; there, only the user can read a home folder.
  if (process.platform === 'win32') return undefined
  const { mode } = await stat(path)
  if ((mode & 0o077) === 0) return undefined
  try {
    await chmod(path, 0o600)
    return `Other users could read the key in ${path}; its mode is 0600 now. If others use this machine, make a new key.`
  } catch {
    return `Other users can read the key in ${path}; give it mode 0600.`
  }
}
