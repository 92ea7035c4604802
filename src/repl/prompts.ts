import { type Answer, type Event, notSent, say } from '../core/event.ts'
import { type Line, parseLine } from '../core/line/line.ts'
import type { TaskProblem } from '../core/line/part-outcome.ts'
import { type Price, together } from '../core/money/forecast.ts'
import { choiceQuestion, unchosenText } from '../core/questions.ts'
import { knownIn } from '../core/session/label.ts'
import type { Head, Prompt, Waiting } from '../core/session/session.ts'
import { currentVersion, headAt } from '../core/session/tree.ts'
import { advise } from '../turn/advise.ts'
import { priceOf } from '../turn/meter.ts'
import { asGroup, asTyped, type Prepared, prepare, promptsOf } from '../turn/prepare.ts'
import type { ReplDependencies } from './dependencies.ts'
import type { LineRun } from './line-run.ts'
import type { TaskRunner } from './task-runner.ts'

/** Reads a typed prompt, advises on it and prices it before it is sent. */
export class Prompts {
  readonly #deps: ReplDependencies
  readonly #runner: TaskRunner
  /** Advice that was given, by session, so that nobody reads it twice. */
  readonly #given = new WeakMap<object, Set<string>>()

  constructor(deps: ReplDependencies, runner: TaskRunner) {
    this.#deps = deps
    this.#runner = runner
  }

  /** Reads what a line mentions; a problem means that the user gets the line back. */
  read(line: string, parsed: Line & { kind: 'prompt' }, run: LineRun): Promise<Prepared | TaskProblem> {
    return this.#runner.through(this.#read(line, parsed), run)
  }

  /** The prompts of a line that is about to be sent. */
  made(waiting: Omit<Waiting, 'id'>, fresh = false) {
    const { session, active } = this.#runner
    return promptsOf(waiting, fresh, { session, engine: active.chat.engine.id, group: this.#newGroup() })
  }

  /** Prompts that a command has made, grouped as those of one line. */
  together(prompts: readonly Prompt[]): readonly Prompt[] {
    return asGroup(prompts, this.#newGroup())
  }

  /** What a line would cost; for a command, what the line after it would cost. */
  price(line: string): Price {
    const { session } = this.#runner
    const parsed = parseLine(line, knownIn(session))
    const lines = [...(parsed.kind === 'prompt' ? [line] : []), SOME_LINE]
    const known = lines.map((one) => this.made(asTyped(one, session))).find(({ ok }) => ok)
    if (!known?.ok) return 'unknown'
    return together(known.prompts.map((prompt) => priceOf(session, prompt, this.#deps)))
  }

  /** True while the user has not chosen from the images of one line. */
  get toChoose(): boolean {
    return (this.#runner.session.choice?.versions.length ?? 0) > 0
  }

  /**
   * Where a line continues from that was typed before the user chose from the images of the previous line; undefined if
   * the user does not say.
   */
  async chosen(run: LineRun): Promise<Head | undefined> {
    const { session } = this.#runner
    const { choice, head } = session
    const current = currentVersion(session)?.number ?? 0
    if (!choice) return head
    if (!this.#runner.asks) {
      this.#runner.print(say(unchosenText(choice, current), 'warning'), run)
      return head
    }
    const answer = await this.#runner.ask(choiceQuestion(choice, current), run)
    if (typeof answer !== 'string' || answer === '') return undefined
    const number = Number(answer.slice(1))
    return choice.versions.includes(number) ? headAt(session, number) : head
  }

  async *#read(
    line: string,
    parsed: Line & { kind: 'prompt' },
  ): AsyncGenerator<Event, Prepared | TaskProblem, Answer> {
    const { session, active } = this.#runner
    const { store, chat } = active
    if (store.readOnly !== undefined) return yield* notSent({ reason: 'read-only', says: store.readOnly })
    const { id: engine, kind } = chat.engine
    const prepared = yield* prepare(line, parsed, { session, place: this.#deps.place, engine })
    const made = 'kind' in prepared ? undefined : this.made(prepared, parsed.fresh)
    if (!made?.ok || kind === 'none') return prepared
    const given = this.#given.get(store) ?? new Set()
    this.#given.set(store, given)
    for (const prompt of new Set(made.prompts)) {
      const problem = yield* advise(session, prompt, given, this.#runner.asks)
      if (problem) return problem
    }
    return prepared
  }

  #newGroup(): string {
    const { turns, waiting } = this.#runner.session
    return `g${turns.length}-${waiting.length}-${this.#deps.clock.now().getTime().toString(36)}`
  }
}

/** Stands for a line that is not typed yet, or whose flags are incomplete. */
const SOME_LINE = 'a line of a few words'
