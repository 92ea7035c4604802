import { access, constants, realpath, rename, rm, stat } from 'node:fs/promises'
import { dirname, join, relative } from 'node:path'
import { codeOf } from './disk-error.ts'
import { makeFolder, putInPlace, syncFolder, writeTemporary } from './files.ts'
import { sessionsFolder } from './session/session-store.ts'

/** What must not be overwritten. */
export type UserFileLimits = {
  /** limn's own folder: a user's file is never written into its sessions. */
  readonly root: string
  /** Absolute paths of the user's inputs, which are never overwritten, even with `force`. */
  readonly inputs: readonly string[]
  /** Overwrite an existing file. */
  readonly force: boolean
}

export type UserFileProblem = {
  readonly sentence: string
  /** Another file has that name; another name can be tried. */
  readonly taken?: true
}

export type WrittenUserFile =
  | { readonly ok: true; readonly path: string }
  | (UserFileProblem & { readonly ok: false })

/**
 * Writes a whole file or none at an absolute path; it is on disk when this returns. It never overwrites an input, and
 * another file only with `force`. Missing folders are created.
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

/** Why no file could be written there, as far as that can be known before an image is paid for. */
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

/** The same for a folder that files will be written to, which need not exist yet. The sentence names `target`. */
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

/** The nearest existing folder or file of a path, and the path with symbolic links resolved. */
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
        sentence: `${target} already exists; choose another name, or add --force to overwrite it.`,
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
