import { change, say, type Task } from '../core/event.ts'
import { problemOf, type TaskProblem } from '../core/line/part-outcome.ts'
import {
  EMPTY_QUEUE,
  type LineQueue,
  type QueueEffect,
  type QueueEvent,
  step,
} from '../core/queue/line-queue.ts'
import { labelFor } from '../core/session/label.ts'
import type { Waiting } from '../core/session/session.ts'
import { turnOf } from '../core/session/tree.ts'
import { watchDrift } from '../turn/watch-drift.ts'
import type { ReplDependencies } from './dependencies.ts'
import { FollowUps, type LineDriver } from './follow-ups.ts'
import { laneOf, READY, runningTurns } from './lane-of.ts'
import { meaningOf, refusal } from './line-meaning.ts'
import { LineRun, leftBehind } from './line-run.ts'
import { Prompts } from './prompts.ts'
import type { Live, Screen } from './screen.ts'
import { Sender, type Sending } from './sender.ts'
import type { Driven, TaskRunner } from './task-runner.ts'

/**
 * Carries out what the queue of lines decides (`src/core/queue/line-queue.ts`), and reports the results to it. The
 * screen gets every change, and is never asked.
 */
export class QueueDriver implements LineDriver {
  readonly prompts: Prompts
  readonly #deps: ReplDependencies
  readonly #runner: TaskRunner
  readonly #live: Live<Screen>
  readonly #sender: Sender
  readonly #followUps: FollowUps
  /** Lines that have not ended, by id. */
  readonly #runs = new Map<string, LineRun>()
  #queue: LineQueue = EMPTY_QUEUE
  #entered = 0
  #left = false

