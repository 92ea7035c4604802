import {
  type Answer,
  type Change,
  change,
  type Event,
  type Go,
  type Notice,
  type Question,
  say,
  type Task,
} from '../core/event.ts'
import { defaultOf } from '../core/questions.ts'
import type { Session } from '../core/session/session.ts'
import { turnOf } from '../core/session/tree.ts'
import { Ledger } from '../store/ledger/ledger.ts'
import type { Context } from '../turn/context.ts'
import { Questions } from './open-questions.ts'
import type { ActiveSession, ReplDependencies, Running, TurnSlot } from './parts.ts'
import { Live, type Screen } from './screen.ts'
import { Sessions, screenOf } from './sessions.ts'
import { surprise } from './surprise.ts'

/** Drives works: one in the foreground, any number behind. Records what they change, prints, asks. */
export class TaskRunner {
  readonly live: Live<Screen>
  readonly #parts: ReplDependencies
  readonly #ledger: Ledger
  readonly sessions: Sessions
  #foreground: Running | undefined
  readonly #behind = new Set<Running>()
  readonly #questions = new Questions((question) => this.live.set({ question }))

  constructor(parts: ReplDependencies, opened: ActiveSession) {
    this.#parts = parts
    this.#ledger = new Ledger(parts.place.root, parts.clock.now)
    this.live = new Live<Screen>({
      ...screenOf(opened),
      lane: { kind: 'ready' },
      behind: 0,
      question: null,
      offer: null,
      ended: false,
    })
    this.sessions = new Sessions(parts, opened, this.live, this.#behind)
  }

  get opened(): ActiveSession {
    return this.sessions.opened
  }

  get session(): Session {
    return this.sessions.record.session
  }

  get busy(): boolean {
    return this.#foreground !== undefined
  }

  get foreground(): Running | undefined {
    return this.#foreground
  }

  /** False without a screen. */
  get asks(): boolean {
    return this.#parts.asks
  }

  get idle(): boolean {
    return !this.busy && this.#behind.size === 0
  }

  add(change: Change): Promise<void> {
    return this.sessions.record.add(change)
  }

  print(notice: Notice): void {
    this.#parts.print({ kind: 'notice', notice, session: this.session })
  }

  /** Takes the foreground. */
  claim(line: string, lane: Screen['lane']): Running {
    const running: Running = {
      opened: this.sessions.opened,
      record: this.sessions.record,
      released: new AbortController(),
      cut: new AbortController(),
      line,
      seats: [],
      missed: false,
      waits: new Map(),
    }
    this.#foreground = running
    this.live.set({ lane })
    return running
  }

  /** Gives the foreground back; false when the work was behind already. */
  async free(running: Running): Promise<boolean> {
    if (this.#foreground === running) {
      this.#foreground = undefined
      this.live.set({ lane: { kind: 'ready' } })
      return true
    }
    if (this.#behind.delete(running)) this.live.set({ behind: this.#outBehind() })
    await this.sessions.release(running.opened)
    return false
  }

  /** One turn of a line has ended. */
  progressed(running: Running): void {
    if (this.#behind.has(running)) this.live.set({ behind: this.#outBehind() })
    const { lane } = this.live.value
    if (this.#foreground !== running || lane.kind !== 'turn') return
    const [text = ''] = running.waits.values()
    this.live.set({ lane: { ...lane, done: lane.done + 1, text } })
  }

  /** The foreground's turn goes on behind; undefined when there is none. */
  async letGo(): Promise<void> {
    const running = this.#foreground
    if (!running || this.live.value.lane.kind === 'ready') return
    if (this.live.value.lane.kind === 'command') {
      running.cut.abort()
      return
    }
    if (this.#parts.settings.values.escape === 'abort') {
      running.cut.abort()
      return
    }
    // In a countdown nothing is out: the turn ends where it stands. Others of its line may be out all the same.
    if (this.live.value.lane.text !== '' && this.live.value.lane.of === 1) {
      running.released.abort()
      return
    }
    this.#foreground = undefined
    this.#behind.add(running)
    const held = this.session.waiting.length > 0
    this.live.set({ lane: { kind: 'ready' }, behind: this.#outBehind(), held })
    running.released.abort()
    for (const { turn } of running.seats) {
      const out = turn !== null && turnOf(running.record.session, turn)?.outcome.kind === 'open'
      if (out) await running.record.add(change({ type: 'let-go', turn }))
    }
  }

  /** Runs a work to its end. What the road itself must do is given back. */
  async drive(make: (context: Context) => Task, running?: Running, seat?: TurnSlot): Promise<readonly Go[]> {
    const gos: Go[] = []
    const work = make(this.#context(running))
    try {
      for (let step = await work.next(undefined); !step.done; ) {
        if (step.value.type === 'go') gos.push(step.value)
        step = await work.next(await this.handle(step.value, running, seat))
      }
    } finally {
      // What it has begun comes to its end also when the disk refuses a change.
      await work.return()
    }
    return gos
  }

  /** What comes before a work: its questions are asked, and its end is given back. */
  async through<T>(steps: AsyncGenerator<Event, T, Answer>): Promise<T> {
    for (let step = await steps.next(undefined); ; ) {
      if (step.done) return step.value
      step = await steps.next(await this.handle(step.value))
    }
  }

  async handle(event: Event, running?: Running, seat?: TurnSlot): Promise<Answer> {
    switch (event.type) {
      case 'change':
        await this.#change(event, running, seat)
        return undefined
      case 'ask':
        return this.#ask(event.question)
      case 'go':
        return undefined
      case 'progress':
        if (this.#foreground === running && this.live.value.lane.kind === 'turn') {
          this.live.set({ lane: { ...this.live.value.lane, text: waitOf(running, event) } })
        }
        // Where there is no screen, a wait is told when it begins.
        if (!event.later && event.text !== '') this.print(event)
        return undefined
      case 'say':
      case 'unpaid':
      case 'saved':
      case 'list':
      case 'proposal':
      case 'sources':
      case 'show':
      case 'show-file':
      case 'sheet':
      case 'card':
      case 'failure':
        this.print(event)
        return undefined
    }
  }

  answer(answer: Answer): void {
    this.#questions.answer(answer)
  }

  /** Lines that wait are not run until the user says so. */
  hold(): void {
    if (this.session.waiting.length > 0) this.live.set({ held: true })
  }

  /** Puts a line on the prompt, if the prompt is empty. */
  offer(line: string): void {
    this.live.set({ offer: { line } })
  }

  surprise(error: unknown): void {
    this.print(surprise(error, this.#parts.place))
  }

  async #change(event: Change, running: Running | undefined, seat: TurnSlot | undefined): Promise<void> {
    const record = running?.record ?? this.sessions.record
    await record.add({
      type: 'change',
      make: (session) => {
        const made = event.make(session)
        if (seat && made.fact.type === 'prompted') seat.turn = made.fact.turn
        return made
      },
    })
    if (!running || !seat || seat.turn === null) return
    // Esc was pressed while the prompt was being written down.
    const turn = turnOf(record.session, seat.turn)
    const out = turn?.outcome.kind === 'open' && !turn.letGo
    if (out && this.#behind.has(running)) await record.add(change({ type: 'let-go', turn: seat.turn }))
  }

  #ask(question: Question): Promise<Answer> {
    if (!this.#parts.asks) {
      this.print(say(question.text, 'warning'))
      return Promise.resolve(defaultOf(question))
    }
    return this.#questions.ask(question)
  }

  /** Turns; a work that has none open yet, or not any more, is about to end and counts as one. */
  #outBehind(): number {
    const open = ({ seats, record }: Running) =>
      seats.filter(({ turn }) => turnOf(record.session, turn)?.outcome.kind === 'open').length
    return [...this.#behind].reduce((sum, running) => sum + Math.max(1, open(running)), 0)
  }

  #context(running: Running | undefined): Context {
    const { record, opened } = running ?? this.sessions
    const { store, chat } = opened
    const { settings, clock, place, terminal, asks } = this.#parts
    const never = new AbortController().signal
    return {
      get session() {
        return record.session
      },
      settings,
      store,
      chat,
      ledger: this.#ledger,
      asks,
      clock,
      place,
      terminal,
      signal: running?.cut.signal ?? never,
      released: running?.released.signal ?? never,
    }
  }
}

/** What the lane says of a line some of whose turns may wait: the same one speaks for all. */
function waitOf(running: Running | undefined, { turn, text }: Notice & { type: 'progress' }): string {
  if (text === '') running?.waits.delete(turn)
  else running?.waits.set(turn, text)
  const [first = text] = running?.waits.values() ?? []
  return first
}
