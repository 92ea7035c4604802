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

/** What has become of a line that was to be sent. */
export type Sending =
  /** The user has not said where it goes on from: it waits on, or goes back onto the prompt. */
  | { readonly kind: 'unchosen' }
  | {
      readonly kind: 'ended'
      readonly parts: readonly PartOutcome[]
      readonly problem?: TaskProblem | undefined
      /** It has brought what it was to bring, at least in part. */
      readonly well: boolean
      /** The line is to be put back onto the prompt. */
      readonly offer: boolean
      /** A picture came while the user waited for it. */
      readonly drew: boolean
    }

/** What a line brings along when it is sent. */
type LineInputs = {
  readonly files: readonly NewFile[]
  /** It has waited: its first fact ends that. */
  readonly waited: boolean
  /** Where the line says that it goes on from: what it makes several images of stays the base of the next one. */
  readonly base?: Head | null
  /** Only what would be sent is told. */
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

/** Sends a prompt whose turn has come. */
export class Sender {
  readonly #deps: SenderDependencies

  constructor(deps: SenderDependencies) {
    this.#deps = deps
  }

  async prompt(run: LineRun, waiting: Omit<Waiting, 'id'> | Prepared, waited: boolean): Promise<Sending> {
    const { runner, prompts, report } = this.#deps
    const parsed = parseLine(waiting.line, knownIn(runner.session))
    if (parsed.kind !== 'prompt') return NOTHING_TO_SEND
    // Nothing may come between the end of the line before and the claim of this one, unless there is a question.
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

  /** New words from another place than the head, for which a command has asked. */
  async promptFrom(run: LineRun, { line, parent, fresh }: Go & { to: 'prompt' }): Promise<Sending> {
    const { runner, prompts } = this.#deps
    const inputs = { files: [], waited: false, dry: false }
    const parsed = parseLine(line, knownIn(runner.session))
    if (parsed.kind !== 'prompt') {
      return this.#unsent(run, inputs, notSent({ reason: 'usage', says: `"${line}" is no prompt.` }))
    }
    const anew = { ...parsed, fresh: fresh || parsed.fresh }
    const prepared = await prompts.read(line, anew, run)
    if ('kind' in prepared) return { ...NOTHING_TO_SEND, problem: prepared, well: false, offer: true }
    const made = prompts.made({ ...prepared, base: prepared.base ?? parent }, anew.fresh)
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
    const brings = { files: inputs.files, queued: inputs.waited ? run.id : undefined }
    const ended = await runTurns(calls, brings, run, home, runner, () => this.#deps.turnEnded(run))
    return this.#ended(run, home, gated, ended)
  }

  #ended(run: LineRun, home: Home, gated: readonly Gated[], ended: EndedLine): Sending {
    const { runner, isFront } = this.#deps
    const { turns, images, lost } = ended
    const inFront = isFront(run)
    const failures = turns.flatMap(({ outcome }) => (outcome.kind === 'failed' ? [outcome.failure] : []))
    const failed = turns.length > 0 && failures.length === turns.length
    // Nobody is invited to pay a second time for what may still have been billed in the background.
    const again = inFront || !failures.some((failure) => explain(failure).maybeBilled)
    const here = home.active.store === runner.active.store
    const toChoose =
      !inFront || runner.session.choice === null ? 'nothing' : runner.asks ? 'by-key' : 'by-name'
    for (const notice of summaryOf(ended, toChoose)) runner.print(notice, run)
    const came = ended.parts.values()
    return {
      kind: 'ended',
      parts: gated.map((one) => partOfGated(one, one.passed ? came.next().value : undefined)),
      well: images.length > 0,
      offer: here && (lost || (failed && again)),
      drew: inFront && images.length > 0,
    }
  }

  /** What of a line may go out, for what it costs. */
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

  /** Tells what a line would send, in its place. */
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

  /** It is not sent, and waits no longer. */
  async #stopWaiting({ id }: LineRun, waited: boolean): Promise<void> {
    if (waited) await this.#deps.runner.add(change({ type: 'unqueued', ids: [id] }))
  }
}

const UNSENT = { well: false, offer: true, drew: false } as const

const NOTHING_SENT: TaskProblem = problemOf('Nothing was sent.')

const NOTHING_TO_SEND = { kind: 'ended', parts: [], well: true, offer: false, drew: false } as const

/** What became of a call that passed the gate, or why it did not pass. */
function partOfGated(gated: Gated, part: PartOutcome | undefined): PartOutcome {
  if (!gated.passed) return { kind: 'not-sent', why: gated.why }
  return part ?? { kind: 'not-sent', why: { reason: 'stopped', says: 'Not sent: it was stopped before.' } }
}

/** Why a prompt is not even recorded. */
function refusalOf(prompt: Prompt, session: Session, { store, chat }: ActiveSession) {
  if (store.readOnly !== undefined) return notSent({ reason: 'read-only', says: store.readOnly })
  if (chat.engine.kind === 'none') return notSent(NO_KEY)
  const refused = adviceOf(session, prompt).find(({ weight }) => weight === 'refuses')
  return refused && notSent({ reason: 'usage', says: refused.text })
}
