import type { Chat } from './chat/chat.ts'
import { type Prepared, prepare, promptOf } from './chat/prompt.ts'
import { turn } from './chat/turn.ts'
import type { Command } from './commands/define.ts'
import { resolveCommand } from './commands/usage.ts'
import type { Clock, Context, Place } from './context.ts'
import {
  type Answer,
  type Change,
  change,
  type Event,
  type Go,
  type NewFile,
  type Notice,
  type Question,
  say,
  type Work,
} from './core/event.ts'
import { tell } from './core/failure.ts'
import { knownIn, labelFor } from './core/label.ts'
import { type Line, parseLine } from './core/line.ts'
import { modelOf } from './core/model.ts'
import { imagesCount, limitProblem } from './core/reference.ts'
import { type Fact, type Prompt, ROOT, type Session, type Waiting } from './core/session.ts'
import { turnOf } from './core/tree.ts'
import { Record } from './record.ts'
import { Live, type Printed, type Screen } from './screen.ts'
import type { LoadedSettings } from './store/load-settings.ts'
import type { SessionStore } from './store/session-store.ts'

/** A session that is open, and what answers its lines. */
export type Opened = {
  readonly session: Session
  readonly store: SessionStore
  readonly chat: Chat
  /** What is said and mended once it is open. */
  welcome(context: Context): Work
}

export type Target =
  | { readonly kind: 'session'; readonly id: string }
  | { readonly kind: 'new'; readonly title: string }

export type Parts = {
  readonly clock: Clock
  readonly place: Place
  readonly settings: LoadedSettings
  readonly commands: readonly Command[]
  print(item: Printed): void
  /** False without a screen: every question then has its default answer. */
  readonly asks: boolean
  /** Undefined when it cannot be opened, which has then been said. */
  open(to: Target, tell: (notice: Notice) => void): Promise<Opened | undefined>
}

/** Work in the foreground: one at a time. */
type Running = {
  /** Where it belongs, whatever session is open when it ends. */
  readonly opened: Opened
  readonly record: Record
  readonly released: AbortController
  readonly cut: AbortController
  /** The line as it was typed, to be offered again. */
  readonly line: string
  /** Known once its prompt is recorded. */
  turn: string | null
}

/** The one road: a line goes in, events come out, facts are recorded before they are shown. */
export class Repl {
  readonly live: Live<Screen>
  readonly #parts: Parts
  #opened: Opened
  #record: Record
  #running: Running | undefined
  readonly #behind = new Set<Running>()
  #reply: ((answer: Answer) => void) | undefined
  #intake: Promise<void> = Promise.resolve()

  constructor(parts: Parts, opened: Opened) {
    this.#parts = parts
    this.#opened = opened
    this.#record = this.#recordOf(opened)
    this.live = new Live<Screen>({
      ...screenOf(opened),
      lane: { kind: 'ready' },
      behind: 0,
      question: null,
      offer: null,
      ended: false,
    })
  }

