import { type Event, type Go, type NewFile, say, type Task } from '../core/event.ts'
import { isDry } from '../core/line/flags.ts'
import { parseLine } from '../core/line/line.ts'
import { knownIn } from '../core/session/label.ts'
import type { Head, Prompt, Waiting } from '../core/session/session.ts'
import type { Clock } from '../host/clock.ts'
import type { Context } from '../turn/context.ts'
import { dryRun } from '../turn/dry-run.ts'
import { watchDrift } from '../turn/watch-drift.ts'
import type { Prompts } from './prompts.ts'
import { type LineInputs, refusalOf, send } from './sending.ts'
import type { TaskRunner } from './task-runner.ts'
import type { WaitingLines } from './waiting-lines.ts'

/** What the road does around it. */
type Around = {
  readonly works: TaskRunner
  readonly prompts: Prompts
  readonly waiting: WaitingLines
  readonly clock: Clock
  /** Lines typed so far: who has typed another one wants no older one back on the prompt. */
  typed(): number
  /** Goes on with the lines that wait. */
  next(): Promise<void>
  command(
    line: string,
    make: (context: Context) => Task,
    waited: readonly Pick<Waiting, 'id'>[],
  ): Promise<void>
  /** Is not waited for. */
  loose(work: Promise<void>): void
}

/** Only to be told what it would send. */
type Dry = { readonly dry: boolean }

/** Sends a prompt whose turn has come, or gives its line back. */
export class Sender {
  readonly #around: Around
  #choosing = false

  constructor(around: Around) {
    this.#around = around
  }

  /** While the user is asked where a line goes on from, those behind it wait. */
  get choosing(): boolean {
    return this.#choosing
  }

  /** `queued`: the waiting line that it was. */
  async prompt(waiting: Omit<Waiting, 'id'>, files: readonly NewFile[], queued?: string): Promise<void> {
    const { works, prompts, typed } = this.#around
    const { line } = waiting
    const parsed = parseLine(line, knownIn(works.session))
    if (parsed.kind !== 'prompt') return
    // Nothing may come between the end of the line before and the claim of this one, unless there is a question.
    const asks = waiting.base === null && !parsed.fresh && prompts.toChoose
    const number = typed()
    const base = asks ? await this.#choose() : waiting.base
    if (base === undefined) {
      // What waits, this line among it, was typed for a place that nobody has chosen.
      works.hold()
      return queued === undefined ? this.giveBack(line, number) : undefined
    }
    const made = prompts.made({ ...waiting, base })
    if (made.ok) return this.#send(line, made.prompts, { files, queued, base, dry: isDry(parsed.flags) })
    await this.#unsent(say(made.sentence, 'bad'), line, queued)
  }

  /** New words from another place than the head. */
  async promptFrom({ line, typed, parent, fresh }: Go & { to: 'prompt' }): Promise<void> {
    const { works, prompts, loose } = this.#around
    const parsed = parseLine(line, knownIn(works.session))
    if (parsed.kind !== 'prompt') return works.print(say(`"${line}" is no prompt.`, 'bad'))
    const anew = { ...parsed, fresh: fresh || parsed.fresh }
    const prepared = await prompts.prepare(line, anew)
    if (!prepared) return works.offer(typed)
    const made = prompts.made({ ...prepared, base: prepared.base ?? parent }, anew.fresh)
    if (!made.ok) return this.#unsent(say(made.sentence, 'bad'), typed, undefined)
    loose(this.#send(typed, made.prompts, { files: prepared.files, dry: isDry(parsed.flags) }))
  }

  /** Prompts that a command has made. */
  turns({ line, prompts, dry }: Go & { to: 'turns' }): Promise<void> {
    return this.#send(line, this.#around.prompts.together(prompts), { files: [], dry })
  }

  /** Onto the prompt, unless another line has been typed since. */
  giveBack(line: string, number: number): void {
    const { works, typed } = this.#around
    if (number === typed()) works.offer(line)
    else works.print(say('Not sent: another line came in place of an answer. Up brings it back.'))
  }

  async #choose(): Promise<Head | undefined> {
    this.#choosing = true
    try {
      return await this.#around.prompts.chosen()
    } finally {
      this.#choosing = false
    }
  }

  async #send(
    line: string,
    prompts: readonly Prompt[],
    { dry, ...brought }: LineInputs & Dry,
  ): Promise<void> {
    const { works, clock, loose, next } = this.#around
    const [prompt, ...others] = prompts
    if (!prompt) return
    const refusal = refusalOf(prompt, works)
    if (refusal) return this.#unsent(refusal, line, brought.queued)
    if (dry) return this.#dryRun(line, prompts, brought.queued)
    const { inFront, missed } = await send(line, [prompt, ...others], brought, works, clock)
    if (!inFront) return
    if (!missed) loose(works.drive(watchDrift).then(() => undefined))
    await next()
  }

  /** Tells what a line would send, in its place. */
  async #dryRun(line: string, prompts: readonly Prompt[], queued: string | undefined): Promise<void> {
    const waited = queued === undefined ? [] : [{ id: queued }]
    await this.#around.command(line, (context) => dryRun(prompts, context), waited)
  }

  async #unsent(why: Event, line: string, queued: string | undefined): Promise<void> {
    const { works } = this.#around
    if (queued !== undefined) await this.#around.waiting.remove([{ id: queued }])
    await works.handle(why)
    works.hold()
    works.offer(line)
  }
}
