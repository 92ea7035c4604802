import { type Answer, change, type Event, type Go, type NewFile, notSent, type Task } from '../core/event.ts'
import { explain } from '../core/failures/failure.ts'
import { isDry } from '../core/line/flags.ts'
import { parseLine } from '../core/line/line.ts'
import { NO_KEY, type PartOutcome, problemOf, type TaskProblem } from '../core/line/part-outcome.ts'
import type { QueueEvent } from '../core/queue/line-queue.ts'
import { knownIn } from '../core/session/label.ts'
import type { Head, Prompt, Session, Waiting } from '../core/session/session.ts'
import { adviceOf } from '../core/wording/advice.ts'
import type { Clock } from '../host/clock.ts'
import { dryRun } from '../turn/dry-run.ts'
import type { Prepared } from '../turn/prepare.ts'
import { type Gated, passSpendingGate } from '../turn/spending-gate.ts'
import type { ActiveSession } from './active-session.ts'
import type { Home, LineRun } from './line-run.ts'
import type { Prompts } from './prompts.ts'
import { type EndedLine, runTurns, summaryOf } from './run-turns.ts'
import type { TaskRunner } from './task-runner.ts'

/** The outcome of sending a line. */
export type Sending =
  /** The user has not chosen where it continues from: it stays queued, or returns to the prompt. */
  | { readonly kind: 'unchosen' }
  | {
      readonly kind: 'ended'
      readonly parts: readonly PartOutcome[]
      readonly problem?: TaskProblem | undefined
      /** It has done what it was meant to do, at least in part. */
      readonly well: boolean
      /** Whether the line is put back onto the prompt. */
      readonly offer: boolean
      /** Whether an image came while the line was in the foreground. */
      readonly drew: boolean
    }

/** What is known about a line when it is sent. */
type LineInputs = {
  readonly files: readonly NewFile[]
  /** It was queued: its first fact takes it from the queue. */
  readonly waited: boolean
  /** The base that the line itself names; if it makes several images, it also becomes the base of the next line. */
  readonly base?: Head | null
  /** Only show what would be sent. */
  readonly dry: boolean
}

type SenderDependencies = {
  readonly runner: TaskRunner
  readonly prompts: Prompts
  readonly clock: Clock
  /** Reports to the queue. */
  report(event: QueueEvent): void
  /** Whether a line has the foreground. */
  isFront(run: LineRun): boolean
  /** A turn of a line has ended. */
  turnEnded(run: LineRun): void
}

/** Sends prompts. */
export class Sender {
  readonly #deps: SenderDependencies

  constructor(deps: SenderDependencies) {
    this.#deps = deps
  }

  async prompt(run: LineRun, waiting: Omit<Waiting, 'id'> | Prepared, waited: boolean): Promise<Sending> {
    const { runner, prompts, report } = this.#deps
    const parsed = parseLine(waiting.line, knownIn(runner.session))
    if (parsed.kind !== 'prompt') return NOTHING_TO_SEND
    // Unless there is a question, nothing may come between the end of the previous line and the start of this one.
    const asks = waiting.base === null && !parsed.fresh && prompts.toChoose
    if (asks) report({ type: 'does', line: run.id, doing: 'choosing' })
    const base = asks ? await prompts.chosen(run) : waiting.base
    if (base === undefined) return { kind: 'unchosen' }
    const made = prompts.made({ ...waiting, base })
    const files = 'files' in waiting ? waiting.files : []
    const inputs = { files, waited, base, dry: isDry(parsed.flags) }
    return made.ok
      ? this.#send(run, made.prompts, inputs)
      : this.#unsent(run, inputs, notSent({ reason: 'usage', says: made.sentence }))
  }

  /** A new prompt from another place than the head, as a command has asked for. */
  async promptFrom(run: LineRun, { line, parent, fresh }: Go & { to: 'prompt' }): Promise<Sending> {
    const { runner, prompts } = this.#deps
    const inputs = { files: [], waited: false, dry: false }
    const parsed = parseLine(line, knownIn(runner.session))
    if (parsed.kind !== 'prompt') {
      return this.#unsent(run, inputs, notSent({ reason: 'usage', says: `"${line}" is not a prompt.` }))
    }
    const withFresh = { ...parsed, fresh: fresh || parsed.fresh }
    const prepared = await prompts.read(line, withFresh, run)
    if ('kind' in prepared) return { ...NOTHING_TO_SEND, problem: prepared, well: false, offer: true }
    const made = prompts.made({ ...prepared, base: prepared.base ?? parent }, withFresh.fresh)
    return made.ok
      ? this.#send(run, made.prompts, { files: prepared.files, waited: false, dry: isDry(parsed.flags) })
      : this.#unsent(run, inputs, notSent({ reason: 'usage', says: made.sentence }))
  }

  /** Prompts that a command has made. */
  turns(run: LineRun, { prompts, dry, files = [], base }: Go & { to: 'turns' }): Promise<Sending> {
    const together = this.#deps.prompts.together(prompts)
    return this.#send(run, together, { files, waited: false, dry, base: base ?? null })
  }

