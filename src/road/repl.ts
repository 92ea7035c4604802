import type { Context } from '../chat/context.ts'
import { watchDrift } from '../chat/drift.ts'
import { dryRun } from '../chat/dry-run.ts'
import type { Prepared } from '../chat/prepare.ts'
import type { Command } from '../commands/define.ts'
import { resolveCommand } from '../commands/usage.ts'
import { type Answer, change, type Event, type Go, type NewFile, say, type Work } from '../core/event.ts'
import { isDry } from '../core/flags.ts'
import type { Price } from '../core/forecast.ts'
import { knownIn, labelFor } from '../core/label.ts'
import { type Line, parseLine } from '../core/line.ts'
import { defaultOf, typedAnswer } from '../core/question.ts'
import { holdsKey, KEY_REFUSED } from '../core/secret.ts'
import type { Head, Prompt, Session, Waiting } from '../core/session.ts'
import type { Opened, Parts, Running, Target } from './parts.ts'
import { Prompts } from './prompts.ts'
import type { Live, Screen } from './screen.ts'
import { type Brought, refusalOf, send } from './sending.ts'
import { warmUp } from './warm-up.ts'
import { Works } from './works.ts'

/** Only to be told what it would send. */
type Dry = { readonly dry: boolean }

/** The one road: a line goes in, events come out, facts are recorded before they are shown. */
export class Repl {
  readonly live: Live<Screen>
  readonly #parts: Parts
  readonly #works: Works
  readonly #prompts: Prompts
  #choosing = false
  #intake: Promise<void> = Promise.resolve()
  /** Lines typed so far: who has typed another one wants no older one back on the prompt. */
  #submitted = 0

