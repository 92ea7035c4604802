import { type Answer, type Event, notSent, say } from '../../core/event.ts'
import { NO_KEY, problemOf, type TaskProblem } from '../../core/line/part-outcome.ts'
import type { Model } from '../../core/models/model-catalogue.ts'
import { CHECKED, type CheckName } from '../../core/models/unverified.ts'
import { dollars, estimate, sum, sumText } from '../../core/money/call-cost.ts'
import { CHECKS, type Finding } from './live-checks.ts'
import { type LiveContext, Probe } from './live-probe.ts'

export type Findings = Readonly<Record<string, Finding>>

type LiveCheck = {
  readonly findings: Findings
  /** The first reason why something could not be checked. */
  readonly problem: TaskProblem | undefined
}

/** Dollars of a question: an image and some words go in, a word comes out. It costs more if the model draws anyway. */
const QUESTION = 0.005

/**
 * Checks on the live service what could not be tried while limn was made. All checks run side by side; most wait for
 * one image that they share. Shows the price first and asks, unless the user has agreed already.
 */
export async function* checkLive(
  context: LiveContext,
  agreed: boolean,
): AsyncGenerator<Event, LiveCheck | TaskProblem, Answer> {
  const { engine } = context.chat
  if (engine.kind === 'none') return yield* notSent(NO_KEY)
  const probe = new Probe(context)
  const names = Object.keys(CHECKED) as CheckName[]
  if (engine.kind !== 'practice' && !agreed) {
    const { usual, most } = priceOf(probe.model)
    const price = `about ${dollars(usual)}, at most ${dollars(most)}`
    const text = `${names.length} checks with ${probe.model.name} on ${engine.label}: ${price}, a minute or two.`
    if (!context.asks) {
      const says = `Not sent: ${text}\nNobody can be asked here: limn doctor --live --yes does not ask.`
      return yield* notSent({ reason: 'price', says })
    }
    const question = { kind: 'yes-no', text: `${text} Continue?`, default: false } as const
    if ((yield { type: 'ask', question }) !== true) {
      const says = 'Nothing was sent. limn doctor --live --yes does not ask.'
      return yield* notSent({ reason: 'declined', says })
    }
  }
  yield say('Checking…')
  const running = names.map((name) => ({ name, done: CHECKS[name](probe).catch(broken) }))
  const findings: Record<string, Finding> = {}
  for (const { name, done } of running) {
    const found = await done
    findings[name] = found
    yield findingEvent(name, found)
  }
  if (engine.kind !== 'practice') yield say(`This cost ${sumText(sum(probe.costs))}.`)
  const unknown = Object.values(findings).find(({ is }) => is === 'not-known')
  return { findings, problem: unknown && problemOfFinding(unknown, engine.id) }
}

function problemOfFinding({ says, failure }: Finding, engine: string): TaskProblem {
  return failure ? { kind: 'failed', why: { kind: 'failure', failure, engine, says } } : problemOf(says)
}

function findingEvent(name: CheckName, { is, says }: Finding): Event {
  const { believes, otherwise } = CHECKED[name]
  const plain = (words: string) => words.replaceAll('`', '')
  switch (is) {
    case 'as-believed':
      return say(`✓ ${name}: ${says}`, 'good')
    case 'otherwise':
      return say(`≠ ${name}: ${says}. Expected: ${plain(believes)} Now: ${plain(otherwise)}`, 'warning')
    case 'not-known':
      return say(`? ${name}: ${says}`, 'warning')
  }
}

/** An error in one check, which must not stop the others. */
function broken(error: unknown): Finding {
  return { is: 'not-known', says: error instanceof Error ? error.message : String(error) }
}

/** The price of all checks in dollars, from guessed tokens for models whose pages name none. */
function priceOf(model: Model): { readonly usual: number; readonly most: number } {
  const image = (size: string) =>
    estimate(model, size) ?? estimate({ ...model, tokens: model.guesses }, size) ?? 0.2
  let [usual, most] = [0, 0]
  for (const { takes } of Object.values(CHECKED)) {
    switch (takes) {
      case 'nothing':
        break
      case 'an image of 1K':
      case 'an image of 2K': {
        const drawn = image(takes === 'an image of 1K' ? '1K' : '2K') + QUESTION
        usual += drawn
        most += drawn * 1.5
        break
      }
      case 'a question':
        usual += QUESTION
        most += image('1K') + 2 * QUESTION
        break
    }
  }
  return { usual, most }
}
