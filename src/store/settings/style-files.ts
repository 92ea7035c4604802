import { readdir, readFile, unlink } from 'node:fs/promises'
import { join } from 'node:path'
import { closest } from 'fastest-levenshtein'
import { STYLES, type Style, styleNameProblem, templateProblem } from '../../core/wording/style-list.ts'
import { codeOf, DiskError, onDisk } from '../disk-error.ts'
import { makeFolder, replaceFile } from '../files.ts'

/** The user's own style hides one of the same name that came with limn. */
export type ListedStyle = Style & {
  readonly about: string
  readonly own: boolean
  /** Why it cannot be used. */
  readonly problem?: string
}

const ENDING = '.txt'

/** The file of a user's own style, which holds the template and nothing else. */
export function stylePath(root: string, name: string): string {
  return join(root, 'styles', `${name.toLowerCase()}${ENDING}`)
}

/** The user's own styles, then those that came with limn, each sorted by name. */
export async function listStyles(root: string): Promise<readonly ListedStyle[]> {
  const names = await readdir(join(root, 'styles')).catch(() => [])
  const own = await Promise.all(
    names
      .filter((name) => name.endsWith(ENDING) && !name.startsWith('.'))
      .sort((a, b) => a.localeCompare(b))
      .map((name) => readOwn(root, name.slice(0, -ENDING.length))),
  )
  const found = own.flatMap((style) => (style ? [style] : []))
  const taken = new Set(found.map(({ name }) => name.toLowerCase()))
  return [...found, ...STYLES.filter(({ name }) => !taken.has(name)).map((one) => ({ ...one, own: false }))]
}

/** Finds a style by its whole name, in any case; undefined when there is none. */
export async function findStyle(root: string, typed: string): Promise<ListedStyle | undefined> {
  const name = typed.toLowerCase()
  // An invalid name must not become a path.
  if (styleNameProblem(name) !== undefined) return undefined
  const own = await readOwn(root, name)
  if (own) return own
  const shipped = STYLES.find((one) => one.name === name)
  return shipped && { ...shipped, own: false }
}

/** The sentence for a name that no style has. */
export async function noStyle(root: string, typed: string): Promise<string> {
  const names = (await listStyles(root)).map(({ name }) => name)
  return `There is no style ${typed}; did you mean ${closest(typed.toLowerCase(), names)}? /style lists them.`
}

export async function saveStyle(root: string, { name, template }: Style): Promise<void> {
  const path = stylePath(root, name)
  await onDisk(path, () => makeFolder(join(root, 'styles'), 0o700))
  await replaceFile(path, Buffer.from(`${template}\n`), 0o600)
}

/** Removes the user's own style; false when there is none. */
export async function removeStyle(root: string, name: string): Promise<boolean> {
  if (styleNameProblem(name) !== undefined) return false
  const path = stylePath(root, name)
  try {
    await unlink(path)
    return true
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return false
    throw new DiskError(path, error)
  }
}

async function readOwn(root: string, name: string): Promise<ListedStyle | undefined> {
  let template: string
  try {
    template = (await readFile(stylePath(root, name), 'utf8')).trim()
  } catch (error) {
    if (['ENOENT', 'ENOTDIR'].includes(codeOf(error))) return undefined
    return {
      name,
      template: '',
      about: 'your own',
      own: true,
      problem: new DiskError(stylePath(root, name), error).message,
    }
  }
  const problem = templateProblem(template)
  return { name, template, about: 'your own', own: true, ...(problem === undefined ? {} : { problem }) }
}
