import { parseLine } from '../core/line/line.ts'
import { modelOf, shortName } from '../core/models/model-catalogue.ts'
import { dollars } from '../core/money/call-cost.ts'
import type { Price } from '../core/money/forecast.ts'
import { spent } from '../core/money/spent.ts'
import { knownIn } from '../core/session/label.ts'
import { refsText } from '../core/session/reference.ts'
import type { Session } from '../core/session/session.ts'
import { currentVersion, isAlone, nextVersion } from '../core/session/tree.ts'
import { unusual } from '../core/settings/turn-settings.ts'
import type { Lane, Screen } from '../repl/screen.ts'
import { sanitizeLine } from '../text/sanitize.ts'

/** Model, ratio, size, active references, money: the most important first. `price` is the price of the next line. */
export function statusItems({ session, engine, behind, readOnly }: Screen, price: Price): readonly string[] {
  const { model, aspect, size } = session.settings
  return [
    readOnly === null ? '' : 'read-only',
    isAlone(session, session.head) ? 'conversation forgotten' : '',
    shortName(model),
    aspect === 'auto' ? 'ratio auto' : aspect,
    modelOf(model).sizes.length === 0 ? '' : size,
    engine.kind === 'practice' ? '' : nextText(price),
    session.style === null ? '' : `style ${sanitizeLine(session.style.name)}`,
    ...unusual(session.settings),
    sanitizeLine(refsText(modelOf(model), session.references)),
    behind === 0 ? '' : `${behind} in the background`,
    engine.kind === 'practice' ? 'practice · free' : spentText(session),
  ]
}

function spentText(session: Session): string {
  return session.turns.length === 0 ? '' : `spent ${spent(session)}`
}

function nextText(price: Price): string {
  if (price === 'free') return 'free'
  return `next ${price === 'unknown' ? '$?' : dollars(price.usual)}`
}

/** `12 s, usually 15-40 s · Esc: continue in the background · nano-banana-2.1`: the most important first. */
export function workText({ prompt, text, of, done }: Lane & { kind: 'turn' }, seconds: number): string {
  if (text !== '') return text
  const count = of === 1 ? '' : `${done} of ${of} · `
  const model = modelOf(prompt.settings.model)
  const isPractice = prompt.engine === 'practice'
  const usual = isPractice ? '' : `, usually ${model.seconds.join('-')} s`
  const painter = isPractice ? 'practice engine' : shortName(model.id)
  return `${count}${seconds} s${usual} · Esc: continue in the background · ${painter}`
}

export type QueuedLine = {
  readonly text: string
  /** The version that it will edit, where that is already known: `v9`. */
  readonly base?: string
}

/**
 * The queued lines, each with the version that it will edit: the one that it names, or the one that the prompt before
 * it will make.
 */
export function queueLines({ session, lane, held }: Screen): readonly QueuedLine[] {
  let next = nextVersion(session)
  let base = `v${currentVersion(session)?.number ?? 0}`
  if (lane.kind === 'turn' && !held) {
    const out = session.turns.filter(({ outcome, letGo }) => outcome.kind === 'open' && !letGo)
    // Until the user has chosen from several images, the next line edits the version that these were made from.
    if (lane.of === 1) base = `v${out.at(-1)?.reserved ?? next}`
    // Images that are not sent yet have no number.
    next += Math.max(0, lane.of - lane.done - out.length)
  }
  return session.waiting.map((waiting) => {
    const text = waiting.line.replaceAll('\n', ' ')
    if (parseLine(waiting.line, knownIn(session)).kind !== 'prompt') return { text }
    const line = { text, base: waiting.base?.version ? `v${waiting.base.version}` : base }
    base = `v${next++}`
    return line
  })
}
