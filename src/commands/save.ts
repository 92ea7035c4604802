import { mkdir, open, readFile, realpath, rename, stat, unlink, writeFile } from 'node:fs/promises'
import { dirname, extname, join } from 'node:path'
import { fail } from '../core/event.ts'
import type { TaskProblem } from '../core/line/part-outcome.ts'
import { saveFormat } from '../core/save-format.ts'
import { selectVersions } from '../core/session/selection.ts'
import type { Version } from '../core/session/session.ts'
import { turnOf } from '../core/session/tree.ts'
import { convert } from '../image/convert.ts'
import { codeOf } from '../store/disk-error.ts'
import { sessionsFolder } from '../store/session/session-store.ts'
import { slugOf } from '../store/session/slug.ts'
import type { Context } from '../turn/context.ts'
import { absolute } from '../turn/read-image.ts'
import { defineCommand } from './define.ts'

export const save = defineCommand({
  name: 'save',
  bareWords: ['save'],
  summary: 'Save versions as files of your own; the ending chooses the format (png, jpg, webp, avif)',
  example: '/save poster.png v3',
  group: 'versions',
  changes: ['files'],
  arguments: {
    path: { kind: 'file', about: 'a path; of a folder where there are several', optional: true },
    versions: { kind: 'versions', about: 'versions such as v3, v5..v9 or leaves', optional: true },
  },
  flags: { force: { kind: 'switch', about: 'write over an existing file' } },
  async *run({ path, versions = [], force }, context) {
    const selected = selectVersions(versions, context.session)
    if (!selected.ok) {
      return yield* fail(selected.sentence)
    }
    const several = selected.versions.length > 1
    if (several && path !== undefined && extname(path) !== '') {
      return yield* fail(
        `${selected.versions.length} versions go into a folder, and ${path} is the name of one file.`,
      )
    }
    const where = several && path !== undefined ? join(path, '/') : path
    let problem: TaskProblem | undefined
    for (const version of selected.versions) {
      const saved = await saveVersion(version, where, force, context)
      if (saved.ok) yield { type: 'saved', path: saved.path }
      else {
        const told = yield* fail(saved.sentence)
        problem ??= told
      }
    }
    return problem
  },
})

export type Saved =
  | { readonly ok: true; readonly path: string }
  /** `taken`: another file has that name. */
  | { readonly ok: false; readonly sentence: string; readonly taken?: boolean }

/** Writes a version where the user wants it: never over another file unasked, never over an input. */
export async function saveVersion(
  version: Version,
  path: string | undefined,
  force: boolean,
  context: Pick<Context, 'session' | 'store' | 'place'>,
): Promise<Saved> {
  const bytes = await readFile(context.store.path(version.file.file)).catch(codeOf)
  if (typeof bytes === 'string') {
    return { ok: false, sentence: `The file of v${version.number} cannot be read (${bytes}).` }
  }
  const own = extname(version.file.file)
  const wanted = path ?? `${readableName(version, context)}${own}`
  const folder = /[/\\]$/.test(wanted) || (await isFolder(absolute(wanted, context.place)))
  const full = absolute(
    folder ? join(wanted, `${readableName(version, context)}${own}`) : wanted,
    context.place,
  )
  const ending = extname(full)
  const format = saveFormat(ending)
  if (!format.ok) return format
  const target = ending === '' ? `${full}${own}` : full
  if (await isInside(sessionsFolder(context.place.root), target)) {
    return { ok: false, sentence: `${target} is in limn's own sessions; choose another place.` }
  }
  if (await isInput(target, context)) {
    return { ok: false, sentence: `${target} is one of this session's inputs; choose another name.` }
  }
  const image = format.format === null ? bytes : await convert(bytes, format.format)
  const namedByUser = path !== undefined && !folder
  return namedByUser ? write(target, image, force) : writeNumbered(target, image, force)
}

/** A name of limn's own is not the user's to change: where it is taken, a number makes it another one. */
async function writeNumbered(target: string, bytes: Uint8Array, force: boolean): Promise<Saved> {
  const ending = extname(target)
  const stem = target.slice(0, target.length - ending.length)
  for (let number = 2, free = target; ; number++) {
    const saved = await write(free, bytes, force)
    if (saved.ok || !saved.taken) return saved
    free = `${stem}-${number}${ending}`
  }
}

async function write(target: string, bytes: Uint8Array, force: boolean): Promise<Saved> {
  try {
    await mkdir(dirname(target), { recursive: true })
  } catch (error) {
    // A file stands where the folder would be.
    const code = codeOf(error) === 'EEXIST' ? 'ENOTDIR' : codeOf(error)
    return { ok: false, sentence: problem(target, code) }
  }
  try {
    if (force) {
      const temporary = `${target}.limn-${process.pid}`
      await writeFile(temporary, bytes)
      await rename(temporary, target).catch(async (error: unknown) => {
        await unlink(temporary).catch(() => undefined)
        throw error
      })
      return { ok: true, path: target }
    }
    const file = await open(target, 'wx')
    try {
      await file.writeFile(bytes)
    } catch (error) {
      await unlink(target).catch(() => undefined)
      throw error
    } finally {
      await file.close()
    }
    return { ok: true, path: target }
  } catch (error) {
    const code = codeOf(error)
    return { ok: false, sentence: problem(target, code), taken: code === 'EEXIST' }
  }
}

function problem(target: string, code: string): string {
  switch (code) {
    case 'EEXIST':
      return `${target} exists already; choose another name, or add --force to write over it.`
    case 'EACCES':
    case 'EPERM':
    case 'EROFS':
      return `${target} cannot be written: no permission.`
    case 'ENOSPC':
      return `${target} cannot be written: the disk is full.`
    case 'EISDIR':
      return `${target} is a folder; add a file name.`
    case 'ENOTDIR':
      return `${target} cannot be written: a part of its path is a file, not a folder.`
    default:
      return `${target} cannot be written (${code}).`
  }
}

async function isFolder(path: string): Promise<boolean> {
  return stat(path).then(
    (there) => there.isDirectory(),
    () => false,
  )
}

async function isInside(folder: string, target: string): Promise<boolean> {
  const real = (path: string) => realpath(path).catch(() => path)
  return `${await real(dirname(target))}/`.startsWith(`${await real(folder)}/`)
}

/** Files that the user gave are never written over, not even with --force. */
async function isInput(target: string, { session }: Pick<Context, 'session'>): Promise<boolean> {
  const sources = [
    ...session.references,
    ...session.versions,
    ...session.turns.flatMap(({ references, mentions }) => [...references, ...mentions]),
  ].map(({ source }) => source)
  const real = await realpath(target).catch(() => target)
  return sources.includes(target) || sources.includes(real)
}

/** `red-fox-v3` from the prompt that made it, else from the session. */
function readableName(version: Version, { session }: Pick<Context, 'session'>): string {
  const turn = turnOf(session, version.turn)
  return `${slugOf(turn?.batch?.row ?? turn?.text ?? version.name?.replace(/\.[^.]+$/, '') ?? session.title)}-v${version.number}`
}
