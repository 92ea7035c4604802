import { clip } from '../clip-text.ts'
import { fileName } from '../line/line.ts'
import type { Model } from '../models/model-catalogue.ts'
import type { Role } from './role.ts'
import type { Reference } from './session.ts'

/** `char` for `~/art/char.png`: letters, digits, `-` and `_`, of any script. */
export function nameFrom(path: string): string {
  // NFC, since macOS decomposes file names: `é` is typed as one character.
  const stem = fileName(path)
    .normalize('NFC')
    .replace(/\.[^.]+$/, '')
  return stem.replace(/[^\p{L}\p{M}\p{N}_-]+/gu, '-').replace(/^-+|-+$/g, '') || 'ref'
}

/** Why a name cannot be given, or undefined when it can. */
export function nameProblem(name: string, taken: readonly Reference[]): string | undefined {
  if (/^@?v\d+$/i.test(name)) return `"${name}" looks like a version; choose another name with --as NAME.`
  if (!/^[\p{L}\p{M}\p{N}_-]+$/u.test(name))
    return `"${name}" is not a valid name; use only letters, digits, - and _.`
  if (/^(?:current|leaves|-+)$/i.test(name))
    return `"${name}" means something else already; choose another name with --as NAME.`
  const twin = taken.find((reference) => reference.name.toLowerCase() === name.toLowerCase())
  if (twin) {
    return `There is already a reference "${twin.name}"; remove it first, or choose another name with --as NAME.`
  }
  return undefined
}

/** The references that are sent with the next line, in the order of the list. */
export function inForce(references: readonly Reference[]): readonly Reference[] {
  return references.filter(({ muted }) => muted !== true)
}

/** The reference that the user means by its name, with or without `@`, or by its number in the list. */
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

/** A warning when a model takes these images, but keeps the looks of fewer. */
export function kindWarning(model: Model, references: readonly Reference[]): string | undefined {
  const { kinds } = model.images
  if (!kinds) return undefined
  const over = KINDS.flatMap(({ role, many }) => {
    const count = countOf(role, references)
    return count > kinds[role] ? [`the looks of ${kinds[role]} ${many}, and ${count} are in force`] : []
  })
  return over.length === 0
    ? undefined
    : `${model.name} keeps ${over.join('; ')}: some may lose their looks. /ref mute leaves one out.`
}

/** `refs 2/14: hero hut (cap muted)`; empty without references. */
export function refsText(model: Model, references: readonly Reference[]): string {
  if (references.length === 0) return ''
  const active = inForce(references)
  const muted = references.filter((one) => one.muted === true).map(({ name }) => name)
  const count = `refs ${new Set(active.map(({ file }) => file.sha256)).size}/${model.images.most}`
  // The row needs its room for other items too.
  const names = clip(active.map(({ name }) => name).join(' '), 40)
  const silent = muted.length === 0 ? '' : ` (${muted.join(' ')} muted)`
  return `${count}${names === '' ? '' : `: ${names}`}${silent}`
}

/** What is wrong when a message carries more images than its model takes; undefined when it fits. */
export function limitProblem(model: Model, images: number): string | undefined {
  const { most, note } = model.images
  if (images <= most) return undefined
  return `${model.name} takes ${most} images (${note}), and this line would carry ${images}. Leave some out with /ref mute or /ref remove, or switch to another model with /model.`
}
