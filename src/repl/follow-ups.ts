import { change, type Go, say } from '../core/event.ts'
import type { TaskProblem } from '../core/line/part-outcome.ts'
import type { LineQueue, QueueEvent } from '../core/queue/line-queue.ts'
import type { Target } from './active-session.ts'
import type { LineRun } from './line-run.ts'
import type { Sender, Sending } from './sender.ts'
import type { TaskRunner } from './task-runner.ts'

/** What follow-ups need from the driver of the queue. */
export type LineDriver = {
  readonly queue: LineQueue
  dispatch(event: QueueEvent): Promise<void>
  /** A line as if it had been typed. */
  enter(line: string): LineRun
  /** The run of a queued line. */
  runOf(id: string): LineRun
  take(run: LineRun): Promise<void>
  /** Takes the foreground for a turn, without waiting for its end. */
  claim(run: LineRun, send: () => Promise<Sending>): Promise<void>
  /** Runs the welcome of the session, which is a task without a line. */
  welcome(): Promise<void>
  /** Another session is open. */
  opened(): void
  offer(offer: { readonly line: string; readonly instead?: string }): void
  settle(run: LineRun, why: TaskProblem | undefined): void
  leave(by?: LineRun): Promise<void>
}

/** Does what a command has asked for after its own work: another line, a turn, another session, the end. */
export class FollowUps {
  readonly #driver: LineDriver
  readonly #runner: TaskRunner
  readonly #sender: Sender

  constructor(driver: LineDriver, runner: TaskRunner, sender: Sender) {
    this.#driver = driver
    this.#runner = runner
    this.#sender = sender
  }

  /** The line is settled by its follow-ups, or else here. */
  async run(run: LineRun, gos: readonly Go[], why: TaskProblem | undefined): Promise<void> {
    let problem = why
    for (const go of gos) {
      const failed = await this.#go(run, go)
      problem ??= failed
    }
    const { front, background } = this.#driver.queue
    // A turn that the command has asked for settles the line when it has ended.
    const out = front?.line === run.id || background.includes(run.id)
    if (!out) this.#driver.settle(run, problem)
  }

  /** Returns why it failed; the run of a further line has its own outcome. */
  async #go(run: LineRun, go: Go): Promise<TaskProblem | undefined> {
    const driver = this.#driver
    switch (go.to) {
      case 'line': {
        const inner = driver.enter(go.line)
        run.follow(inner)
        await driver.take(inner)
        return undefined
      }
      case 'offer':
        driver.offer({ line: go.line })
        return undefined
      case 'propose':
        driver.offer({ line: go.line, instead: go.instead })
        return undefined
      case 'turns':
        await driver.claim(run, () => this.#sender.turns(run, go))
        return undefined
      case 'prompt':
        await driver.claim(run, () => this.#sender.promptFrom(run, go))
        return undefined
      case 'session':
        return this.#switch({ kind: 'session', id: go.id })
      case 'new':
        return this.#switch({ ...go, kind: 'new' })
      case 'engine':
        await this.#runner.sessions.reconnect()
        return undefined
      case 'quit':
        await driver.leave(run)
        return undefined
    }
  }

  async #switch(to: Target): Promise<TaskProblem | undefined> {
    const driver = this.#driver
    const { sessions } = this.#runner
    // Queued lines that are not held were typed after the command, so they are meant for the session that it opens.
    const { held, waiting } = driver.queue
    const ids = held ? [] : waiting
    const moving = ids.map((id) => driver.runOf(id))
    await driver.dispatch({ type: 'taken', lines: ids })
    if (ids.length > 0) await this.#runner.add(change({ type: 'unqueued', ids }))
    const switched = await sessions.switch(to)
    const problem = typeof switched === 'string' ? undefined : switched
    if (!problem) driver.opened()
    if (switched === 'back') {
      const { id } = this.#runner.session
      this.#runner.print(say(`Session ${id}; a turn of it is still running, and its answer arrives here.`))
    }
    if (switched === 'opened' && to.kind === 'new') {
      this.#runner.print(
        say('This is a new session. The previous one stays as it is: /resume goes back to it.'),
      )
      this.#runner.print(say(sessions.active.chat.engine.label))
      if (to.title !== '') await this.#runner.add(change({ type: 'titled', title: to.title }))
    }
    if (switched === 'opened') await driver.welcome()
    for (const run of moving) await driver.take(run)
    return problem
  }
}