  /** Says what there is to say of the session that limn began with. */
  start(): Promise<void> {
    return this.perform(this.#opened.welcome)
  }

  /** The folder of the session that is open; undefined while nothing has happened in it. */
  get folder(): string | undefined {
    return this.#opened.store.folder
  }

  /** Loads what the first line will need. */
  warmUp(): Promise<void> {
    return this.#opened.chat.warmUp()
  }

  /** A typed line. Lines are taken one after another; a question that is open gets its default answer. */
  submit(line: string): Promise<void> {
    const { question } = this.live.value
    if (question) {
      const typed = typedAnswer(question, line)
      this.answer(typed ?? defaultOf(question))
      if (typed !== undefined) return Promise.resolve()
    }
    return this.#enqueue(() => this.#take(line))
  }

  /** Work of the door's own, such as images that are named on the command line. */
  perform(make: (context: Context) => Work): Promise<void> {
    return this.#enqueue(() => this.#command('', make))
  }

  answer(answer: Answer): void {
    const reply = this.#reply
    this.#reply = undefined
    this.live.set({ question: null })
    reply?.(answer)
  }

  /** Esc: the turn goes on behind and the prompt is free, or the call is cut where the user has set that. */
  async letGo(): Promise<void> {
    const running = this.#running
    if (!running || this.live.value.lane.kind !== 'turn') return
    if (this.#parts.settings.values.escape === 'abort') {
      running.cut.abort()
      return
    }
    this.#running = undefined
    this.#behind.add(running)
    this.live.set({
      lane: { kind: 'ready' },
      behind: this.#behind.size,
      held: this.#session.waiting.length > 0,
    })
    if (running.turn !== null) await running.record.add(change({ type: 'let-go', turn: running.turn }))
    running.released.abort()
  }

  /** Enter on an empty prompt while lines are held. */
  async runHeld(): Promise<void> {
    this.live.set({ held: false })
    await this.#next()
  }

  async dropHeld(): Promise<void> {
    const ids = this.#session.waiting.map(({ id }) => id)
    this.live.set({ held: false })
    if (ids.length > 0) await this.#record.add(change({ type: 'unqueued', ids }))
  }

  /** Records what is still out, and gives the session back. */
  async close(): Promise<void> {
    if (this.live.value.ended) return
    await this.#leave()
    this.live.set({ ended: true })
  }

  /** When all that was submitted has come to its end, also what was let go. */
  async settled(): Promise<void> {
    await this.#intake
    while (this.#running || this.#behind.size > 0) {
      await new Promise<void>((done) => {
        const stop = this.live.subscribe(() => {
          stop()
          done()
        })
      })
    }
  }

  get #session(): Session {
    return this.#record.session
  }