  async #send(run: LineRun, prompts: readonly Prompt[], inputs: LineInputs): Promise<Sending> {
    const { runner, report, clock } = this.#deps
    const [prompt] = prompts
    if (!prompt) return NOTHING_TO_SEND
    const refusal = refusalOf(prompt, runner.session, runner.active)
    if (refusal) return this.#unsent(run, inputs, refusal)
    if (inputs.dry) return this.#dryRun(run, prompts, inputs)
    const home = runner.sessions.home
    run.home = home
    run.prompts = prompts
    run.since = clock.now()
    report({ type: 'does', line: run.id, doing: 'turn' })
    const gated = await this.#gated(run, prompts)
    const calls = gated.flatMap((one) => (one.passed ? [one.call] : []))
    if (calls.length === 0) {
      await this.#stopWaiting(run, inputs.waited)
      const parts = gated.map((one) => partOfGated(one, undefined))
      return { kind: 'ended', parts, problem: parts.length === 0 ? NOTHING_SENT : undefined, ...UNSENT }
    }
    const { base } = inputs
    if (prompts.length > 1 && base && base !== runner.session.head) {
      await home.recorder.add(change({ type: 'moved', by: 'goto', head: base }))
    }
    const firstInputs = { files: inputs.files, queued: inputs.waited ? run.id : undefined }
    const ended = await runTurns(calls, firstInputs, run, home, runner, () => this.#deps.turnEnded(run))
    return this.#ended(run, home, gated, ended)
  }

  #ended(run: LineRun, home: Home, gated: readonly Gated[], ended: EndedLine): Sending {
    const { runner, isFront } = this.#deps
    const { turns, images, lost } = ended
    const inFront = isFront(run)
    const failures = turns.flatMap(({ outcome }) => (outcome.kind === 'failed' ? [outcome.failure] : []))
    const failed = turns.length > 0 && failures.length === turns.length
    // What may have been billed in the background is not offered again: that would invite the user to pay twice.
    const again = inFront || !failures.some((failure) => explain(failure).maybeBilled)
    const here = home.active.store === runner.active.store
    const toChoose =
      !inFront || runner.session.choice === null ? 'nothing' : runner.asks ? 'by-key' : 'by-name'
    for (const notice of summaryOf(ended, toChoose)) runner.print(notice, run)
    const endedParts = ended.parts.values()
    return {
      kind: 'ended',
      parts: gated.map((one) => partOfGated(one, one.passed ? endedParts.next().value : undefined)),
      well: images.length > 0,
      offer: here && (lost || (failed && again)),
      drew: inFront && images.length > 0,
    }
  }

  /** Asks the spending gate for each call of a line. */
  async #gated(run: LineRun, prompts: readonly Prompt[]): Promise<readonly Gated[]> {
    const { runner } = this.#deps
    let gated: readonly Gated[] = []
    try {
      await runner.drive(async function* (context): Task {
        gated = yield* passSpendingGate(prompts, context)
      }, run)
    } catch (error) {
      runner.surprise(error, run)
    }
    return gated
  }

  /** Shows what a line would send, instead of sending it. */
  async #dryRun(run: LineRun, prompts: readonly Prompt[], { waited }: LineInputs): Promise<Sending> {
    const { runner, report } = this.#deps
    report({ type: 'does', line: run.id, doing: 'command' })
    await this.#stopWaiting(run, waited)
    const { problem } = await runner.drive((context) => dryRun(prompts, context), run)
    return { kind: 'ended', parts: [], problem, well: problem === undefined, offer: false, drew: false }
  }

  async #unsent(
    run: LineRun,
    { waited }: LineInputs,
    why: Generator<Event, TaskProblem, Answer>,
  ): Promise<Sending> {
    await this.#stopWaiting(run, waited)
    const { problem } = await this.#deps.runner.drive(async function* (): Task {
      return yield* why
    }, run)
    return { kind: 'ended', parts: [], problem, ...UNSENT }
  }

  /** Takes a line that is not sent from the queue. */
  async #stopWaiting({ id }: LineRun, waited: boolean): Promise<void> {
    if (waited) await this.#deps.runner.add(change({ type: 'unqueued', ids: [id] }))
  }
}

const UNSENT = { well: false, offer: true, drew: false } as const

const NOTHING_SENT: TaskProblem = problemOf('Nothing was sent.')

const NOTHING_TO_SEND = { kind: 'ended', parts: [], well: true, offer: false, drew: false } as const

/** The outcome of a call that passed the gate, or why it did not pass. */
function partOfGated(gated: Gated, part: PartOutcome | undefined): PartOutcome {
  if (!gated.passed) return { kind: 'not-sent', why: gated.why }
  return part ?? { kind: 'not-sent', why: { reason: 'stopped', says: 'Not sent: it was stopped first.' } }
}

/** Why a prompt is not even recorded. */
function refusalOf(prompt: Prompt, session: Session, { store, chat }: ActiveSession) {
  if (store.readOnly !== undefined) return notSent({ reason: 'read-only', says: store.readOnly })
  if (chat.engine.kind === 'none') return notSent(NO_KEY)
  const refused = adviceOf(session, prompt).find(({ weight }) => weight === 'refuses')
  return refused && notSent({ reason: 'usage', says: refused.text })
}
