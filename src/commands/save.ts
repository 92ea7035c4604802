import { readFile, stat } from 'node:fs/promises'
import { extname, join } from 'node:path'
import { fail } from '../core/event.ts'
import { saveFormat } from '../core/image-format.ts'
import type { TaskProblem } from '../core/line/part-outcome.ts'
import { inputFiles } from '../core/session/input-files.ts'
import { selectVersions } from '../core/session/selection.ts'
import type { Version } from '../core/session/session.ts'
import { turnOf } from '../core/session/tree.ts'
import { convert } from '../image/convert.ts'
import { codeOf } from '../store/disk-error.ts'
import { slugOf } from '../store/session/slug.ts'
import {
  type UserFileLimits,
  userFileProblem,
  type WrittenUserFile,
  writeUserFile,
} from '../store/user-file.ts'
import type { Context } from '../turn/context.ts'
import { absolute } from '../turn/read-image.ts'
import { defineCommand } from './define.ts'

export const save = defineCommand({
  name: 'save',
  bareWords: ['save'],
  summary: 'Save versions as files of your own; the file extension chooses the format (png, jpg, webp, avif)',
  example: '/save poster.png v3',
  group: 'versions',
  changes: ['files'],
  arguments: {
    path: { kind: 'file', about: 'a path; a folder if there are several versions', optional: true },
    versions: {
      kind: 'versions',
      about: 'a version or a range of them, such as v3, v5..v9 or leaves',
      optional: true,
    },
  },
  flags: { force: { kind: 'switch', about: 'overwrite an existing file' } },
  async *run({ path, versions = [], force }, context) {
    const selected = selectVersions(versions, context.session)
    if (!selected.ok) {
      return yield* fail(selected.sentence)
    }
    const several = selected.versions.length > 1
    if (several && path !== undefined && extname(path) !== '') {
      return yield* fail(
        `${selected.versions.length} versions need a folder, but ${path} is the name of one file.`,
      )
    }
    const where = several && path !== undefined ? join(path, '/') : path
    let problem: TaskProblem | undefined
    for (const version of selected.versions) {
      const saved = await saveVersion(version, where, force, context)
      if (saved.ok) yield { type: 'saved', path: saved.path }
      else {
        const failed = yield* fail(saved.sentence)
        problem ??= failed
      }
    }
    return problem
  },
})

/** Writes a version where the user wants it; overwrites no file without `force`, and never an input. */
export async function saveVersion(
  version: Version,
  path: string | undefined,
  force: boolean,
  context: Pick<Context, 'session' | 'store' | 'place'>,
): Promise<WrittenUserFile> {
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
  const limits = { root: context.place.root, inputs: inputFiles(context.session), force }
  const problem = await userFileProblem(target, limits)
  if (problem && !problem.taken) return { ok: false, ...problem }
  const image = format.format === null ? bytes : await convert(bytes, format.format)
  const namedByUser = path !== undefined && !folder
  return namedByUser ? writeUserFile(target, image, limits) : writeNumbered(target, image, limits)
}

/** For a name that limn has chosen: if it is taken, the next free number is appended. */
async function writeNumbered(
  target: string,
  bytes: Uint8Array,
  limits: UserFileLimits,
): Promise<WrittenUserFile> {
  const ending = extname(target)
  const stem = target.slice(0, target.length - ending.length)
  for (let number = 2, free = target; ; number++) {
    const saved = await writeUserFile(free, bytes, limits)
    if (saved.ok || !saved.taken) return saved
    free = `${stem}-${number}${ending}`
  }
}

async function isFolder(path: string): Promise<boolean> {
  return stat(path).then(
    (there) => there.isDirectory(),
    () => false,
  )
}

/** `red-fox-v3`, after the prompt that made it, or else after the session. */
function readableName(version: Version, { session }: Pick<Context, 'session'>): string {
  const turn = turnOf(session, version.turn)
  return `${slugOf(turn?.batch?.row ?? turn?.text ?? version.name?.replace(/\.[^.]+$/, '') ?? session.title)}-v${version.number}`
}
