import { extname } from 'node:path'
import { saveFormat } from '../core/image-format.ts'

/** Why no image can be saved under this name; undefined when one can. */
export function endingProblem(path: string): string | undefined {
  const wanted = saveFormat(/[/\\]$/.test(path) ? '' : extname(path))
  return wanted.ok ? undefined : wanted.sentence
}
