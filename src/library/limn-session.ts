import { arrive } from '../commands/goto.ts'
import { saveVersion } from '../commands/save.ts'
import { tagVersion } from '../commands/tag.ts'
import { type Answer, type Event, fail, type Task } from '../core/event.ts'
import { exitCodeOf } from '../core/exit-codes.ts'
import type { LineOutcome } from '../core/line/line-outcome.ts'
import { isProblem, type TaskProblem, whyText } from '../core/line/part-outcome.ts'
import { together } from '../core/money/forecast.ts'
import { headOf, selectVersion } from '../core/session/selection.ts'
import { currentVersion } from '../core/session/tree.ts'
import type { Place } from '../host/place.ts'
import { systemClock } from '../host/system-clock.ts'
import type { Repl } from '../repl/repl.ts'
import type { TranscriptItem } from '../repl/screen.ts'
import { advise } from '../turn/advise.ts'
import type { Context } from '../turn/context.ts'
import { priceOf } from '../turn/meter.ts'
import { preparePlain } from '../turn/plain-prompt.ts'
import type { DrawOptions } from './draw-options.ts'
import { plainPromptOf } from './draw-prompt.ts'
import type { ActResult, DrawResult, LimnProblem, LimnVersion } from './draw-result.ts'
import { EventStream } from './event-stream.ts'
import type { LimnEvent } from './limn-event.ts'
import { eventsOfItem, lineResultEvent, problemEvents, resultEvent, sessionEvent } from './line-events.ts'
import { drawResultOf, problemFor, versionFor } from './read-outcome.ts'

/** What a drawing would cost, in dollars: usually, and at most. */
export type DrawPrice =
  | { readonly kind: 'known'; readonly usual: number; readonly most: number }
  /** The practice engine is free. */
  | { readonly kind: 'free' }
  /** limn has no price for it. */
  | { readonly kind: 'unknown' }
  | LimnProblem

/** @internal What a session is made of. */
export type SessionParts = {
  readonly repl: Repl
  readonly place: Place
  /** Receives what is printed while a line runs. */
  readonly listener: { print(item: TranscriptItem): void }
  readonly signal: AbortSignal | undefined
  /** Stops what was started for this session. */
  end(): Promise<void>
}

/** One open session. Its calls run one after another, in order. */
export class LimnSession {
  /** Why the requested session could not be opened, or null. Every call then does nothing and returns this. */
  readonly problem: LimnProblem | null
  /** What limn said while opening it. */
  readonly notes: readonly string[]
  readonly #parts: SessionParts
  readonly #unopened: TaskProblem | undefined
  /** Advice that was given already: it is given once. */
  readonly #advised = new Set<string>()
  #last: Promise<unknown> = Promise.resolve()
  #closing: Promise<void> | undefined

  /** @internal `openSession` makes one. */
  constructor(parts: SessionParts, unopened: TaskProblem | undefined, notes: readonly string[]) {
    this.#parts = parts
    this.#unopened = unopened
    this.problem = unopened ? asUnopened(unopened) : null
    this.notes = notes
    const { signal } = parts
    const stop = () => void this.close()
    signal?.addEventListener('abort', stop, { once: true })
    if (signal?.aborted) stop()
  }

  /** Null for a new session, until something happens in it. */
  get id(): string | null {
    return this.#repl.live.value.session.id || null
  }

  /** The full path of the session's folder; null until it has one. */
  get folder(): string | null {
    return this.#repl.folder ?? null
  }

  /** The engine: `gemini`, `vertex`, `server:HOST`, `practice`, or `none` without a key. */
  get engine(): string {
    return this.#repl.live.value.engine.id
  }

  /** All images, in order of their numbers. */
  get versions(): readonly LimnVersion[] {
    const { session } = this.#repl.live.value
    return session.versions.map((version) => versionFor(version, session, this.folder ?? ''))
  }

  /** The image that the next prompt edits, or null if it makes a new one. */
  get current(): LimnVersion | null {
    const { session } = this.#repl.live.value
    const version = currentVersion(session)
    return version ? versionFor(version, session, this.folder ?? '') : null
  }

