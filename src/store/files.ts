import { createHash, randomUUID } from 'node:crypto'
import { link, mkdir, open, readdir, rename, rm, stat, unlink } from 'node:fs/promises'
import { basename, dirname, join, posix } from 'node:path'
import { setImmediate } from 'node:timers/promises'
import { codeOf, DiskError, onDisk } from './disk-error.ts'

const TEMPORARY = /^\.[0-9a-f-]{36}\.tmp$/

export function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex')
}

/** The same a megabyte at a time: keys are answered between. */
export async function sha256Of(bytes: Uint8Array): Promise<string> {
  const hash = createHash('sha256')
  for (let at = 0; at < bytes.length; at += 2 ** 20) {
    hash.update(bytes.subarray(at, at + 2 ** 20))
    await setImmediate()
  }
  return hash.digest('hex')
}

/** A name inside the session's folder: a session that came from elsewhere must not name a file outside of it. */
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

/** Whole and on disk under its name when this returns, or not there at all. A name in use is never written over. */
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

/** As `writeNew`, for a name that is made of the content: a file that is there holds these very bytes and stays. */
export async function writeOnce(folder: string, name: string, bytes: Uint8Array): Promise<void> {
  const path = pathOf(folder, name)
  const there = await stat(path).catch(() => undefined)
  // The name is the content's hash, so another size can only be a file that something has damaged.
  if (there?.isFile() && there.size !== bytes.length) await onDisk(path, () => unlink(path))
  else if (there?.isFile()) return
  await writeNew(folder, name, bytes)
}

/** Written whole, then put in the place of what was there. Only for files that are no part of a session. */
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

/** Makes a folder and those above it; each name is on disk when this returns. */
export async function makeFolder(path: string, mode = 0o777): Promise<void> {
  const first = await mkdir(path, { recursive: true, mode }).catch((error: unknown) => {
    // A folder that is there is no error: what is there is a file.
    throw codeOf(error) === 'EEXIST' ? new DiskError(path, NOT_A_FOLDER) : error
  })
  if (first === undefined) return
  for (let made = path; made.length >= first.length; made = dirname(made)) await syncFolder(dirname(made))
}

/** What a killed process has left behind. Only for the one who writes. */
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
    // Windows and some network disks cannot sync a folder; what they promise then is all there is.
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

/** A hard link fails where the name is taken, which a rename does not. */
export async function putInPlace(temporary: string, target: string): Promise<void> {
  try {
    await link(temporary, target)
  } catch (error) {
    if (!['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS', 'EMLINK'].includes(codeOf(error))) throw error
    // No hard links here (FAT, some network disks): the name is claimed first, then filled.
    await (await open(target, 'wx')).close()
    await rename(temporary, target)
  }
}

function pathOf(folder: string, name: string): string {
  if (!isInside(name)) throw new Error(`${basename(folder)}: ${JSON.stringify(name)} is not a name inside it`)
  return join(folder, ...name.split('/'))
}
