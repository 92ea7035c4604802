import type { Command } from '../commands/define.ts'
import { type Resolved, resolveCommand, resolveVersion, secretIn, spelledOut } from '../commands/usage.ts'
import { type Answer, change, type Event, type Go, say, type Task } from '../core/event.ts'
import { type Line, parseLine } from '../core/line/line.ts'
import { holdsKey, KEY_REFUSED } from '../core/line/secret.ts'
import type { Price } from '../core/money/forecast.ts'
import { defaultOf, typedAnswer } from '../core/questions.ts'
import { knownIn, labelFor } from '../core/session/label.ts'
import type { Session, Waiting } from '../core/session/session.ts'
import type { Context } from '../turn/context.ts'
import type { Prepared } from '../turn/prepare.ts'
import type { ActiveSession, ReplDependencies, Running, Target } from './parts.ts'
import { Prompts } from './prompts.ts'
import type { Live, Screen } from './screen.ts'
import { Sender } from './sender.ts'
import { TaskRunner } from './task-runner.ts'
import { WaitingLines } from './waiting-lines.ts'
import { warmUp } from './warm-up.ts'

/** The one road: a line goes in, events come out, facts are recorded before they are shown. */
export class Repl {
  readonly live: Live<Screen>
  readonly #parts: ReplDependencies
  readonly #works: TaskRunner
  readonly #prompts: Prompts
  readonly #waiting: WaitingLines
  readonly #sender: Sender
  #intake: Promise<void> = Promise.resolve()
  /** Lines typed so far. */
  #submitted = 0

