import { clip } from '../clip.ts'
import { fileName } from '../line/line.ts'
import type { Model } from '../models/catalogue.ts'
import type { Role } from './role.ts'
import type { Reference } from './session.ts'

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
  if (/^(?:current|leaves|-+)$/i.test(name))
    return `"${name}" has a meaning already; choose another with --as NAME.`
  const twin = taken.find((reference) => reference.name.toLowerCase() === name.toLowerCase())
  if (twin) {
    return `There is a reference "${twin.name}" already; remove it first, or choose another name with --as NAME.`
  }
  return undefined
}

/** Those that go along with the next line, in the order of the list. */
export function inForce(references: readonly Reference[]): readonly Reference[] {
  return references.filter(({ muted }) => muted !== true)
}

/** What the user means by a name, with or without `@`, or by a number of the list. */
export function referenceOf(word: string, references: readonly Reference[]): Reference | undefined {
  const name = word.replace(/^@/, '').toLowerCase()
  const found = references.find((one) => one.name.toLowerCase() === name)
  return found ?? (/^\d+$/.test(name) ? references[Number(name) - 1] : undefined)
}

const KINDS = [
  { role: 'object', many: 'objects' },
  { role: 'character', many: 'characters' },
] as const satisfies readonly { readonly role: Role; readonly many: string }[]

/** References in force that have a role, each image counted once. */
function countOf(role: Role, references: readonly Reference[]): number {
  const these = inForce(references).filter((one) => one.role === role)
  return new Set(these.map(({ file }) => file.sha256)).size
}

/** `3 of 14 images that Nano Banana Pro takes (6 objects and 5 people) · characters 1 of 5`. */
export function meterText(model: Model, images: number, references: readonly Reference[]): string {
  const { most, note, kinds } = model.images
  const counts = KINDS.flatMap(({ role, many }) => {
    const count = countOf(role, references)
    return kinds && count > 0 ? [`${many} ${count} of ${kinds[role]}`] : []
  })
  return [`${images} of ${most} images that ${model.name} takes (${note})`, ...counts].join(' · ')
}

/** What to say of more images than a model keeps alike, which it takes all the same. */
export function kindWarning(model: Model, references: readonly Reference[]): string | undefined {
  const { kinds } = model.images
  if (!kinds) return undefined
  const over = KINDS.flatMap(({ role, many }) => {
    const count = countOf(role, references)
    return count > kinds[role] ? [`${kinds[role]} ${many} alike, and ${count} are in force`] : []
  })
  return over.length === 0
    ? undefined
    : `${model.name} keeps ${over.join('; ')}: some may lose their looks. /ref mute sets one aside.`
}

/** `refs 2/14: hero hut (cap muted)`; empty without references. */
export function refsText(model: Model, references: readonly Reference[]): string {
  if (references.length === 0) return ''
  const going = inForce(references)
  const muted = references.filter((one) => one.muted === true).map(({ name }) => name)
  const count = `refs ${new Set(going.map(({ file }) => file.sha256)).size}/${model.images.most}`
  // The row has other things to say.
  const names = clip(going.map(({ name }) => name).join(' '), 40)
  const aside = muted.length === 0 ? '' : ` (${muted.join(' ')} muted)`
  return `${count}${names === '' ? '' : `: ${names}`}${aside}`
}

/** What to say when a message carries more images than its model takes; undefined when it fits. */
export function limitProblem(model: Model, images: number): string | undefined {
  const { most, note } = model.images
  if (images <= most) return undefined
  return `${model.name} takes ${most} images (${note}), and this line would carry ${images}. Set some aside with /ref mute or /ref remove, or switch with /model.`
}
