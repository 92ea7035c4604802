import { access, constants, realpath, stat } from 'node:fs/promises'
import { dirname, extname, join, relative } from 'node:path'
import { parseLine } from '../core/line/line.ts'
import { knownIn } from '../core/session/label.ts'
import { endingProblem } from '../options/ending-problem.ts'
import { sessionsFolder } from '../store/session/session-store.ts'
import type { Context } from '../turn/context.ts'
import { absolute } from '../turn/read-image.ts'

/** `code`: 2 for what was asked wrongly, 1 for what is so at the moment. */
type OutputProblem = { readonly sentence: string; readonly code: 1 | 2 }

type OutputContext = Pick<Context, 'session' | 'place'>

/**
 * Why an image could not be saved there, as far as that is known before there is one: a turn costs money. Saving
 * itself looks again.
 */
export async function outputProblem(
  path: string,
  { line, force }: { readonly line: string; readonly force: boolean },
  { session, place }: OutputContext,
): Promise<OutputProblem | undefined> {
  const target = absolute(path, place)
  const there = await stat(target).catch(() => undefined)
  const folder = there?.isDirectory() === true || /[/\\]$/.test(path)
  if (!folder) {
    const ending = endingProblem(path)
    if (ending !== undefined) return { sentence: ending, code: 2 }
    if (await isInput(target, line, { session, place }))
      return { sentence: `${target} is one of this session's inputs; choose another name.`, code: 1 }
    // Without an ending the file gets that of the image, and so another name.
    if (there && !force && extname(target) !== '')
      return {
        sentence: `${target} exists already; choose another name, or add --force to write over it.`,
        code: 1,
      }
  }
  const sentence = await folderProblem(target, folder ? target : dirname(target), place.root)
  return sentence === undefined ? undefined : { sentence, code: 1 }
}

/** Why no file can be made in a folder, which need not be there yet. */
async function folderProblem(target: string, wanted: string, root: string): Promise<string | undefined> {
  const { folder, real } = await standing(wanted)
  const there = await stat(folder).catch(() => undefined)
  if (there?.isDirectory() === false)
    return `${target} cannot be written: a part of its path is a file, not a folder.`
  const writable = await access(folder, constants.W_OK | constants.X_OK).then(
    () => true,
    () => false,
  )
  if (!writable) return `${target} cannot be written: no permission.`
  const sessions = await standing(sessionsFolder(root))
  return `${real}/`.startsWith(`${sessions.real}/`)
    ? `${target} is in limn's own sessions; choose another place.`
    : undefined
}

/** The nearest part of a path that is there, and where the path really leads. */
async function standing(path: string): Promise<{ readonly folder: string; readonly real: string }> {
  for (let folder = path; ; folder = dirname(folder)) {
    const real = await realpath(folder).catch(() => undefined)
    if (real !== undefined) return { folder, real: join(real, relative(folder, path)) }
    if (folder === dirname(folder)) return { folder, real: path }
  }
}

/** Also a file that the line itself names. */
async function isInput(target: string, line: string, { session, place }: OutputContext): Promise<boolean> {
  const parsed = parseLine(line, knownIn(session))
  const named = parsed.kind === 'prompt' ? parsed.named : []
  const sources = [
    ...named.flatMap((one) => (one.kind === 'file' ? [absolute(one.path, place)] : [])),
    ...[
      ...session.references,
      ...session.versions,
      ...session.turns.flatMap(({ references, mentions }) => [...references, ...mentions]),
    ].map(({ source }) => source),
  ]
  const real = await realpath(target).catch(() => target)
  return sources.includes(target) || sources.includes(real)
}