  constructor(parts: ReplDependencies, opened: ActiveSession) {
    this.#parts = parts
    this.#works = new TaskRunner(parts, opened)
    this.#prompts = new Prompts(parts, this.#works)
    this.#waiting = new WaitingLines(this.#works, parts.clock)
    this.#sender = new Sender({
      works: this.#works,
      prompts: this.#prompts,
      waiting: this.#waiting,
      clock: parts.clock,
      typed: () => this.#submitted,
      next: () => this.#next(),
      command: (line, make, waited) => this.#command(line, make, waited),
      loose: (work) => this.#loose(work),
    })
    this.live = this.#works.live
  }

  /** The folder of the session that is open; undefined while nothing has happened in it. */
  get folder(): string | undefined {
    return this.#works.opened.store.folder
  }

  /** Says what there is to say of the session that limn began with. */
  start(): Promise<void> {
    return this.perform(this.#works.opened.welcome)
  }

  /** Loads what the first line will need. */
  warmUp(): Promise<void> {
    return warmUp(this.#works.opened.chat)
  }

  /** A typed line. Lines are taken one after another; a question that is open gets its default answer. */
  submit(line: string): Promise<void> {
    if (holdsKey(line) || this.secretIn(line) === 'holds') {
      this.#works.print(say(KEY_REFUSED, 'bad'))
      return Promise.resolve()
    }
    const { question } = this.live.value
    if (question) {
      const typed = typedAnswer(question, line)
      this.answer(typed ?? defaultOf(question))
      if (typed !== undefined) return Promise.resolve()
    }
    this.#submitted += 1
    const number = this.#submitted
    return this.#enqueue(() => this.#take(line, number))
  }

  /** Work of the door's own, such as images that are named on the command line. */
  perform(make: (context: Context) => Task): Promise<void> {
    return this.#enqueue(async () =>
      this.#works.busy ? this.#goAll(await this.#works.drive(make)) : this.#command('', make),
    )
  }

  /** What a line would cost, and for a command what the line behind it would. */
  priceOf(line: string): Price {
    return this.#prompts.price(line)
  }

  /** Whether a line asks for a secret, or holds one and is not to be kept. */
  secretIn(line: string): 'asks' | 'holds' | 'none' {
    return secretIn(line, this.#parts.commands)
  }

  /** A word that acts alone, as the command that it stands for. */
  spelledOut(line: string): string {
    return spelledOut(line, this.#parts.commands)
  }

  answer(answer: Answer): void {
    this.#works.answer(answer)
  }

  /** Esc: the turn goes on behind and the prompt is free, or the call is cut where the user has set that. */
  letGo(): Promise<void> {
    return this.#safely(this.#works.letGo())
  }

  /** Enter on an empty prompt while lines are held. */
  runHeld(): Promise<void> {
    this.live.set({ held: false })
    return this.#safely(this.#next())
  }

  dropHeld(): Promise<void> {
    return this.#safely(this.#waiting.drop())
  }

  /** Records what is still out, and gives the session back. */
  async close(): Promise<void> {
    if (this.live.value.ended) return
    await this.#works.sessions.leave()
    this.live.set({ ended: true })
  }

  /** When all that was submitted has come to its end, also what was let go. */
  async settled(): Promise<void> {
    await this.#intake
    while (!this.#works.idle || this.#waiting.first !== undefined) {
      await new Promise<void>((done) => {
        const stop = this.live.subscribe(() => {
          stop()
          done()
        })
      })
    }
  }

  get #session(): Session {
    return this.#works.session
  }

  #enqueue(work: () => Promise<void>): Promise<void> {
    this.#intake = this.#safely(this.#intake.then(work))
    return this.#intake
  }

  /** What goes wrong is said, and limn goes on. */
  #safely(work: Promise<void>): Promise<void> {
    return work.catch((error: unknown) => this.#works.surprise(error))
  }

  /** Turns are not waited for by the lines after them, which queue. */
  #loose(work: Promise<void>): void {
    void this.#safely(work)
  }

  async #take(line: string, number = this.#submitted): Promise<void> {
    const parsed = parseLine(this.spelledOut(line), knownIn(this.#session))
    switch (parsed.kind) {
      case 'nothing':
        return this.runHeld()
      case 'prompt': {
        const under = this.#works.foreground
        if (!under) this.#echo(line)
        const prepared = await this.#prompts.prepare(line, parsed)
        if (!prepared) return this.#sender.giveBack(line, number)
        if (this.#works.busy || this.#sender.choosing || under) return this.#queue(prepared, under)
        this.#loose(this.#sender.prompt(prepared, prepared.files))
        return
      }
      case 'goto':
      case 'command': {
        const found = this.#resolve(parsed)
        const atOnce = found.kind === 'unknown' || found.command.atOnce
        const under = this.#works.foreground
        if (under && !atOnce) return this.#queue({ line, base: null, mentions: [], files: [] }, under)
        this.#echo(line)
        if (found.kind === 'unknown') return this.#works.print(say(found.sentence, 'bad'))
        const work = workOf(found.command, found.rest)
        if (!this.#works.busy) return this.#command(line, work)
        return this.#goAll(await this.#works.drive(work))
      }
    }
  }

  #resolve(parsed: Line & { kind: 'command' | 'goto' }): Resolved {
    const { commands } = this.#parts
    if (parsed.kind === 'command') return resolveCommand(parsed.name, parsed.rest, commands)
    return resolveVersion(parsed.version, commands)
  }

  async #queue(prepared: Prepared, under: Running | undefined): Promise<void> {
    await this.#waiting.add(prepared)
    // The turn that it was typed under may have ended meanwhile, and badly.
    if (under?.missed) this.#works.hold()
    await this.#next()
  }

  /** The next line that waits, unless something holds it. */
  async #next(): Promise<void> {
    const { first } = this.#waiting
    if (!first || this.#works.busy || this.#sender.choosing) return
    const parsed = parseLine(this.spelledOut(first.line), knownIn(this.#session))
    this.#echo(first.line)
    if (parsed.kind === 'prompt') {
      // It stops to wait with the fact that it has been sent, so that it is in the session at every moment.
      this.#loose(this.#sender.prompt(first, [], first.id))
      return
    }
    const found = parsed.kind === 'nothing' ? undefined : this.#resolve(parsed)
    const work = found?.kind === 'found' ? workOf(found.command, found.rest) : () => nothing()
    await this.#command(first.line, work, [first])
  }

  /** `waited`: the waiting line that it was, which waits no longer from here on. */
  async #command(
    line: string,
    make: (context: Context) => Task,
    waited: readonly Pick<Waiting, 'id'>[] = [],
  ): Promise<void> {
    const running = this.#works.claim(line, { kind: 'command', since: this.#parts.clock.now() })
    try {
      await this.#waiting.remove(waited)
    } catch (error) {
      await this.#works.free(running)
      throw error
    }
    const before = this.#session.head
    let gos: readonly Go[] = []
    try {
      gos = await this.#works.drive(make, running)
    } catch (error) {
      this.#works.surprise(error)
    }
    await this.#works.free(running)
    // Lines that wait were typed for another place than the one that a jump has led to.
    if (this.#session.head !== before) this.#works.hold()
    await this.#goAll(gos)
    await this.#next()
  }

  async #goAll(gos: readonly Go[]): Promise<void> {
    for (const go of gos) await this.#go(go)
  }

  async #go(go: Go): Promise<void> {
    switch (go.to) {
      case 'line':
        return this.#take(go.line)
      case 'offer':
        return this.#works.offer(go.line)
      case 'propose':
        return this.live.set({ offer: { line: go.line, instead: go.instead } })
      case 'turns':
        this.#loose(this.#sender.turns(go))
        return
      case 'prompt':
        return this.#sender.promptFrom(go)
      case 'session':
        return this.#switch({ kind: 'session', id: go.id })
      case 'new':
        return this.#switch({ ...go, kind: 'new' })
      case 'engine':
        return this.#works.sessions.reconnect()
      case 'quit':
        return this.close()
    }
  }

  async #switch(to: Target): Promise<void> {
    // Lines that were typed behind the command, and are not held, were typed for the session that it leads to.
    const behind = this.live.value.held ? [] : this.#session.waiting
    await this.#waiting.remove(behind)
    const switched = await this.#works.sessions.switch(to)
    const { opened, session } = this.#works
    if (switched === 'back') {
      this.#works.print(say(`Session ${session.id}; a turn of it is still out, and its answer comes here.`))
    }
    if (switched === 'opened' && to.kind === 'new') {
      this.#works.print(say('A new session; the one before stays as it is: /resume goes back to it.'))
      this.#works.print(say(opened.chat.engine.label))
      if (to.title !== '') await this.#works.add(change({ type: 'titled', title: to.title }))
    }
    if (switched === 'opened') await this.#command('', opened.welcome)
    for (const { line } of behind) await this.#take(line)
  }

  #echo(line: string): void {
    this.#parts.print({ kind: 'line', label: labelFor(this.#session, line), text: line })
  }
}

function workOf(command: Command, rest: string): (context: Context) => Task {
  return (context) => {
    const started = command.start(rest, context)
    return 'work' in started ? started.work : one(say(started.problem, 'bad'))
  }
}

async function* nothing(): Task {}

async function* one(event: Event): Task {
  yield event
}
