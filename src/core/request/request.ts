import { clip } from '../clip-text.ts'
import { type Model, modelOf } from '../models/model-catalogue.ts'
import { inForce } from '../session/reference.ts'
import type { Prompt, Reference, Session, Turn, Version } from '../session/session.ts'
import { base64Size, type StoredAnswer, signatureSize } from '../session/stored-answer.ts'
import { currentVersion, path, versionOf } from '../session/tree.ts'
import { requestFields } from '../settings/turn-settings.ts'
import { sentText } from '../wording/style-list.ts'
import { attached, imageParts, messageParts, SentImages, text } from './message.ts'
import type { Plan, PlanPart, PlanTurn, Trust } from './plan.ts'

/** How much of the path is sent. */
export type Window = {
  /** Turns with images, the newest included. */
  readonly turns: number
  /** Characters of base64, signatures included. */
  readonly characters: number
}

export const WINDOW: Window = { turns: 2, characters: 16_000_000 }

type WindowStep = { readonly turn: Turn; readonly version: number | null }

/** The turns of the path that are sent whole, the oldest first. */
export function windowOf(
  session: Session,
  prompt: Prompt,
  window: Window,
  trust: Trust,
): readonly WindowStep[] {
  if (prompt.fresh || trust === 'fresh-chat') return []
  const current = currentVersion(session, prompt.parent)?.number ?? null
  const kept: WindowStep[] = []
  let images = 0
  let weight = 0
  for (const step of path(session, prompt.parent).toReversed()) {
    const { turn, version } = step
    if (turn.engine !== prompt.engine || turn.outcome.kind !== 'answered') break
    weight += turn.outcome.weight + mentionsWeight(turn)
    if (version !== null) images += 1
    const needed = version !== null && version === current
    if (!needed && (images > window.turns || weight > window.characters)) break
    kept.push(step)
  }
  return kept.reverse()
}

/** The request for a prompt, given the answers of the turns in its window. */
export function planOf(
  session: Session,
  prompt: Prompt,
  answers: ReadonlyMap<string, StoredAnswer>,
  window: Window = WINDOW,
  trust: Trust = 'as-they-came',
): Plan {
  const model = modelOf(prompt.settings.model)
  const sent = new SentImages()
  // A reference in force is sent in the newest message, even when an earlier line has mentioned it.
  const inForce = new Set(prompt.references.map(({ file }) => file.sha256))
  const steps = windowOf(session, prompt, window, trust).filter(({ turn }) => answers.has(turn.id))
  const history = steps.flatMap((step): PlanTurn[] => {
    const answer = answers.get(step.turn.id)
    if (!answer) return []
    const theirs = answerParts(answer, step.version, model, trust)
    const version = versionOf(session, step.version)
    if (version && !theirs.some(({ kind }) => kind === 'image')) return []
    const mentions = step.turn.mentions.filter(({ file }) => !inForce.has(file.sha256))
    const { images, notes } = attached(session, mentions, sent)
    const user = [...images.flatMap((image) => imageParts(image)), ...notes]
    if (version) sent.add(version.file, `v${version.number}`)
    return [
      { role: 'user', parts: [...user, text(sentText(step.turn))] },
      { role: 'model', parts: theirs },
    ]
  })
  const message = messageParts(session, prompt, sent)
  const older = prompt.fresh ? '' : olderPrompts(session, prompt, steps)
  return { model, ...withHead(history, message, older), fields: requestFields(model, prompt.settings) }
}

/** The number of images in the newest message, with the current version where no turn of this engine contains it. */
export function messageImages(
  session: Session,
  prompt: Pick<Prompt, 'parent' | 'fresh' | 'engine' | 'references' | 'mentions'>,
): number {
  const alone = aloneVersion(session, prompt)
  const all = [...(alone ? [alone] : []), ...prompt.references, ...prompt.mentions]
  return new Set(all.map(({ file }) => file.sha256)).size
}

/** The current version, where no turn of this engine contains it. */
export function aloneVersion(
  session: Session,
  prompt: Pick<Prompt, 'parent' | 'fresh' | 'engine'>,
): Version | undefined {
  const current = prompt.fresh ? undefined : currentVersion(session, prompt.parent)
  const within = path(session, prompt.parent).some(
    ({ turn, version }) => version === current?.number && turn.engine === prompt.engine,
  )
  return within ? undefined : current
}

/** The number of images that the next line would carry with these references in the list. */
export function imagesWith(references: readonly Reference[], session: Session, engine: string): number {
  const line = { parent: session.head, fresh: false, engine, mentions: [] }
  return messageImages(session, { ...line, references: inForce(references) })
}

function answerParts(
  answer: StoredAnswer,
  version: number | null,
  model: Model,
  trust: Trust,
): readonly PlanPart[] {
  const own = answer.model === model.id && trust === 'as-they-came'
  const parts = answer.parts.filter(
    (part) =>
      (part.kind === 'text' && (part.text !== '' || (own && part.signature !== undefined))) ||
      (part.kind === 'image' && part.version === version),
  )
  return parts.map((part, position): PlanPart => {
    const signature = own ? part.signature : undefined
    const wanted = position === 0 || part.kind === 'image'
    const sign = signature ?? (wanted ? ('bypass' as const) : undefined)
    const signed = model.signatures && sign !== undefined ? { signature: sign } : {}
    if (part.kind === 'text') return { kind: 'text', text: part.text, ...signed }
    return { kind: 'image', file: part.file, mime: part.mime, bytes: part.bytes, copy: 'as-it-is', ...signed }
  })
}

/** The newest 20 prompts of the path that are not sent as turns, in at most 2,000 characters. */
function olderPrompts(session: Session, prompt: Prompt, steps: readonly WindowStep[]): string {
  const within = new Set(steps.map(({ turn }) => turn.id))
  const lines = path(session, prompt.parent)
    .filter(({ turn }) => !within.has(turn.id))
    .slice(-20)
    .map(({ turn }) => `- ${clip(turn.text, 400)}`)
  while (lines.join('\n').length > 1_900) lines.shift()
  return lines.length === 0 ? '' : `Earlier in this conversation I asked, in this order:\n${lines.join('\n')}`
}

function withHead(
  history: readonly PlanTurn[],
  message: readonly PlanPart[],
  older: string,
): Pick<Plan, 'history' | 'message'> {
  const [first, ...rest] = history
  if (older === '') return { history, message }
  if (!first) return { history, message: [text(older), ...message] }
  return { history: [{ ...first, parts: [text(older), ...first.parts] }, ...rest], message }
}

function mentionsWeight(turn: Turn): number {
  return turn.mentions.reduce((sum, { file }) => sum + base64Size(file.bytes), 0)
}

/** Characters that a plan takes on the wire, before images are scaled down. */
export function planSize(plan: Plan): number {
  let size = 0
  for (const part of [...plan.history.flatMap(({ parts }) => parts), ...plan.message]) {
    size += part.kind === 'image' ? base64Size(part.bytes) : part.text.length
    if (part.signature !== undefined && part.signature !== 'bypass') size += signatureSize(part.signature)
  }
  return size
}
