import { clip } from '../clip-text.ts'
import { modelOf } from '../models/model-catalogue.ts'
import type { FileRef } from '../session/file-ref.ts'
import { makingOf } from '../session/making.ts'
import { roleWords } from '../session/role.ts'
import type { Prompt, Session, Turn, Version } from '../session/session.ts'
import { currentVersion, turnThatDrew, versionOf } from '../session/tree.ts'
import { sentText } from '../wording/style-list.ts'
import { imageLabel, type LabelledImage, orderLine } from './image-label.ts'
import { scaledSide } from './image-size.ts'
import type { CopySize, PlanPart } from './plan.ts'

/** Images of a request by their bytes, so that none is sent twice. */
export class SentImages {
  readonly #names = new Map<string, string>()

  add(file: FileRef, name: string): void {
    if (!this.#names.has(file.sha256)) this.#names.set(file.sha256, name)
  }

  nameOf(file: FileRef): string | undefined {
    return this.#names.get(file.sha256)
  }
}

export function text(words: string): PlanPart {
  return { kind: 'text', text: words }
}

type Attached = LabelledImage & {
  readonly file: FileRef
  /** `reference` when undefined. */
  readonly copy?: CopySize
}

/** The images that are not in the request yet, and notes that name those whose bytes it already contains. */
export function attached(
  session: Session,
  all: readonly Attached[],
  sent: SentImages,
): { readonly images: readonly Attached[]; readonly notes: readonly PlanPart[] } {
  const images: Attached[] = []
  const notes = new Set<string>()
  for (const one of all) {
    const before = sent.nameOf(one.file)
    if (before === undefined) {
      sent.add(one.file, one.name)
      images.push(one)
    } else if (before !== one.name || !images.some(({ name }) => name === one.name)) {
      notes.add(note(session, one, before))
    }
  }
  return { images, notes: notes.size === 0 ? [] : [text([...notes].join('\n'))] }
}

export function imageParts(image: Attached, place?: number) {
  const { file, mime, bytes } = image.file
  const { copy = 'reference' } = image
  return [text(imageLabel(image, place)), { kind: 'image', file, mime, bytes, copy }] as const
}

/** How many of the lines that this engine answered were sent with an image. */
function usesOf({ turns }: Session, engine: string, { sha256 }: FileRef): number {
  return turns.filter(
    (turn) =>
      turn.engine === engine &&
      turn.outcome.kind === 'answered' &&
      [...turn.references, ...turn.mentions].some(({ file }) => file.sha256 === sha256),
  ).length
}

/**
 * References in the order of their list, then what the line mentions, then the current version, so that the model
 * counts them as the user does. By Google's advice on prompts, the last image also sets the ratio where none is given.
 */
export function messageParts(session: Session, prompt: Prompt, sent: SentImages): readonly PlanPart[] {
  const current = prompt.fresh ? undefined : currentVersion(session, prompt.parent)
  const edited =
    current && sent.nameOf(current.file) === undefined ? [edit(current, session, prompt, sent)] : []
  // Another name for the current version becomes a note, and does not take its place.
  for (const { file, name } of edited) sent.add(file, name)
  const others = [...prompt.references.map((one) => asMentioned(one, prompt)), ...prompt.mentions].filter(
    ({ name, file }) => !edited.some((one) => one.name === name && one.file.sha256 === file.sha256),
  )
  const { images, notes } = attached(session, others, sent)
  const all = [...images, ...edited]
  const order = orderLine(all)
  return [
    ...(order === '' ? [] : [text(order)]),
    ...all.flatMap((image, index) => {
      const [label, picture] = imageParts(image, order === '' ? undefined : index + 1)
      // An image made by a tool is sent only this once, so it is not worth an upload.
      const uses = image.copy === undefined ? { uses: usesOf(session, prompt.engine, image.file) } : {}
      return [label, { ...picture, ...uses }]
    }),
    ...notes,
    text(sentText(prompt)),
  ]
}

/** A role that the line itself gives (`--sref hero`) overrides the reference's own. */
function asMentioned(reference: Attached, { mentions }: Prompt): Attached {
  const again = mentions.find(({ role, file }) => role !== undefined && file.sha256 === reference.file.sha256)
  return again ? { ...reference, role: again.role } : reference
}

/** An image made by a tool replaces one of the model's, and is sent in its own size as that would be. */
function edit(version: Version, session: Session, prompt: Prompt, sent: SentImages): Attached {
  const { number, file, made } = version
  const image = { name: `v${number}`, file, current: true } as const
  if (!made) return image
  const copy = scaledSide(file, modelOf(prompt.settings.model)) ?? 'as-it-is'
  return { ...image, copy, made: madeWords(version, session, sent) }
}

/** `v2, mirrored. v2 is the picture you made for "…".` */
function madeWords(version: Version, session: Session, sent: SentImages): string {
  const { first, words } = makingOf(session, version)
  const turn = first && sent.nameOf(first.file) !== undefined ? turnThatDrew(session, first) : undefined
  return turn ? `${words}. v${first?.number} is ${drawnFor(turn)}.` : words
}

function drawnFor({ text: words }: Turn): string {
  return `the picture you made for "${clip(words, 120)}"`
}

/** `v3 is the picture you made for "…".` */
function note(session: Session, { name, role }: Attached, before: string): string {
  const number = /^v(\d+)$/.exec(before)?.[1]
  const version = number === undefined ? undefined : versionOf(session, Number(number))
  const turn = version && turnThatDrew(session, version)
  const what = turn ? drawnFor(turn) : `the image above named [${before}]`
  return `${name} is ${what}${role === undefined ? '.' : `: ${roleWords(role)}`}`
}