  constructor(deps: ReplDependencies, runner: TaskRunner, live: Live<Screen>) {
    this.#deps = deps
    this.#runner = runner
    this.#live = live
    this.prompts = new Prompts(deps, runner)
    this.#sender = new Sender({
      runner,
      prompts: this.prompts,
      clock: deps.clock,
      report: (event) => void this.dispatch(event),
      isFront: ({ id }) => this.#queue.front?.line === id,
      turnEnded: () => this.show(),
    })
    this.#followUps = new FollowUps(this, runner, this.#sender)
  }

  get queue(): LineQueue {
    return this.#queue
  }

  /** The line in the foreground. */
  get front(): LineRun | undefined {
    return this.#runs.get(this.#queue.front?.line ?? '')
  }

  /** Lines that still run in the background. */
  get background(): readonly LineRun[] {
    return this.#queue.background.flatMap((id) => this.#runs.get(id) ?? [])
  }

  /** Reports an event to the queue and carries out the effects. Resolves when the line of the event has been taken. */
  async dispatch(event: QueueEvent): Promise<void> {
    const { queue, effects } = step(this.#queue, event)
    this.#queue = queue
    this.show()
    await Promise.all(effects.map((effect) => this.#carryOut(effect)))
  }

  /** Begins the run of a line. */
  enter(line: string): LineRun {
    this.#entered += 1
    const time = this.#deps.clock.now().getTime().toString(36)
    const run = new LineRun(`q${this.#entered}-${time}`, line)
    this.#runs.set(run.id, run)
    return run
  }

  /** Begins a run if there is none: a line that was queued before limn started has none yet. */
  runOf(id: string): LineRun {
    const run = this.#runs.get(id) ?? new LineRun(id, this.#waiting(id)?.line ?? '')
    this.#runs.set(id, run)
    return run
  }

  /** Reads a line and decides what it is. */
  async take(run: LineRun): Promise<void> {
    this.#runs.set(run.id, run)
    run.prepared = undefined
    const meaning = meaningOf(run.line, this.#runner.session, this.#deps.commands)
    switch (meaning.kind) {
      case 'nothing':
        this.settle(run, undefined)
        return this.dispatch({ type: 'run-held' })
      case 'prompt':
        return this.dispatch({ type: 'typed', line: run.id, is: 'prompt' })
      case 'unknown':
        this.#echo(run.line)
        return this.refuse(run, meaning.sentence)
      case 'command':
        run.task = meaning.task
        return this.dispatch({ type: 'typed', line: run.id, is: meaning.atOnce ? 'at-once' : 'command' })
    }
  }

  /** Ends a line that is not even a command. */
  async refuse(run: LineRun, sentence: string): Promise<void> {
    const { problem } = await this.#runner.drive(() => refusal(sentence), run)
    this.settle(run, problem)
  }

  settle(run: LineRun, why: TaskProblem | undefined): void {
    run.settle([], why)
    this.#runs.delete(run.id)
  }

  async claim(run: LineRun, send: () => Promise<Sending>): Promise<void> {
    this.#runs.set(run.id, run)
    await this.dispatch({ type: 'claim', line: run.id, doing: 'starting' })
    void this.#sent(run, send(), () => this.dispatch({ type: 'put-back', line: run.id }))
  }

  async welcome(): Promise<void> {
    const run = this.enter('')
    run.task = this.#runner.active.welcome
    await this.#command(run, 'beside')
  }

  opened(): void {
    const waiting = this.#runner.session.waiting.map(({ id }) => id)
    const closed = this.#runner.active.store.readOnly !== undefined
    void this.dispatch({ type: 'opened', waiting, closed })
  }

  offer(offer: NonNullable<Screen['offer']>): void {
    this.#live.set({ offer })
  }

  /** Records what is still running and closes the session, without waiting for answers. `by`: the line that asks. */
  async leave(by?: LineRun): Promise<void> {
    if (this.#left) return
    this.#left = true
    await this.dispatch({ type: 'closed' })
    await this.#runner.sessions.leave()
    this.#live.set({ ended: true })
    for (const run of this.#runs.values()) if (run !== by) this.settle(run, leftBehind(run, this.#queue))
  }

  cut(): void {
    for (const run of this.#runs.values()) run.cut.abort()
  }

  /** Tells the screen where the queue stands. */
  show(): void {
    const { held, front } = this.#queue
    const lane = front && this.front ? laneOf(this.front, front.doing) : READY
    const behind = this.background.reduce((sum, run) => sum + runningTurns(run), 0)
    this.#live.set({ lane, held, behind })
  }

  #carryOut(effect: QueueEffect): Promise<void> | undefined {
    switch (effect.type) {
      case 'read':
        return this.#read(this.runOf(effect.line), effect.echo)
      case 'record':
        return this.#record(this.runOf(effect.line))
      case 'start':
        return this.#start(this.runOf(effect.line), effect.waited)
      case 'beside':
        return this.#command(this.runOf(effect.line), 'beside')
      case 'give-back':
        this.#giveBack(this.runOf(effect.line), effect.superseded)
        return
      case 'drop':
        return this.#drop(effect.lines)
      case 'let-go':
        return this.#toBackground(this.runOf(effect.line))
      case 'cut':
        this.runOf(effect.line).cut.abort()
        return
      case 'end-wait':
        this.runOf(effect.line).released.abort()
        return
    }
  }

  #waiting(id: string): Waiting | undefined {
    return this.#runner.session.waiting.find((one) => one.id === id)
  }

  async #read(run: LineRun, echo: boolean): Promise<void> {
    if (echo) this.#echo(run.line)
    const meaning = meaningOf(run.line, this.#runner.session, this.#deps.commands)
    const reading = meaning.kind === 'prompt' ? this.prompts.read(run.line, meaning.parsed, run) : undefined
    const read = await (reading ?? Promise.reject(new Error('The line is not a prompt.'))).catch(
      (error: unknown) => this.#runner.surprise(error, run),
    )
    if ('kind' in read) run.problem = read
    else run.prepared = read
    await this.dispatch({ type: 'read', line: run.id, to: 'kind' in read ? 'back' : 'go' })
  }

  /** Records a line as queued, so that it outlives limn. */
  async #record(run: LineRun): Promise<void> {
    const { files, ...waiting } = run.prepared ?? { line: run.line, base: null, mentions: [], files: [] }
    let well = true
    try {
      await this.#runner.add(change({ type: 'queued', waiting: { id: run.id, ...waiting } }, files))
    } catch (error) {
      run.problem = this.#runner.surprise(error, run)
      well = false
    }
    await this.dispatch({ type: 'recorded', line: run.id, well })
  }

  /** Starts a line. The lines after it do not wait here for its turn: they are queued. */
  async #start(run: LineRun, waited: boolean): Promise<void> {
    const isCommand = run.task !== undefined && !waited
    const meaning = isCommand ? undefined : meaningOf(run.line, this.#runner.session, this.#deps.commands)
    if (run.line !== '' && (waited || isCommand)) this.#echo(run.line)
    switch (meaning?.kind) {
      case 'prompt':
        void this.#send(run, waited)
        return
      case 'command':
        run.task = meaning.task
        break
      case 'unknown':
        run.task = () => refusal(meaning.sentence)
        break
      case 'nothing':
      case undefined:
        break
    }
    return this.#command(run, waited ? 'waited' : 'front')
  }

  async #send(run: LineRun, waited: boolean): Promise<void> {
    const kept = waited ? this.#waiting(run.id) : run.prepared
    const { newest } = this.#queue
    const sending = this.#sender.prompt(run, kept ?? { line: run.line, base: null, mentions: [] }, waited)
    await this.#sent(run, sending, async () => {
      await this.dispatch({ type: 'put-back', line: run.id })
      if (waited) return
      run.problem = {
        kind: 'not-sent',
        why: { reason: 'declined', says: 'No image was chosen for the line to continue from.' },
      }
      this.#giveBack(run, newest !== this.#queue.newest)
    })
  }

  /** Does what follows when a prompt has been sent, or could not be. */
  async #sent(run: LineRun, sending: Promise<Sending>, unchosen: () => Promise<void>): Promise<void> {
    const sent = await sending.catch((error: unknown): Sending => {
      const problem = this.#runner.surprise(error, run)
      return { kind: 'ended', parts: [], problem, well: false, offer: true, drew: false }
    })
    if (sent.kind === 'unchosen') return unchosen()
    if (sent.offer) this.offer({ line: run.line })
    if (sent.drew) {
      void this.#runner.drive(watchDrift).catch((error: unknown) => this.#runner.surprise(error))
    }
    run.settle(sent.parts, sent.problem)
    await this.#end(run, { well: sent.well, moved: false, follows: false })
  }

  /** `waited`: it was queued until now. `beside`: it does not take the foreground. */
  async #command(run: LineRun, how: 'front' | 'waited' | 'beside'): Promise<void> {
    if (how === 'beside') {
      if (run.line !== '') this.#echo(run.line)
      const { gos, problem } = await this.#drive(run)
      return this.#followUps.run(run, gos, problem)
    }
    run.since = this.#deps.clock.now()
    run.home = this.#runner.sessions.home
    void this.dispatch({ type: 'does', line: run.id, doing: 'command' })
    if (how === 'waited') {
      try {
        await this.#runner.add(change({ type: 'unqueued', ids: [run.id] }))
      } catch (error) {
        this.#runner.surprise(error, run)
        return this.dispatch({ type: 'put-back', line: run.id })
      }
    }
    const before = this.#runner.session.head
    const { gos, problem } = await this.#drive(run)
    // After a jump, queued lines were typed for another place.
    const moved = this.#runner.session.head !== before
    const follows = gos.length > 0
    if (!follows) run.settle([], problem)
    await this.#end(run, { well: problem === undefined, moved, follows })
    if (!follows) return
    await this.#followUps.run(run, gos, problem)
    await this.dispatch({ type: 'followed' })
  }

  async #drive(run: LineRun): Promise<Driven> {
    try {
      return await this.#runner.drive(run.task ?? (() => nothing()), run)
    } catch (error) {
      return { gos: [], problem: this.#runner.surprise(error, run) }
    }
  }

  /** Ends a line. */
  async #end(run: LineRun, how: Omit<QueueEvent & { type: 'ended' }, 'type' | 'line'>): Promise<void> {
    run.inBackground = false
    const ended = this.dispatch({ type: 'ended', line: run.id, ...how })
    if (run.settled) this.#runs.delete(run.id)
    if (run.home) await this.#runner.sessions.release(run.home.active)
    await ended
  }

  /** Puts a line back onto the prompt, unless another line has been typed since. */
  #giveBack(run: LineRun, superseded: boolean): void {
    if (superseded) {
      this.#runner.print(say('Not sent: another line was typed instead of an answer. Up: bring it back'), run)
    } else this.offer({ line: run.line })
    this.settle(run, run.problem ?? problemOf('It was not sent.'))
  }

  /** Removes queued lines that the user no longer wants. */
  async #drop(ids: readonly string[]): Promise<void> {
    try {
      await this.#runner.add(change({ type: 'unqueued', ids }))
    } catch (error) {
      this.#runner.surprise(error)
    }
    for (const id of ids) {
      const run = this.#runs.get(id)
      if (run) this.settle(run, { kind: 'not-sent', why: { reason: 'dropped', says: 'It was dropped.' } })
    }
  }

  /** Esc: the turn continues in the background. */
  async #toBackground(run: LineRun): Promise<void> {
    run.inBackground = true
    run.released.abort()
    const recorder = run.home?.recorder
    for (const { turn } of run.slots) {
      const running = recorder && turnOf(recorder.session, turn)?.outcome.kind === 'open'
      if (running && turn !== null) await recorder.add(change({ type: 'let-go', turn }))
    }
  }

  #echo(line: string): void {
    this.#deps.print({ kind: 'line', label: labelFor(this.#runner.session, line), text: line })
  }
}

async function* nothing(): Task {}
