import { advise } from './chat/advise.ts'
import { allowed } from './chat/allowed.ts'
import type { Context } from './chat/context.ts'
import { watchDrift } from './chat/drift.ts'
import { dryRun } from './chat/dry-run.ts'
import { priceOf } from './chat/meter.ts'
import type { Permit } from './chat/permit.ts'
import { asGroup, asTyped, type Prepared, prepare, promptsOf } from './chat/prepare.ts'
import type { Command } from './commands/define.ts'
import { resolveCommand } from './commands/usage.ts'
import { adviceOf } from './core/advice.ts'
import { type Answer, change, type Event, type Go, type NewFile, say, type Work } from './core/event.ts'
import { tell } from './core/failure.ts'
import { isDry } from './core/flags.ts'
import { type Price, together } from './core/forecast.ts'
import { knownIn, labelFor } from './core/label.ts'
import { type Line, parseLine } from './core/line.ts'

import { choiceQuestion, defaultOf, typedAnswer } from './core/question.ts'

import { holdsKey, KEY_REFUSED } from './core/secret.ts'
import type { Head, Prompt, Session, Waiting } from './core/session.ts'
import { currentVersion, headAt } from './core/tree.ts'
import type { Live, Screen } from './screen.ts'
import { type Ended, runTurns, summaryOf } from './turns.ts'
import { type Opened, type Parts, type Running, type Target, Works } from './works.ts'

/** The one road: a line goes in, events come out, facts are recorded before they are shown. */
export class Repl {
  readonly live: Live<Screen>
  readonly #parts: Parts
  readonly #works: Works
  /** Advice that was given, session by session, so that nobody is told twice. */
  readonly #told = new WeakMap<object, Set<string>>()
  #intake: Promise<void> = Promise.resolve()
  /** Lines typed so far: who has typed another one wants no older one back on the prompt. */
  #submitted = 0

