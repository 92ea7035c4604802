import { stat } from 'node:fs/promises'
import { extname } from 'node:path'
import { parseLine } from '../core/line/line.ts'
import { problemOf, type TaskProblem } from '../core/line/part-outcome.ts'
import { inputFiles } from '../core/session/input-files.ts'
import { knownIn } from '../core/session/label.ts'
import { endingProblem } from '../options/extension-problem.ts'
import { userFileProblem, userFolderProblem } from '../store/user-file.ts'
import type { Context } from '../turn/context.ts'
import { absolute } from '../turn/read-image.ts'

type OutputContext = Pick<Context, 'session' | 'place'>

/**
 * Why an image could not be saved there, as far as that is known before there is one: a turn costs money. Saving
 * itself looks again.
 */
export async function outputProblem(
  path: string,
  { line, force }: { readonly line: string; readonly force: boolean },
  { session, place }: OutputContext,
): Promise<TaskProblem | undefined> {
  const target = absolute(path, place)
  const isFolder = await stat(target).then(
    (there) => there.isDirectory(),
    () => false,
  )
  if (isFolder || /[/\\]$/.test(path)) {
    const problem = await userFolderProblem(target, place.root)
    return problem && problemOf(problem.sentence)
  }
  const ending = endingProblem(path)
  if (ending !== undefined) return { kind: 'not-sent', why: { reason: 'usage', says: ending } }
  const inputs = [...inputFiles(session), ...filesNamedIn(line, { session, place })]
  // Without an ending the file gets that of the image, and so another name.
  const named = { root: place.root, inputs, force: force || extname(target) === '' }
  const problem = await userFileProblem(target, named)
  return problem && problemOf(problem.sentence)
}

/** They are inputs of the session as soon as the line is sent. */
function filesNamedIn(line: string, { session, place }: OutputContext): readonly string[] {
  const parsed = parseLine(line, knownIn(session))
  const named = parsed.kind === 'prompt' ? parsed.named : []
  return named.flatMap((one) => (one.kind === 'file' ? [absolute(one.path, place)] : []))
}
