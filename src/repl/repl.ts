import { secretIn, spelledOut } from '../commands/usage.ts'
import type { Answer, Event, Task } from '../core/event.ts'
import type { LineOutcome } from '../core/line/line-outcome.ts'
import { isProblem, problemOf, type TaskProblem } from '../core/line/part-outcome.ts'
import { holdsKey, KEY_REFUSED } from '../core/line/secret.ts'
import type { Price } from '../core/money/forecast.ts'
import { defaultOf, typedAnswer } from '../core/questions.ts'
import { isSettled } from '../core/queue/line-queue.ts'
import type { Context } from '../turn/context.ts'
import type { ActiveSession } from './active-session.ts'
import type { ReplDependencies } from './dependencies.ts'
import type { LineRun } from './line-run.ts'
import { QueueDriver } from './queue-driver.ts'
import { Live, type Screen } from './screen.ts'
import { Sessions, screenOf } from './sessions.ts'
import { TaskRunner } from './task-runner.ts'
import { warmUp } from './warm-up.ts'

/** Takes lines and runs them. Facts are recorded before they are shown. */
export class Repl {
  /** What the screen reads. */
  readonly live: Live<Screen>
  readonly #deps: ReplDependencies
  readonly #sessions: Sessions
  readonly #runner: TaskRunner
  readonly #driver: QueueDriver
  /** Lines are taken one after another. */
  #intake: Promise<unknown> = Promise.resolve()

  constructor(deps: ReplDependencies, active: ActiveSession) {
    this.#deps = deps
    this.live = new Live<Screen>({
      ...screenOf(active),
      lane: { kind: 'ready' },
      behind: 0,
      question: null,
      held: false,
      offer: null,
      ended: false,
    })
    this.#sessions = new Sessions(
      deps,
      active,
      (shown) => this.live.set(shown),
      () => this.#driver.background,
    )
    this.#runner = new TaskRunner(deps, this.#sessions, {
      question: (question) => this.live.set({ question }),
      waits: () => this.#driver.show(),
    })
    this.#driver = new QueueDriver(deps, this.#runner, this.live)
    this.#driver.opened()
  }

  /** The folder of the session that is open; undefined while nothing has happened in it. */
  get folder(): string | undefined {
    return this.#sessions.active.store.folder
  }

  /** Shows the welcome of the session that limn started with. */
  start(): Promise<TaskProblem | undefined> {
    return this.perform(this.#sessions.active.welcome)
  }

  /** Loads what the first line will need. */
  warmUp(): Promise<void> {
    return warmUp(this.#sessions.active.chat)
  }

  /**
   * Takes a typed line. An open question gets its default answer. Resolves with the outcome of the line, which may take
   * long for a queued one; it never rejects.
   */
  submit(line: string): Promise<LineOutcome> {
    const run = this.#driver.enter(line)
    if (holdsKey(line) || this.secretIn(line) === 'holds') {
      void this.#driver.refuse(run, KEY_REFUSED)
      return run.outcome
    }
    const { question } = this.#runner
    if (question) {
      const typed = typedAnswer(question, line)
      this.answer(typed ?? defaultOf(question))
      if (typed !== undefined) {
        this.#driver.settle(run, undefined)
        return run.outcome
      }
    }
    void this.#driver.dispatch({ type: 'entered', line: run.id })
    this.#enqueue(run, () => this.#driver.take(run))
    return run.outcome
  }

  /** Resolves when all lines typed so far have been read: each runs, is queued, or has been given back. */
  async taken(): Promise<void> {
    await this.#intake
  }

  /** Runs a task of the entry point, such as bringing in the images that the command line names. */
  async perform(make: (context: Context) => Task): Promise<TaskProblem | undefined> {
    const outcome = await this.outcome(make)
    return outcome.kind === 'done' ? undefined : outcome
  }

  /** The same for a task that requests turns; resolves with the outcome of all of it. */
  outcome(make: (context: Context) => Task): Promise<LineOutcome> {
    const run = this.#driver.enter('')
    run.task = make
    this.#enqueue(run, () => this.#driver.dispatch({ type: 'typed', line: run.id, is: 'at-once' }))
    return run.outcome
  }

  /** The same for a task with a result; resolves with the result, or with why there is none. */
  async result<T extends object>(
    make: (context: Context) => AsyncGenerator<Event, T | TaskProblem, Answer>,
  ): Promise<T | TaskProblem> {
    let result: T | TaskProblem = problemOf('It did not come to its end.')
    const problem = await this.perform(async function* (context): Task {
      result = yield* make(context)
      return isProblem(result) ? result : undefined
    })
    return problem ?? result
  }

  /** What a line would cost; for a command, what the line after it would cost. */
  priceOf(line: string): Price {
    return this.#driver.prompts.price(line)
  }

  /** Whether a line asks for a secret, or holds one and must not be stored. */
  secretIn(line: string): 'asks' | 'holds' | 'none' {
    return secretIn(line, this.#deps.commands)
  }

  /** A bare word as the command that it stands for. */
  spelledOut(line: string): string {
    return spelledOut(line, this.#deps.commands)
  }

  answer(answer: Answer): void {
    this.#runner.answer(answer)
  }

  /** Esc: the turn continues in the background and the prompt is free, or the call is aborted if the user has set that. */
  letGo(): Promise<void> {
    const { front } = this.#driver
    // In a countdown no request runs, so the turn can just end. Other turns of its line may still have one.
    const waits = front?.prompts.length === 1 && front.waitText !== ''
    const how = this.#deps.settings.values.escape === 'abort' ? 'cut' : waits ? 'end' : 'background'
    return this.#driver.dispatch({ type: 'let-go', how })
  }

  /** Cuts all calls in flight. Each of them may still be billed. */
  cut(): void {
    this.#driver.cut()
  }

  /** Enter on an empty prompt while lines are held. */
  runHeld(): Promise<void> {
    return this.#driver.dispatch({ type: 'run-held' })
  }

  /** Esc on an empty prompt while lines are held. */
  dropHeld(): Promise<void> {
    return this.#driver.dispatch({ type: 'drop-held' })
  }

  /** Records what is still running, and closes the session. */
  close(): Promise<void> {
    return this.#driver.leave()
  }

  /** Resolves when every submitted line has ended, including those in the background. */
  async settled(): Promise<void> {
    await this.#intake
    while (!isSettled(this.#driver.queue)) {
      await new Promise<void>((done) => {
        const stop = this.live.subscribe(() => {
          stop()
          done()
        })
      })
    }
  }

  /** Errors are shown, and limn continues. */
  #enqueue(run: LineRun, take: () => Promise<void>): void {
    this.#intake = this.#intake.then(take).catch((error: unknown) => {
      this.#driver.settle(run, this.#runner.surprise(error, run))
    })
  }
}
