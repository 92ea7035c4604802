import type { Draft, Notice, Task } from '../core/event.ts'
import { type LineOutcome, outcomeOf } from '../core/line/line-outcome.ts'
import type { PartOutcome, TaskProblem } from '../core/line/part-outcome.ts'
import type { LineQueue } from '../core/queue/line-queue.ts'
import { imagesOf } from '../core/session/fact-images.ts'
import type { Prompt } from '../core/session/session.ts'
import type { Context } from '../turn/context.ts'
import type { Prepared } from '../turn/prepare.ts'
import type { ActiveSession } from './active-session.ts'
import type { Recorder } from './recorder.ts'

/** One turn of a line: its id is known once its prompt is recorded. */
export type TurnSlot = { turn: string | null }

/** The session that was open when a line started, whichever is open when the line ends. */
export type Home = { readonly active: ActiveSession; readonly recorder: Recorder }

/** One line from Enter until its outcome is known. */
export class LineRun {
  /** Also the id of the queued line that it may become. */
  readonly id: string
  /** As it was typed, to be offered again. */
  readonly line: string
  /** Why it could not be read or recorded. */
  problem: TaskProblem | undefined
  /** Aborted by Esc: it continues in the background. */
  readonly released = new AbortController()
  /** Aborted to stop its calls. */
  readonly cut = new AbortController()
  /** The task of a command, or of the entry point itself. */
  task: ((context: Context) => Task) | undefined
  /** What a prompt mentions; set once the line has been read. */
  prepared: Prepared | undefined
  home: Home | undefined
  /** Esc has sent it to the background. */
  inBackground = false
  /** When it took the foreground. */
  since: Date | undefined
  /** What it sends; empty until then. */
  prompts: readonly Prompt[] = []
  /** The turns that have begun. */
  readonly slots: TurnSlot[] = []
  /** How many of them have ended. */
  ended = 0
  /** What its turns wait for, by turn; the one that has waited longest comes first. */
  readonly waits = new Map<string, string>()
  /** The versions that it has made. */
  readonly versions: number[] = []
  readonly #said: Notice[] = []
  readonly #outcome = Promise.withResolvers<LineOutcome>()
  #settled = false

  constructor(id: string, line: string) {
    this.id = id
    this.line = line
  }

  /** Never rejects. */
  get outcome(): Promise<LineOutcome> {
    return this.#outcome.promise
  }

  /** Whether the outcome is known. */
  get settled(): boolean {
    return this.#settled
  }

  /** Adds a notice that was shown while it ran. */
  heard(notice: Notice): void {
    this.#said.push(notice)
  }

  /** A fact of it has been written to the disk. */
  recorded(fact: Draft): void {
    this.versions.push(...imagesOf(fact).map(({ version }) => version))
  }

  /** The first call counts. */
  settle(parts: readonly PartOutcome[], problem: TaskProblem | undefined): void {
    if (this.#settled) return
    this.#settled = true
    const versions = this.versions.toSorted((a, b) => a - b)
    this.#outcome.resolve(outcomeOf({ parts, problem, versions, said: this.#said }))
  }

  /** Takes the outcome of another line as its own, such as that of the line that a command runs. */
  follow(other: LineRun): void {
    if (this.#settled) return
    this.#settled = true
    const said = this.#said
    void other.outcome.then((outcome) =>
      this.#outcome.resolve({ ...outcome, said: [...said, ...outcome.said] }),
    )
  }

  /** What its turns wait for, shown instead of the spinner's words; empty if none waits. */
  get waitText(): string {
    const [first = ''] = this.waits.values()
    return first
  }
}

/** The outcome of a line that had not ended when limn was closed. */
export function leftBehind({ id, prompts: [prompt] }: LineRun, { waiting }: LineQueue): TaskProblem {
  if (waiting.includes(id)) {
    return { kind: 'not-sent', why: { reason: 'left-waiting', says: 'It stays queued in the session.' } }
  }
  if (!prompt)
    return { kind: 'not-sent', why: { reason: 'stopped', says: 'limn was closed before it was sent.' } }
  return { kind: 'failed', why: { kind: 'failure', failure: { kind: 'no-answer' }, engine: prompt.engine } }
}
