import { say } from '../core/event.ts'
import { type Line, parseLine } from '../core/line/line.ts'
import { type Price, together } from '../core/money/forecast.ts'
import { choiceQuestion, unchosenText } from '../core/questions.ts'
import { knownIn } from '../core/session/label.ts'
import type { Head, Prompt, Waiting } from '../core/session/session.ts'
import { currentVersion, headAt } from '../core/session/tree.ts'
import { advise } from '../turn/advise.ts'
import { priceOf } from '../turn/meter.ts'
import { asGroup, asTyped, type Prepared, prepare, promptsOf } from '../turn/prepare.ts'
import type { ReplDependencies } from './parts.ts'
import type { TaskRunner } from './task-runner.ts'

/** What a typed prompt is before it is sent: read, told of, priced. */
export class Prompts {
  readonly #parts: ReplDependencies
  readonly #works: TaskRunner
  /** Advice that was given, session by session, so that nobody is told twice. */
  readonly #told = new WeakMap<object, Set<string>>()

  constructor(parts: ReplDependencies, works: TaskRunner) {
    this.#parts = parts
    this.#works = works
  }

  /** Reads what a line mentions; undefined when the user wants the line back. */
  async prepare(line: string, parsed: Line & { kind: 'prompt' }): Promise<Prepared | undefined> {
    const { readOnly } = this.#works.live.value
    if (readOnly !== null) {
      this.#works.print(say(readOnly, 'warning'))
      return undefined
    }
    const { session } = this.#works
    const { store, chat } = this.#works.opened
    const { id: engine, kind } = chat.engine
    const desk = { session, place: this.#parts.place, engine }
    const prepared = await this.#works.through(prepare(line, parsed, desk))
    const made = prepared && this.made(prepared, parsed.fresh)
    if (!made?.ok || kind === 'none') return prepared
    const told = this.#told.get(store) ?? new Set()
    this.#told.set(store, told)
    for (const prompt of new Set(made.prompts)) {
      const sends = await this.#works.through(advise(session, prompt, told, this.#parts.asks))
      if (!sends) return undefined
    }
    return prepared
  }

  /** The prompts of a line whose turn has come. */
  made(waiting: Omit<Waiting, 'id'>, fresh = false) {
    const { session, opened } = this.#works
    return promptsOf(waiting, fresh, { session, engine: opened.chat.engine.id, group: this.#newGroup() })
  }

  /** Prompts that a command has made, as those of one line. */
  together(prompts: readonly Prompt[]): readonly Prompt[] {
    return asGroup(prompts, this.#newGroup())
  }

  /** What a line would cost, and for a command what the line behind it would. */
  price(line: string): Price {
    const { session } = this.#works
    const parsed = parseLine(line, knownIn(session))
    const lines = [...(parsed.kind === 'prompt' ? [line] : []), SOME_LINE]
    const known = lines.map((one) => this.made(asTyped(one, session))).find(({ ok }) => ok)
    if (!known?.ok) return 'unknown'
    return together(known.prompts.map((prompt) => priceOf(session, prompt, this.#parts)))
  }

  /** True while there are images of one line that nobody has chosen from. */
  get toChoose(): boolean {
    return (this.#works.session.choice?.versions.length ?? 0) > 0
  }

  /**
   * Where a line goes on from that was typed before anyone had chosen from the images of the line before it; undefined
   * when the user does not say.
   */
  async chosen(): Promise<Head | undefined> {
    const { session } = this.#works
    const { choice, head } = session
    const current = currentVersion(session)?.number ?? 0
    if (!choice) return head
    if (!this.#parts.asks) {
      this.#works.print(say(unchosenText(choice, current), 'warning'))
      return head
    }
    const answer = await this.#works.handle({ type: 'ask', question: choiceQuestion(choice, current) })
    if (typeof answer !== 'string' || answer === '') return undefined
    const number = Number(answer.slice(1))
    return choice.versions.includes(number) ? headAt(session, number) : head
  }

  #newGroup(): string {
    const { turns, waiting } = this.#works.session
    return `g${turns.length}-${waiting.length}-${this.#parts.clock.now().getTime().toString(36)}`
  }
}

/** Stands for a line that is not there yet, or whose flags are not finished. */
const SOME_LINE = 'a line of a few words'
