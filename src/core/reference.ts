import { fileName } from './line.ts'
import type { Model } from './model.ts'
import type { Mention, Reference } from './session.ts'

/** `char` for `~/art/char.png`: letters, digits, `-` and `_`, of any script. */
export function nameFrom(path: string): string {
  // NFC, since a Mac takes names apart: `é` is typed as one character.
  const stem = fileName(path)
    .normalize('NFC')
    .replace(/\.[^.]+$/, '')
  return stem.replace(/[^\p{L}\p{M}\p{N}_-]+/gu, '-').replace(/^-+|-+$/g, '') || 'ref'
}

/** Why a name cannot be given, or undefined when it can. */
export function nameProblem(name: string, taken: readonly Reference[]): string | undefined {
  if (/^@?v\d+$/i.test(name)) return `"${name}" looks like a version; choose another with --as NAME.`
  if (!/^[\p{L}\p{M}\p{N}_-]+$/u.test(name)) return `"${name}" is no name: letters, digits, - and _ only.`
  if (/^(?:current|leaves)$/i.test(name))
    return `"${name}" has a meaning already; choose another with --as NAME.`
  const twin = taken.find((reference) => reference.name.toLowerCase() === name.toLowerCase())
  if (twin) {
    return `There is a reference "${twin.name}" already; remove it first, or choose another name with --as NAME.`
  }
  return undefined
}

/** Images that the newest message will carry, each counted once. */
export function imagesCount(references: readonly Reference[], mentions: readonly Mention[] = []): number {
  return new Set([...references, ...mentions].map(({ file }) => file.sha256)).size
}

/** What to say when a message carries more images than its model takes; undefined when it fits. */
export function limitProblem(model: Model, images: number): string | undefined {
  const { most, note } = model.images
  if (images <= most) return undefined
  return `${model.name} takes ${most} images (${note}), and this line would carry ${images}. Remove some with /ref remove, or switch with /model.`
}
