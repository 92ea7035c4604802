import { access, constants, realpath, rename, rm, stat } from 'node:fs/promises'
import { dirname, join, relative } from 'node:path'
import { codeOf } from './disk-error.ts'
import { makeFolder, putInPlace, syncFolder, writeTemporary } from './files.ts'
import { sessionsFolder } from './session/session-store.ts'

/** What must not be written over. */
export type UserFileLimits = {
  /** limn's own folder: nothing of a user's goes to its sessions. */
  readonly root: string
  /** Files that the user gave, as whole paths: they stay, whatever is asked. */
  readonly inputs: readonly string[]
  /** Write over a file that is there. */
  readonly force: boolean
}

export type UserFileProblem = {
  readonly sentence: string
  /** Another file has that name, and another name would do. */
  readonly taken?: true
}

export type WrittenUserFile =
  | { readonly ok: true; readonly path: string }
  | (UserFileProblem & { readonly ok: false })

/**
 * Writes a file where the user wants it, a whole path: whole and on the disk under its name when this returns, or not
 * there at all. Never over an input, nor over another file unasked. Folders that are missing are made.
 */
export async function writeUserFile(
  target: string,
  bytes: Uint8Array,
  limits: UserFileLimits,
): Promise<WrittenUserFile> {
  const problem = await userFileProblem(target, limits)
  if (problem) return { ok: false, ...problem }
  const folder = dirname(target)
  try {
    await makeFolder(folder)
    const temporary = await writeTemporary(folder, bytes)
    try {
      await (limits.force ? rename(temporary, target) : putInPlace(temporary, target))
    } finally {
      await rm(temporary, { force: true })
    }
    await syncFolder(folder)
    return { ok: true, path: target }
  } catch (error) {
    return { ok: false, ...problemOf(target, codeOf(error)) }
  }
}

/**
 * Why no file can be written there, as far as that is known before there is one: what is to be written may have to be
 * paid for first.
 */
export async function userFileProblem(
  target: string,
  { root, inputs, force }: UserFileLimits,
): Promise<UserFileProblem | undefined> {
  const folder = await userFolderProblem(dirname(target), root, target)
  if (folder) return folder
  if (await isOneOf(inputs, target)) {
    return { sentence: `${target} is one of this session's inputs; choose another name.` }
  }
  const there = await stat(target).catch(() => undefined)
  if (there?.isDirectory()) return problemOf(target, 'EISDIR')
  return there && !force ? problemOf(target, 'EEXIST') : undefined
}

/** The same for a folder that is to have files, which need not be there yet. `target` is what the sentence is about. */
export async function userFolderProblem(
  wanted: string,
  root: string,
  target = wanted,
): Promise<UserFileProblem | undefined> {
  const [{ nearest, real }, own] = await Promise.all([standing(wanted), standing(sessionsFolder(root))])
  if (`${real}/`.startsWith(`${own.real}/`)) {
    return { sentence: `${target} is in limn's own sessions; choose another place.` }
  }
  const there = await stat(nearest).catch(() => undefined)
  if (there?.isDirectory() === false) return problemOf(target, 'ENOTDIR')
  const writable = await access(nearest, constants.W_OK | constants.X_OK).then(
    () => true,
    () => false,
  )
  return writable ? undefined : problemOf(target, 'EACCES')
}

/** The nearest part of a path that is there, and where the path really leads. */
async function standing(path: string): Promise<{ readonly nearest: string; readonly real: string }> {
  for (let nearest = path; ; nearest = dirname(nearest)) {
    const real = await realpath(nearest).catch(() => undefined)
    if (real !== undefined) return { nearest, real: join(real, relative(nearest, path)) }
    if (nearest === dirname(nearest)) return { nearest, real: path }
  }
}

async function isOneOf(inputs: readonly string[], target: string): Promise<boolean> {
  if (inputs.includes(target)) return true
  const { real } = await standing(target)
  const all = await Promise.all([...new Set(inputs)].map((input) => realpath(input).catch(() => input)))
  return all.includes(real)
}

function problemOf(target: string, code: string): UserFileProblem {
  switch (code) {
    case 'EEXIST':
      return {
        sentence: `${target} exists already; choose another name, or add --force to write over it.`,
        taken: true,
      }
    case 'EACCES':
    case 'EPERM':
    case 'EROFS':
      return { sentence: `${target} cannot be written: no permission.` }
    case 'ENOSPC':
      return { sentence: `${target} cannot be written: the disk is full.` }
    case 'EISDIR':
      return { sentence: `${target} is a folder; add a file name.` }
    case 'ENOTDIR':
      return { sentence: `${target} cannot be written: a part of its path is a file, not a folder.` }
    default:
      return { sentence: `${target} cannot be written (${code}).` }
  }
}