  /**
   * Sends a prompt and returns the outcome. The prompt is plain words: nothing in it is a mark, a flag or a command.
   */
  draw(prompt: string, options: DrawOptions = {}): Promise<DrawResult> {
    return this.#inTurn(async (refusal) => {
      if (refusal) return { ...this.#problemFrom(refusal), ...NOTHING }
      const plain = plainPromptOf(prompt, options)
      const advised = this.#advised
      const outcome = await this.#repl.outcome(async function* (context): Task {
        const read = yield* preparePlain(plain, context)
        if (isProblem(read)) return read
        const { prompts, files, base } = read
        for (const one of new Set(prompts)) {
          const problem = yield* advise(context.session, one, advised, context.asks)
          if (problem) return problem
        }
        const turns = { prompts, files, dry: false, ...(base && { base }) }
        yield { type: 'go', to: 'turns', line: prompts[0]?.line ?? prompt, ...turns }
      })
      return drawResultOf(outcome, this.#repl.live.value.session, this.folder ?? '')
    })
  }

  /** Returns what a prompt would cost. Nothing is sent. */
  price(prompt: string, options: DrawOptions = {}): Promise<DrawPrice> {
    return this.#task(async function* (context) {
      const read = yield* preparePlain(plainPromptOf(prompt, options), context)
      if (isProblem(read)) return read
      const price = together(read.prompts.map((one) => priceOf(context.session, one, context)))
      return typeof price === 'string' ? { kind: price } : { kind: 'known', ...price }
    })
  }

  /**
   * Sends a line as it would be typed: a prompt with marks and flags, a command, or a version. Returns what happens, as
   * `limn run --json` prints it, from the session to the result. The line is sent even if nobody reads the events.
   */
  send(line: string): AsyncIterable<LimnEvent> {
    const stream = new EventStream<LimnEvent>()
    void this.#inTurn((refusal) => this.#stream(line, refusal, stream)).finally(() => stream.end())
    return stream
  }

  /** Makes another version the one that the next prompt edits: `3`, `'v3'`, a tag, or `0` for a blank sheet. */
  goTo(version: number | string): Promise<ActResult> {
    const word = wordFor(version)
    return this.#act(async function* (context): Task {
      const there = headOf(word, context.session)
      if (!there.ok) return yield* fail(there.sentence)
      return yield* arrive(context, there.head, 'goto', false)
    })
  }

  /** Tags a version, or the current one if none is named. A version that already has this tag loses it. */
  tag(name: string, version?: number | string): Promise<ActResult> {
    const word = version === undefined ? undefined : wordFor(version)
    return this.#act((context) => tagVersion(name.replace(/^@/, ''), word, context.session))
  }

  /**
   * Saves a version, or the current one if none is named, as a file of your own. The extension chooses the format.
   * Another file is overwritten only with `force`, and an image that the session was given never.
   */
  save(
    path: string,
    { version, force = false }: { readonly version?: number | string; readonly force?: boolean } = {},
  ): Promise<ActResult<{ readonly path: string }>> {
    const word = version === undefined ? undefined : wordFor(version)
    return this.#task(async function* (context) {
      const selected = selectVersion(word, context.session)
      if (!selected.ok) return yield* fail(selected.sentence)
      const saved = await saveVersion(selected.version, path, force, context)
      if (!saved.ok) return yield* fail(saved.sentence)
      return { kind: 'done', path: saved.path }
    })
  }

  /** Finishes what was asked for, and releases the session. Later calls do nothing and say so. */
  close(): Promise<void> {
    this.#closing ??= this.#last.then(async () => {
      await this.#repl.close()
      await this.#parts.end()
    })
    return this.#closing
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close()
  }

  get #repl(): Repl {
    return this.#parts.repl
  }

  /** Runs calls one after another. `refusal`: why the call does nothing. */
  #inTurn<T>(work: (refusal: TaskProblem | undefined) => Promise<T>): Promise<T> {
    const early = this.#unopened ?? (this.#closing ? CLOSED : undefined)
    const done = this.#last.then(() => work(early ?? (this.#parts.signal?.aborted ? CLOSED : undefined)))
    this.#last = done.catch(() => undefined)
    return done
  }

  #problemFrom(refusal: TaskProblem): LimnProblem {
    return this.problem ?? problemFor(refusal)
  }

  #act(make: (context: Context) => Task): Promise<ActResult> {
    return this.#inTurn(async (refusal) => {
      if (refusal) return this.#problemFrom(refusal)
      const outcome = await this.#repl.outcome(make)
      return outcome.kind === 'done' ? { kind: 'done' } : problemFor(outcome)
    })
  }

  #task<T extends object>(
    make: (context: Context) => AsyncGenerator<Event, T | TaskProblem, Answer>,
  ): Promise<T | LimnProblem> {
    return this.#inTurn(async (refusal) => {
      if (refusal) return this.#problemFrom(refusal)
      const result = await this.#repl.result(make)
      return isProblem(result) ? problemFor(result) : result
    })
  }

  async #stream(
    line: string,
    refusal: TaskProblem | undefined,
    stream: EventStream<LimnEvent>,
  ): Promise<void> {
    const { place, listener } = this.#parts
    const began = systemClock.now().getTime()
    stream.push(sessionEvent(this.#repl.live.value, place))
    let outcome: LineOutcome | undefined
    if (!refusal) {
      listener.print = (item) => {
        for (const event of eventsOfItem(item, place.root, true)) stream.push(event)
      }
      outcome = await this.#repl.submit(line)
      listener.print = () => undefined
    }
    for (const event of problemEvents(outcome ?? refusal ?? CLOSED)) stream.push(event)
    if (outcome) stream.push(lineResultEvent(outcome))
    const session = this.#repl.live.value.session.id
    const milliseconds = systemClock.now().getTime() - began
    const code = exitCodeOf([outcome ?? refusal])
    stream.push(resultEvent({ session, outcomes: outcome ? [outcome] : [], milliseconds, code }))
  }
}

const CLOSED: TaskProblem = {
  kind: 'not-sent',
  why: { reason: 'stopped', says: 'Not sent: the session is closed.' },
}

const NOTHING = { versions: [], words: '', notes: [], usd: 0, mayHaveBeenBilled: 0 }

function asUnopened({ why }: TaskProblem): LimnProblem {
  return { kind: 'not-sent', reason: 'not-open', text: whyText(why) }
}

/** A version as it is typed: `v3` for 3. */
function wordFor(version: number | string): string {
  return typeof version === 'number' ? `v${version}` : version
}
