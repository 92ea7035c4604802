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

/** Where a line is at home: the session that was open when it started, whichever is open when it ends. */
export type Home = { readonly active: ActiveSession; readonly recorder: Recorder }

/** One line from Enter until it is known what became of it. */
export class LineRun {
  /** Also the id of the waiting line that it may become. */
  readonly id: string
  /** As it was typed, to be offered again. */
  readonly line: string
  /** Why it could not be read, or written down. */
  problem: TaskProblem | undefined
  /** Aborted by Esc: nobody waits for it any more. */
  readonly released = new AbortController()
  /** Aborted to stop its calls. */
  readonly cut = new AbortController()
  /** What a command, or the door itself, is to do. */
  task: ((context: Context) => Task) | undefined
  /** What a prompt mentions, once it has been read. */
  prepared: Prepared | undefined
  home: Home | undefined
  /** Esc has sent it there. */
  inBackground = false
  /** Since when it has had the foreground. */
  since: Date | undefined
  /** What it sends; empty until it is out. */
  prompts: readonly Prompt[] = []
  /** The turns that were begun. */
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

  /** What became of it; it never rejects. */
  get outcome(): Promise<LineOutcome> {
    return this.#outcome.promise
  }

  /** True once that is known. */
  get settled(): boolean {
    return this.#settled
  }

  /** Something was said while it ran. */
  heard(notice: Notice): void {
    this.#said.push(notice)
  }

  /** A fact of it is on the disk. */
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

  /** What became of another line is what became of this one, such as of the line that a command runs. */
  follow(other: LineRun): void {
    if (this.#settled) return
    this.#settled = true
    const said = this.#said
    void other.outcome.then((outcome) =>
      this.#outcome.resolve({ ...outcome, said: [...said, ...outcome.said] }),
    )
  }

  /** What its turns wait for, in the place of the spinner's words; empty when none waits. */
  get waitText(): string {
    const [first = ''] = this.waits.values()
    return first
  }
}

/** What became of a line that limn did not wait for. */
export function leftBehind({ id, prompts: [prompt] }: LineRun, { waiting }: LineQueue): TaskProblem {
  if (waiting.includes(id)) {
    return { kind: 'not-sent', why: { reason: 'left-waiting', says: 'It waits in the session.' } }
  }
  if (!prompt)
    return { kind: 'not-sent', why: { reason: 'stopped', says: 'limn was left before it was sent.' } }
  return { kind: 'failed', why: { kind: 'failure', failure: { kind: 'no-answer' }, engine: prompt.engine } }
}
