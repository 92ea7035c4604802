import {
  type Answer,
  type Change,
  change,
  type Draft,
  type Event,
  type Go,
  type Notice,
  type Question,
  say,
  type Task,
} from '../core/event.ts'
import type { TaskProblem } from '../core/line/part-outcome.ts'
import { defaultOf } from '../core/questions.ts'
import type { Session } from '../core/session/session.ts'
import { turnOf } from '../core/session/tree.ts'
import { Ledger } from '../store/ledger/ledger.ts'
import type { Context } from '../turn/context.ts'
import type { ActiveSession } from './active-session.ts'
import type { ReplDependencies } from './dependencies.ts'
import type { LineRun, TurnSlot } from './line-run.ts'
import { OpenQuestions } from './open-questions.ts'
import type { Sessions } from './sessions.ts'
import { surprise } from './unexpected-error.ts'

/** The result of a task: what the REPL must do next, and why the task failed if it did. */
export type Driven = { readonly gos: readonly Go[]; readonly problem: TaskProblem | undefined }

/** Gets what concerns the screen. */
type Listener = {
  question(question: Question | null): void
  /** What a turn of the line waits for has changed. */
  waits(run: LineRun): void
}

/** Runs tasks to their end, in sequence or side by side: records what they change, prints, asks. */
export class TaskRunner {
  readonly sessions: Sessions
  readonly #deps: ReplDependencies
  readonly #listener: Listener
  readonly #ledger: Ledger
  readonly #questions: OpenQuestions

  constructor(deps: ReplDependencies, sessions: Sessions, listener: Listener) {
    this.#deps = deps
    this.sessions = sessions
    this.#listener = listener
    this.#ledger = new Ledger(deps.place.root, deps.clock.now)
    this.#questions = new OpenQuestions((question) => listener.question(question))
  }

  get active(): ActiveSession {
    return this.sessions.active
  }

  get session(): Session {
    return this.sessions.recorder.session
  }

  /** False without a screen. */
  get asks(): boolean {
    return this.#deps.asks
  }

  /** The question that is open. */
  get question(): Question | null {
    return this.#questions.first
  }

  answer(answer: Answer): void {
    this.#questions.answer(answer)
  }

  add(change: Change): Promise<void> {
    return this.sessions.recorder.add(change)
  }

  /** `run`: the line that the notice belongs to. */
  print(notice: Notice, run?: LineRun): void {
    run?.heard(notice)
    this.#deps.print({ kind: 'notice', notice, session: this.session })
  }

  surprise(error: unknown, run?: LineRun): TaskProblem {
    const problem = surprise(error, this.#deps.place)
    this.print({ type: 'problem', problem }, run)
    return problem
  }

  /** Runs a task to its end. Throws unexpected errors. */
  async drive(make: (context: Context) => Task, run?: LineRun, slot?: TurnSlot): Promise<Driven> {
    const gos: Go[] = []
    const task = make(this.#context(run))
    try {
      for (let step = await task.next(undefined); ; ) {
        if (step.done) return { gos, problem: step.value ?? undefined }
        if (step.value.type === 'go') gos.push(step.value)
        step = await task.next(await this.handle(step.value, run, slot))
      }
    } finally {
      // So that its own `finally` blocks run when the disk refuses a change.
      await task.return()
    }
  }

  /** Runs the steps before a task, such as reading a line: asks their questions, and returns their result. */
  async through<T>(steps: AsyncGenerator<Event, T, Answer>, run?: LineRun): Promise<T> {
    for (let step = await steps.next(undefined); ; ) {
      if (step.done) return step.value
      step = await steps.next(await this.handle(step.value, run))
    }
  }

  async handle(event: Event, run?: LineRun, slot?: TurnSlot): Promise<Answer> {
    switch (event.type) {
      case 'change':
        await this.#change(event, run, slot)
        return undefined
      case 'ask':
        return this.ask(event.question, run)
      case 'go':
        return undefined
      case 'progress':
        if (run) {
          if (event.text === '') run.waits.delete(event.turn)
          else run.waits.set(event.turn, event.text)
          this.#listener.waits(run)
        }
        // Without a screen, a wait is reported once, when it begins.
        if (!event.later && event.text !== '') this.print(event, run)
        return undefined
      case 'say':
      case 'saved':
      case 'list':
      case 'proposal':
      case 'sources':
      case 'show':
      case 'show-file':
      case 'sheet':
      case 'card':
      case 'problem':
        this.print(event, run)
        return undefined
    }
  }

  ask(question: Question, run?: LineRun): Promise<Answer> {
    if (this.#deps.asks) return this.#questions.ask(question)
    this.print(say(question.text, 'warning'), run)
    return Promise.resolve(defaultOf(question))
  }

  async #change(event: Change, run: LineRun | undefined, slot: TurnSlot | undefined): Promise<void> {
    const recorder = run?.home?.recorder ?? this.sessions.recorder
    let fact: Draft | undefined
    await recorder.add({
      type: 'change',
      make: (session) => {
        const made = event.make(session)
        if (slot && made.fact.type === 'prompted') slot.turn = made.fact.turn
        fact = made.fact
        return made
      },
    })
    if (fact) run?.recorded(fact)
    if (!run || !slot || slot.turn === null) return
    // Esc was pressed while the prompt was being recorded.
    const turn = turnOf(recorder.session, slot.turn)
    const running = turn?.outcome.kind === 'open' && !turn.letGo
    if (running && run.inBackground) await recorder.add(change({ type: 'let-go', turn: slot.turn }))
  }

  #context(run: LineRun | undefined): Context {
    const { recorder, active } = run?.home ?? this.sessions
    const { store, chat } = active
    const { settings, maxUsd, clock, place, terminal, asks } = this.#deps
    const never = new AbortController().signal
    return {
      get session() {
        return recorder.session
      },
      settings,
      maxUsd,
      store,
      chat,
      ledger: this.#ledger,
      asks,
      clock,
      place,
      terminal,
      signal: run?.cut.signal ?? never,
      released: run?.released.signal ?? never,
    }
  }
}
