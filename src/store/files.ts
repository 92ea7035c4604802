import { createHash, randomUUID } from 'node:crypto'
import { link, mkdir, open, readdir, rename, rm, stat, unlink } from 'node:fs/promises'
import { basename, dirname, join, posix } from 'node:path'
import { setImmediate } from 'node:timers/promises'
import { codeOf, DiskError, onDisk } from './disk-error.ts'

const TEMPORARY = /^\.[0-9a-f-]{36}\.tmp$/

export function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex')
}

/** The same, a megabyte at a time, so that keys are handled in between. */
export async function sha256Of(bytes: Uint8Array): Promise<string> {
  const hash = createHash('sha256')
  for (let at = 0; at < bytes.length; at += 2 ** 20) {
    hash.update(bytes.subarray(at, at + 2 ** 20))
    await setImmediate()
  }
  return hash.digest('hex')
}

/** Whether a name stays inside its folder: a session from elsewhere must not name a file outside of it. */
export function isInside(name: string): boolean {
  return (
    name !== '' &&
    !/[\\\0]/.test(name) &&
    !name.startsWith('/') &&
    !/^[a-z]:/i.test(name) &&
    posix.normalize(name) === name &&
    name !== '.' &&
    name !== '..' &&
    !name.startsWith('../')
  )
}

/** Writes a whole file or none; it is on disk when this returns. An existing file is never overwritten. */
export async function writeNew(folder: string, name: string, bytes: Uint8Array): Promise<void> {
  const target = pathOf(folder, name)
  await onDisk(target, async () => {
    await makeFolder(dirname(target))
    const temporary = await writeTemporary(dirname(target), bytes)
    try {
      await putInPlace(temporary, target)
    } finally {
      await rm(temporary, { force: true })
    }
    await syncFolder(dirname(target))
  })
}

/** As `writeNew`, for a name made from the content: a file that exists already has these bytes, and is left alone. */
export async function writeOnce(folder: string, name: string, bytes: Uint8Array): Promise<void> {
  const path = pathOf(folder, name)
  const there = await stat(path).catch(() => undefined)
  // The name is the content's hash, so a file of another size is damaged.
  if (there?.isFile() && there.size !== bytes.length) await onDisk(path, () => unlink(path))
  else if (there?.isFile()) return
  await writeNew(folder, name, bytes)
}

/** Writes a whole file, then puts it in the place of the old one. Only for files that are not part of a session. */
export async function replaceFile(path: string, bytes: Uint8Array, mode: number): Promise<void> {
  await onDisk(path, async () => {
    const temporary = await writeTemporary(dirname(path), bytes, mode)
    try {
      await rename(temporary, path)
    } catch (error) {
      await rm(temporary, { force: true })
      throw error
    }
    await syncFolder(dirname(path))
  })
}

const NOT_A_FOLDER = Object.assign(new Error('not a folder'), { code: 'ENOTDIR' })

/** Creates a folder and those above it; each name is on disk when this returns. */
export async function makeFolder(path: string, mode = 0o777): Promise<void> {
  const first = await mkdir(path, { recursive: true, mode }).catch((error: unknown) => {
    // An existing folder is not an error, so EEXIST means a file.
    throw codeOf(error) === 'EEXIST' ? new DiskError(path, NOT_A_FOLDER) : error
  })
  if (first === undefined) return
  for (let made = path; made.length >= first.length; made = dirname(made)) await syncFolder(dirname(made))
}

/** Removes temporary files that a killed process left behind. Only the writer of the folder may call this. */
export async function removeTemporary(folder: string): Promise<void> {
  const names = await readdir(folder).catch(() => [])
  await Promise.all(
    names.filter((name) => TEMPORARY.test(name)).map((name) => rm(join(folder, name), { force: true })),
  )
}

export async function syncFolder(path: string): Promise<void> {
  try {
    const handle = await open(path, 'r')
    try {
      await handle.sync()
    } finally {
      await handle.close()
    }
  } catch (error) {
    // Windows and some network disks cannot sync a folder; their own guarantees must do.
    if (!['EISDIR', 'EPERM', 'EINVAL', 'ENOTSUP', 'EACCES'].includes(codeOf(error))) throw error
  }
}

export async function writeTemporary(folder: string, bytes: Uint8Array, mode = 0o666): Promise<string> {
  const path = join(folder, `.${randomUUID()}.tmp`)
  const handle = await open(path, 'wx', mode)
  try {
    await handle.writeFile(bytes)
    await handle.sync()
  } catch (error) {
    await rm(path, { force: true })
    throw error
  } finally {
    await handle.close()
  }
  return path
}

/** Uses a hard link, which fails when the name is taken; a rename would not. */
export async function putInPlace(temporary: string, target: string): Promise<void> {
  try {
    await link(temporary, target)
  } catch (error) {
    if (!['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS', 'EMLINK'].includes(codeOf(error))) throw error
    // FAT and some network disks have no hard links: an empty file claims the name first, then is replaced.
    await (await open(target, 'wx')).close()
    await rename(temporary, target)
  }
}

function pathOf(folder: string, name: string): string {
  if (!isInside(name)) throw new Error(`${basename(folder)}: ${JSON.stringify(name)} is not a name inside it`)
  return join(folder, ...name.split('/'))
}