  constructor(parts: Parts, opened: Opened) {
    this.#parts = parts
    this.#works = new Works(parts, opened)
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
    return this.#works.opened.chat.warmUp()
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
    const session = this.#session
    const parsed = parseLine(line, knownIn(session))
    const made = [...(parsed.kind === 'prompt' ? [line] : []), SOME_LINE].map((one) =>
      promptsOf(asTyped(one, session), false, this.#world()),
    )
    const known = made.find(({ ok }) => ok)
    if (!known?.ok) return 'unknown'
    return together(known.prompts.map((prompt) => priceOf(session, prompt, this.#parts)))
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
    await this.#works.leave()
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
        const prepared = await this.#prepare(line, parsed)
        if (!prepared && number < this.#submitted)
          return this.#works.print(
            say('Not sent: another line came in place of an answer. Up brings it back.'),
          )
        if (!prepared) return this.#offer(line)
        if (this.#works.busy || under) return this.#queue(prepared, under)
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

  /** Reads what a line mentions; undefined when the user wants the line back. */
  async #prepare(line: string, parsed: Line & { kind: 'prompt' }): Promise<Prepared | undefined> {
    const { readOnly } = this.live.value
    if (readOnly !== null) {
      this.#works.print(say(readOnly, 'warning'))
      return undefined
    }
    const { store, chat } = this.#works.opened
    const { id: engine, kind } = chat.engine
    const prepared = await this.#through(
      prepare(line, parsed, { session: this.#session, place: this.#parts.place, engine }),
    )
    const made = prepared && promptsOf(prepared, parsed.fresh, this.#world())
    if (!made?.ok || kind === 'none') return prepared
    const told = this.#told.get(store) ?? new Set()
    this.#told.set(store, told)
    for (const prompt of new Set(made.prompts)) {
      const sends = await this.#through(advise(this.#session, prompt, told, this.#parts.asks))
      if (!sends) return undefined
    }
    return prepared
  }

  /** What comes before a work: its questions are asked, and its end is given back. */
  async #through<T>(steps: AsyncGenerator<Event, T, Answer>): Promise<T> {
    for (let step = await steps.next(undefined); ; ) {
      if (step.done) return step.value
      step = await steps.next(await this.#works.handle(step.value))
    }
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
    if (under?.missed) this.#hold()
    await this.#next()
  }

  /** The next line that waits, unless something holds it. */
  async #next(): Promise<void> {
    const [first] = this.#session.waiting
    const { held, ended, readOnly } = this.live.value
    if (!first || this.#works.busy || held || ended || readOnly !== null) return
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
    if (this.#session.head !== before) this.#hold()
    await this.#goAll(gos)
    await this.#next()
  }

  /** A prompt whose turn has come. */
  async #prompt(waiting: Omit<Waiting, 'id'>, files: readonly NewFile[], queued?: string): Promise<void> {
    const { line } = waiting
    const parsed = parseLine(line, knownIn(this.#session))
    if (parsed.kind !== 'prompt') return
    const base = waiting.base ?? (parsed.fresh ? null : await this.#chosen())
    const made = promptsOf({ ...waiting, base }, false, this.#world())
    if (made.ok) return this.#turns(line, made.prompts, files, { queued, dry: isDry(parsed.flags) })
    await this.#unsent(say(made.sentence, 'bad'), line, queued)
  }

  #world() {
    const { turns, waiting } = this.#session
    const time = this.#parts.clock.now().getTime().toString(36)
    return {
      session: this.#session,
      engine: this.#works.opened.chat.engine.id,
      group: `g${turns.length}-${waiting.length}-${time}`,
    }
  }

  /** Where a line goes on from that was typed before anyone had chosen from the images of the line before it. */
  async #chosen(): Promise<Head | null> {
    const { choice, head } = this.#session
    if (!choice || choice.versions.length === 0) return null
    const current = currentVersion(this.#session)?.number ?? 0
    const answer = await this.#works.handle({ type: 'ask', question: choiceQuestion(choice, current) })
    const number = Number(String(answer).slice(1))
    return choice.versions.includes(number) ? (headAt(this.#session, number) ?? null) : head
  }

  /** The turns of one line, side by side. */
  async #turns(
    line: string,
    prompts: readonly Prompt[],
    files: readonly NewFile[],
    { queued, dry }: { readonly queued?: string | undefined; readonly dry: boolean },
  ): Promise<void> {
    const [prompt] = prompts
    if (!prompt) return
    const refusal = this.#refusal(prompt)
    if (refusal) return this.#unsent(refusal, line, queued)
    if (dry) return this.#dryRun(line, prompts, queued)
    const since = this.#parts.clock.now()
    const lane = { kind: 'turn', since, prompt, text: '', of: prompts.length, done: 0 } as const
    const running = this.#works.claim(line, lane)
    const permits = await this.#allowed(prompts, running)
    if (permits.length === 0) return this.#unpaid(running, queued)
    const ended = await runTurns(permits, { files, queued }, running, this.#works)
    await this.#ended(running, ended)
  }

  /** Those of a line's calls that may go out, for what they cost. */
  async #allowed(prompts: readonly Prompt[], running: Running): Promise<readonly Permit[]> {
    let permits: readonly Permit[] = []
    try {
      await this.#works.drive(async function* (context): Work {
        permits = yield* allowed(prompts, context)
      }, running)
    } catch (error) {
      this.#works.surprise(error)
    }
    return permits
  }

  /** None of them may: the line is given back as it was typed. */
  async #unpaid(running: Running, queued: string | undefined): Promise<void> {
    running.missed = true
    try {
      if (queued !== undefined) await running.record.add(change({ type: 'unqueued', ids: [queued] }))
    } finally {
      await this.#works.free(running)
    }
    this.#hold()
    this.#offer(running.line)
  }

  /** Tells what a line would send, in its place. */
  async #dryRun(line: string, prompts: readonly Prompt[], queued: string | undefined): Promise<void> {
    if (queued !== undefined) await this.#works.add(change({ type: 'unqueued', ids: [queued] }))
    await this.#command(line, (context) => dryRun(prompts, context))
  }

  async #unsent(why: Event, line: string, queued: string | undefined): Promise<void> {
    if (queued !== undefined) await this.#works.add(change({ type: 'unqueued', ids: [queued] }))
    await this.#works.handle(why)
    this.#hold()
    this.#offer(line)
  }

  /** Why a prompt is not even recorded. */
  #refusal(prompt: Prompt): Event | undefined {
    if (this.live.value.readOnly !== null) return say(this.live.value.readOnly, 'warning')
    if (this.#works.opened.chat.engine.kind === 'none')
      return { type: 'failure', failure: { kind: 'no-key' } }
    const refused = adviceOf(this.#session, prompt).find(({ weight }) => weight === 'refuses')
    return refused && say(refused.text, 'bad')
  }

  /** The turns of a line have ended, in the foreground or behind. */
  async #ended(running: Running, ended: Ended): Promise<void> {
    const { turns, images, lost } = ended
    running.missed = images.length === 0
    const inFront = await this.#works.free(running)
    for (const notice of summaryOf(ended, inFront && this.#session.choice !== null)) this.#works.print(notice)
    const failures = turns.flatMap(({ outcome }) => (outcome.kind === 'failed' ? [outcome.failure] : []))
    const failed = turns.length > 0 && failures.length === turns.length
    const again = inFront || !failures.some((failure) => tell(failure).maybeBilled)
    if (lost || (failed && again)) this.#offer(running.line)
    if (!inFront) return
    if (running.missed) this.#hold()
    else this.#loose(this.#works.drive(watchDrift).then(() => undefined))
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
        return this.#offer(go.line)
      case 'propose':
        return this.live.set({ offer: { line: go.line, instead: go.instead } })
      case 'turns':
        this.#loose(this.#turns(go.line, asGroup(go.prompts, this.#world().group), [], go))
        return
      case 'prompt':
        return this.#promptFrom(go)
      case 'session':
        return this.#switch({ kind: 'session', id: go.id })
      case 'new':
        return this.#switch({ ...go, kind: 'new' })
      case 'engine':
        return this.#works.reconnect()
      case 'quit':
        return this.close()
    }
  }

  /** New words from another place than the head. */
  async #promptFrom({ line, typed, parent, fresh }: Go & { to: 'prompt' }): Promise<void> {
    const parsed = parseLine(line, knownIn(this.#session))
    if (parsed.kind !== 'prompt') return this.#works.print(say(`"${line}" is no prompt.`, 'bad'))
    const anew = { ...parsed, fresh: fresh || parsed.fresh }
    const prepared = await this.#prepare(line, anew)
    if (!prepared) return this.#offer(typed)
    const waiting = { ...prepared, line: typed, base: prepared.base ?? parent }
    const variants = prepared.variants ?? [{ ...prepared, line }]
    const made = promptsOf({ ...waiting, variants }, anew.fresh, this.#world())
    if (!made.ok) return this.#unsent(say(made.sentence, 'bad'), typed, undefined)
    this.#loose(this.#turns(typed, made.prompts, prepared.files, { dry: isDry(parsed.flags) }))
  }

  async #switch(to: Target): Promise<void> {
    // Lines that were typed behind the command, and are not held, were typed for the session that it leads to.
    const behind = this.live.value.held ? [] : this.#session.waiting
    if (behind.length > 0) {
      await this.#works.add(change({ type: 'unqueued', ids: behind.map(({ id }) => id) }))
    }
    const switched = await this.#works.switch(to)
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

  #hold(): void {
    if (this.#session.waiting.length > 0) this.live.set({ held: true })
  }

  #echo(line: string): void {
    this.#parts.print({ kind: 'line', label: labelFor(this.#session, line), text: line })
  }

  #offer(line: string): void {
    this.live.set({ offer: { line } })
  }
}

/** Stands for a line that is not there yet, or whose flags are not finished. */
const SOME_LINE = 'a line of a few words'

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