  #enqueue(work: () => Promise<void>): Promise<void> {
    this.#intake = this.#intake.then(work).catch((error: unknown) => this.#surprise(error))
    return this.#intake
  }

  async #take(line: string): Promise<void> {
    const parsed = parseLine(line, knownIn(this.#session))
    switch (parsed.kind) {
      case 'nothing':
        return this.runHeld()
      case 'prompt': {
        if (!this.#running) this.#echo(line)
        const prepared = await this.#prepare(line, parsed)
        if (!prepared) return this.#offer(line)
        if (this.#running) return this.#queue(prepared)
        void this.#prompt(prepared, prepared.files)
        return
      }
      case 'goto':
      case 'command': {
        const found = this.#resolve(parsed)
        const runs = found.kind === 'unknown' || /^(?:help|quit)$/.test(found.command.name)
        if (this.#running && !runs) return this.#queue({ line, base: null, mentions: [], files: [] })
        this.#echo(line)
        if (found.kind === 'unknown') return this.#print(say(found.sentence, 'bad'))
        return this.#start(line, found.command, found.rest, this.#running !== undefined)
      }
    }
  }

  #resolve(parsed: Line & { kind: 'command' | 'goto' }) {
    if (parsed.kind === 'command') return resolveCommand(parsed.name, parsed.rest, this.#parts.commands)
    return resolveCommand('goto', `v${parsed.version}`, this.#parts.commands)
  }

  async #prepare(line: string, parsed: Line & { kind: 'prompt' }): Promise<Prepared | undefined> {
    const { readOnly } = this.live.value
    if (readOnly !== null) {
      this.#print(say(readOnly, 'warning'))
      return undefined
    }
    const work = prepare(line, parsed, { session: this.#session, place: this.#parts.place })
    for (let step = await work.next(undefined); ; ) {
      if (step.done) return step.value
      step = await work.next(await this.#handle(step.value, undefined, []))
    }
  }

  async #queue({ line, base, mentions, files }: Prepared): Promise<void> {
    await this.#record.add({
      type: 'change',
      make: ({ waiting, turns }) => {
        const id = `q${turns.length}-${waiting.length + 1}-${this.#parts.clock.now().getTime().toString(36)}`
        return { fact: { type: 'queued', waiting: { id, line, base, mentions } }, files }
      },
    })
  }

  /** The next line that waits, unless something holds it. */
  async #next(): Promise<void> {
    const [first] = this.#session.waiting
    if (!first || this.#running || this.live.value.held || this.live.value.ended) return
    const claim = this.#claim(first.line, { kind: 'command', since: this.#parts.clock.now() })
    await this.#record.add(change({ type: 'unqueued', ids: [first.id] }))
    this.#running = this.#running === claim ? undefined : this.#running
    const parsed = parseLine(first.line, knownIn(this.#session))
    this.#echo(first.line)
    if (parsed.kind === 'prompt') {
      void this.#prompt(first, [])
    } else if (parsed.kind !== 'nothing') {
      const found = this.#resolve(parsed)
      if (found.kind === 'found') await this.#start(first.line, found.command, found.rest, false)
    }
  }

  async #start(line: string, command: Command, rest: string, beside: boolean): Promise<void> {
    const make = (context: Context): Work => {
      const started = command.start(rest, context)
      return 'work' in started
        ? started.work
        : one(say(`${started.problem} For example: ${command.example}`, 'bad'))
    }
    if (!beside) return this.#command(line, make)
    const gos: Go[] = []
    await this.#drive(make(this.#context(undefined)), undefined, gos)
    await this.#goAll(gos)
  }

  async #command(line: string, make: (context: Context) => Work): Promise<void> {
    const running = this.#claim(line, { kind: 'command', since: this.#parts.clock.now() })
    const before = this.#session.head
    const gos: Go[] = []
    try {
      await this.#drive(make(this.#context(running)), running, gos)
    } catch (error) {
      this.#surprise(error)
    }
    this.#free(running, this.#session.head !== before)
    await this.#goAll(gos)
    await this.#next()
  }

  /** A prompt whose turn has come. */
  async #prompt({ line, base, mentions }: Omit<Waiting, 'id'>, files: readonly NewFile[]): Promise<void> {
    const parsed = parseLine(line, knownIn(this.#session))
    if (parsed.kind !== 'prompt') return
    const { id } = this.#opened.chat.engine
    await this.#turn(line, promptOf(this.#session, parsed.text, { base, mentions }, id, parsed.fresh), files)
  }

  async #turn(line: string, prompt: Prompt, files: readonly NewFile[]): Promise<void> {
    const model = modelOf(prompt.settings.model)
    const problem =
      this.live.value.readOnly ?? limitProblem(model, imagesCount(prompt.references, prompt.mentions))
    if (problem !== undefined) {
      this.#print(say(problem, 'bad'))
      this.live.set({ held: this.#session.waiting.length > 0 })
      return this.#offer(line)
    }
    if (this.#opened.chat.engine.kind === 'none') {
      this.#print({ type: 'failure', failure: { kind: 'no-key' } })
      return this.#offer(line)
    }
    const running = this.#claim(line, { kind: 'turn', since: this.#parts.clock.now(), prompt, text: '' })
    try {
      await this.#drive(turn(prompt, files, this.#context(running)), running, [])
    } catch (error) {
      await this.#broken(running, error)
    }
    await this.#finish(running)
  }

  /** A turn has ended, in the foreground or behind. */
  async #finish(running: Running): Promise<void> {
    const ended = turnOf(running.record.session, running.turn)
    const good = ended?.outcome.kind === 'answered' && ended.outcome.main !== null
    if (this.#behind.delete(running)) {
      this.live.set({ behind: this.#behind.size })
      if (running.opened !== this.#opened) await this.#release(running.opened)
    }
    const failure = ended?.outcome.kind === 'failed' ? ended.outcome.failure : undefined
    const wasBehind = this.#running !== running
    if (failure && (!wasBehind || !tell(failure).maybeBilled)) this.#offer(running.line)
    if (wasBehind) return
    this.#free(running, !good)
    await this.#next()
  }

  /** What nobody expected in a turn: the disk, or a mistake of ours. The turn has an end all the same. */
  async #broken(running: Running, error: unknown): Promise<void> {
    this.#surprise(error)
    const says = error instanceof Error ? error.message : String(error)
    if (running.turn === null) return this.#offer(running.line)
    await running.record
      .add(change({ type: 'failed', turn: running.turn, failure: { kind: 'disk', says } }))
      .catch(() => this.#offer(running.line))
  }

  async #drive(work: Work, running: Running | undefined, gos: Go[]): Promise<void> {
    for (let step = await work.next(undefined); !step.done; ) {
      step = await work.next(await this.#handle(step.value, running, gos))
    }
  }

  async #handle(event: Event, running: Running | undefined, gos: Go[]): Promise<Answer> {
    switch (event.type) {
      case 'change':
        await this.#change(event, running)
        return undefined
      case 'ask':
        return this.#ask(event.question)
      case 'go':
        gos.push(event)
        return undefined
      case 'progress':
        if (this.#running === running && this.live.value.lane.kind === 'turn') {
          this.live.set({ lane: { ...this.live.value.lane, text: event.text } })
        }
        return undefined
      case 'say':
      case 'list':
      case 'show':
      case 'show-file':
      case 'failure':
        this.#print(event)
        return undefined
    }
  }

  async #change(event: Change, running: Running | undefined): Promise<void> {
    const record = running?.record ?? this.#record
    await record.add(event)
    const last = record.session.turns.at(-1)
    if (!running || running.turn !== null || last?.outcome.kind !== 'open') return
    running.turn = last.id
    // Esc was pressed while the prompt was being written down.
    if (this.#behind.has(running)) await record.add(change({ type: 'let-go', turn: last.id }))
  }

  #ask(question: Question): Promise<Answer> {
    if (!this.#parts.asks) return Promise.resolve(defaultOf(question))
    return new Promise((reply) => {
      this.#reply = reply
      this.live.set({ question })
    })
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
      case 'turn':
        void this.#turn(go.prompt.text, go.prompt, [])
        return
      case 'prompt': {
        const parsed = parseLine(go.line, knownIn(this.#session))
        if (parsed.kind !== 'prompt') return this.#print(say('These words are not a prompt.', 'bad'))
        const prepared = await this.#prepare(go.line, parsed)
        if (!prepared) return this.#offer(go.line)
        const fresh = go.fresh || parsed.fresh
        const base = prepared.base ?? go.parent
        const { id } = this.#opened.chat.engine
        const prompt = promptOf(this.#session, parsed.text, { ...prepared, base }, id, fresh)
        void this.#turn(go.line, fresh ? { ...prompt, parent: ROOT } : prompt, prepared.files)
        return
      }
      case 'session':
        return this.#switch({ kind: 'session', id: go.id })
      case 'new':
        return this.#switch({ kind: 'new', title: go.title })
      case 'quit':
        return this.close()
    }
  }

  async #switch(to: Target): Promise<void> {
    const { opened: left, record } = { opened: this.#opened, record: this.#record }
    // A session that is opened again, with another engine, is given back first.
    const again = to.kind === 'session' && to.id === left.store.id
    if (again) await left.store.close()
    const opened = await this.#parts.open(to, (notice) => this.#print(notice))
    if (!opened) return
    this.#opened = opened
    this.#record = this.#recordOf(opened)
    this.live.set(screenOf(opened))
    await record.settled()
    if (!again) await this.#release(left)
    if (to.kind === 'new') {
      this.#print(say('A new session; the one before stays as it is: /resume goes back to it.'))
      this.#print(say(opened.chat.engine.label))
      if (to.title !== '') await this.#record.add(change({ type: 'titled', title: to.title }))
    }
    await this.#command('', opened.welcome)
  }

  /** Gives a session back when nothing of it is out any more. */
  async #release(opened: Opened): Promise<void> {
    if ([...this.#behind].some((running) => running.opened === opened)) return
    await opened.store.close()
  }

  async #leave(): Promise<void> {
    const open = new Map([[this.#opened, this.#record]])
    for (const running of this.#behind) open.set(running.opened, running.record)
    for (const [{ store }, record] of open) {
      const out = record.session.turns.flatMap(({ id, outcome }) => (outcome.kind === 'open' ? [id] : []))
      if (out.length > 0 && store.readOnly === undefined) {
        await record.add(change({ type: 'left', out })).catch((error: unknown) => this.#surprise(error))
      }
      await record.settled()
      await store.close()
    }
  }

  #claim(line: string, lane: Screen['lane']): Running {
    const running = {
      opened: this.#opened,
      record: this.#record,
      released: new AbortController(),
      cut: new AbortController(),
      line,
      turn: null,
    }
    this.#running = running
    this.live.set({ lane })
    return running
  }

  #free(running: Running, hold: boolean): void {
    if (this.#running !== running) return
    this.#running = undefined
    const held = this.live.value.held || (hold && this.#session.waiting.length > 0)
    this.live.set({ lane: { kind: 'ready' }, held })
  }

  #context(running: Running | undefined): Context {
    const record = this.#record
    const { store, chat } = this.#opened
    const { settings, clock, place } = this.#parts
    return {
      get session() {
        return record.session
      },
      settings,
      store,
      chat,
      clock,
      place,
      signal: running?.cut.signal ?? new AbortController().signal,
      released: running?.released.signal ?? new AbortController().signal,
    }
  }

  #recordOf(opened: Opened): Record {
    return new Record(opened, this.#parts.clock.now, (fact: Fact, session: Session) => {
      if (opened !== this.#opened) return this.#elsewhere(fact, session)
      this.live.set({ session })
      this.#parts.print({ kind: 'fact', fact, session })
    })
  }

  /** An answer that came after the user had gone to another session. */
  #elsewhere(fact: Fact, session: Session): void {
    if (fact.type !== 'answered') return
    const versions = fact.images.map(({ version }) => `v${version}`).join(', ')
    this.#print(say(`${versions || 'An answer in words'} arrived in the session ${session.id}.`))
  }

  #echo(line: string): void {
    this.#parts.print({ kind: 'line', label: labelFor(this.#session, line), text: line })
  }

  #print(notice: Notice): void {
    this.#parts.print({ kind: 'notice', notice, session: this.#session })
  }

  #offer(line: string): void {
    this.live.set({ offer: { line } })
  }

  #surprise(error: unknown): void {
    const text = error instanceof Error ? error.message : String(error)
    const details =
      this.#parts.place.env.LIMN_DEBUG === '1' && error instanceof Error ? `\n${error.stack}` : ''
    this.#print(say(`${text}${details}`, 'bad'))
  }
}

function screenOf({ session, store, chat }: Opened) {
  return {
    session,
    engine: chat.engine,
    held: session.waiting.length > 0,
    readOnly: store.readOnly ?? null,
  }
}

async function* one(event: Event): Work {
  yield event
}

function defaultOf(question: Question): Answer {
  switch (question.kind) {
    case 'yes-no':
    case 'choice':
      return question.default
    case 'secret':
      return undefined
  }
}

/** An answer that is typed as a line; anything else is a line of its own. */
function typedAnswer(question: Question, line: string): Answer {
  const word = line.trim().toLowerCase()
  switch (question.kind) {
    case 'yes-no':
      return /^y(?:es)?$/.test(word) ? true : /^no?$/.test(word) ? false : undefined
    case 'choice':
      return /^\d+$/.test(word) ? question.choices[Number(word) - 1]?.value : undefined
    case 'secret':
      return undefined
  }
}