  constructor(parts: Parts, opened: Opened) {
    this.#parts = parts
    this.#works = new Works(parts, opened)
    this.#prompts = new Prompts(parts, this.#works)
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
    if (holdsKey(line)) {
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
  perform(make: (context: Context) => Work): Promise<void> {
    return this.#enqueue(async () =>
      this.#works.busy ? this.#goAll(await this.#works.drive(make)) : this.#command('', make),
    )
  }

  /** What a line would cost, and for a command what the line behind it would. */
  priceOf(line: string): Price {
    return this.#prompts.price(line)
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

  async dropHeld(): Promise<void> {
    const ids = this.#session.waiting.map(({ id }) => id)
    this.live.set({ held: false })
    if (ids.length > 0) await this.#safely(this.#works.add(change({ type: 'unqueued', ids })))
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
    while (!this.#works.idle || this.#goesOn()) {
      await new Promise<void>((done) => {
        const stop = this.live.subscribe(() => {
          stop()
          done()
        })
      })
    }
  }

  /** True while a line waits that nothing holds. */
  #goesOn(): boolean {
    const { held, ended, readOnly } = this.live.value
    return this.#session.waiting.length > 0 && !held && !ended && readOnly === null
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
    const parsed = parseLine(line, knownIn(this.#session))
    switch (parsed.kind) {
      case 'nothing':
        return this.runHeld()
      case 'prompt': {
        const under = this.#works.foreground
        if (!under) this.#echo(line)
        const prepared = await this.#prompts.prepare(line, parsed)
        if (!prepared) return this.#giveBack(line, number)
        if (this.#works.busy || this.#choosing || under) return this.#queue(prepared, under)
        this.#loose(this.#prompt(prepared, prepared.files))
        return
      }
      case 'goto':
      case 'command': {
        const found = this.#resolve(parsed)
        const atOnce = found.kind === 'unknown' || /^(?:help|quit|tips|improve)$/.test(found.command.name)
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

  #resolve(parsed: Line & { kind: 'command' | 'goto' }) {
    if (parsed.kind === 'command') return resolveCommand(parsed.name, parsed.rest, this.#parts.commands)
    return resolveCommand('goto', `v${parsed.version}`, this.#parts.commands)
  }

  /** A line that waits is a fact, so that it outlives limn. */
  async #queue({ files, ...waits }: Prepared, under: Running | undefined): Promise<void> {
    const time = this.#parts.clock.now().getTime().toString(36)
    await this.#works.add({
      type: 'change',
      make: ({ turns, waiting }) => {
        const id = `q${turns.length}-${waiting.length}-${time}`
        return { fact: { type: 'queued', waiting: { id, ...waits } }, files }
      },
    })
    // The turn that it was typed under may have ended meanwhile, and badly.
    if (under?.missed) this.#works.hold()
    await this.#next()
  }

  /** The next line that waits, unless something holds it. */
  async #next(): Promise<void> {
    const [first] = this.#session.waiting
    const { held, ended, readOnly } = this.live.value
    if (!first || this.#works.busy || this.#choosing || held || ended || readOnly !== null) return
    const parsed = parseLine(first.line, knownIn(this.#session))
    this.#echo(first.line)
    if (parsed.kind === 'prompt') {
      // It stops to wait with the fact that it has been sent, so that it is in the session at every moment.
      this.#loose(this.#prompt(first, [], first.id))
      return
    }
    await this.#unqueue(first)
    if (parsed.kind === 'nothing') return
    const found = this.#resolve(parsed)
    if (found.kind === 'found') await this.#command(first.line, workOf(found.command, found.rest))
  }

  async #unqueue({ id, line }: Waiting): Promise<void> {
    const claim = this.#works.claim(line, { kind: 'command', since: this.#parts.clock.now() })
    try {
      await this.#works.add(change({ type: 'unqueued', ids: [id] }))
    } finally {
      await this.#works.free(claim)
    }
  }

  async #command(line: string, make: (context: Context) => Work): Promise<void> {
    const running = this.#works.claim(line, { kind: 'command', since: this.#parts.clock.now() })
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

  /** A prompt whose turn has come. */
  async #prompt(waiting: Omit<Waiting, 'id'>, files: readonly NewFile[], queued?: string): Promise<void> {
    const { line } = waiting
    const parsed = parseLine(line, knownIn(this.#session))
    if (parsed.kind !== 'prompt') return
    // Nothing may come between the end of the line before and the claim of this one, unless there is a question.
    const asks = waiting.base === null && !parsed.fresh && this.#prompts.toChoose
    const number = this.#submitted
    const base = asks ? await this.#choose() : waiting.base
    if (base === undefined) {
      // What waits, this line among it, was typed for a place that nobody has chosen.
      this.#works.hold()
      return queued === undefined ? this.#giveBack(line, number) : undefined
    }
    const made = this.#prompts.made({ ...waiting, base })
    if (made.ok) return this.#send(line, made.prompts, { files, queued, base, dry: isDry(parsed.flags) })
    await this.#unsent(say(made.sentence, 'bad'), line, queued)
  }

  /** While the user is asked where a line goes on from, those behind it wait. */
  async #choose(): Promise<Head | undefined> {
    this.#choosing = true
    try {
      return await this.#prompts.chosen()
    } finally {
      this.#choosing = false
    }
  }

  /** Onto the prompt, unless another line has been typed since. */
  #giveBack(line: string, number: number): void {
    if (number === this.#submitted) this.#works.offer(line)
    else this.#works.print(say('Not sent: another line came in place of an answer. Up brings it back.'))
  }

  async #send(line: string, prompts: readonly Prompt[], { dry, ...brought }: Brought & Dry): Promise<void> {
    const [prompt, ...others] = prompts
    if (!prompt) return
    const refusal = refusalOf(prompt, this.#works)
    if (refusal) return this.#unsent(refusal, line, brought.queued)
    if (dry) return this.#dryRun(line, prompts, brought.queued)
    const { clock } = this.#parts
    const { inFront, missed } = await send(line, [prompt, ...others], brought, this.#works, clock)
    if (!inFront) return
    if (!missed) this.#loose(this.#works.drive(watchDrift).then(() => undefined))
    await this.#next()
  }

  /** Tells what a line would send, in its place. */
  async #dryRun(line: string, prompts: readonly Prompt[], queued: string | undefined): Promise<void> {
    if (queued !== undefined) await this.#works.add(change({ type: 'unqueued', ids: [queued] }))
    await this.#command(line, (context) => dryRun(prompts, context))
  }

  async #unsent(why: Event, line: string, queued: string | undefined): Promise<void> {
    if (queued !== undefined) await this.#works.add(change({ type: 'unqueued', ids: [queued] }))
    await this.#works.handle(why)
    this.#works.hold()
    this.#works.offer(line)
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
        this.#loose(this.#send(go.line, this.#prompts.together(go.prompts), { files: [], dry: go.dry }))
        return
      case 'prompt':
        return this.#promptFrom(go)
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

  /** New words from another place than the head. */
  async #promptFrom({ line, typed, parent, fresh }: Go & { to: 'prompt' }): Promise<void> {
    const parsed = parseLine(line, knownIn(this.#session))
    if (parsed.kind !== 'prompt') return this.#works.print(say(`"${line}" is no prompt.`, 'bad'))
    const anew = { ...parsed, fresh: fresh || parsed.fresh }
    const prepared = await this.#prompts.prepare(line, anew)
    if (!prepared) return this.#works.offer(typed)
    const made = this.#prompts.made({ ...prepared, base: prepared.base ?? parent }, anew.fresh)
    if (!made.ok) return this.#unsent(say(made.sentence, 'bad'), typed, undefined)
    this.#loose(this.#send(typed, made.prompts, { files: prepared.files, dry: isDry(parsed.flags) }))
  }

  async #switch(to: Target): Promise<void> {
    // Lines that were typed behind the command, and are not held, were typed for the session that it leads to.
    const behind = this.live.value.held ? [] : this.#session.waiting
    if (behind.length > 0) {
      await this.#works.add(change({ type: 'unqueued', ids: behind.map(({ id }) => id) }))
    }
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

function workOf(command: Command, rest: string): (context: Context) => Work {
  return (context) => {
    const started = command.start(rest, context)
    return 'work' in started
      ? started.work
      : one(say(`${started.problem} For example: ${command.example}`, 'bad'))
  }
}

async function* one(event: Event): Work {
  yield event
}
