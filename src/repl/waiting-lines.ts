import { change } from '../core/event.ts'
import type { Waiting } from '../core/session/session.ts'
import type { Clock } from '../host/clock.ts'
import type { Prepared } from '../turn/prepare.ts'
import type { TaskRunner } from './task-runner.ts'

/** Lines that wait for the turn before them. Each is a fact, so that it outlives limn. */
export class WaitingLines {
  readonly #works: TaskRunner
  readonly #clock: Clock

  constructor(works: TaskRunner, clock: Clock) {
    this.#works = works
    this.#clock = clock
  }

  /** The one whose turn it is; undefined while something holds them. */
  get first(): Waiting | undefined {
    const { held, ended, readOnly } = this.#works.live.value
    return held || ended || readOnly !== null ? undefined : this.#works.session.waiting[0]
  }

  async add({ files, ...waits }: Prepared): Promise<void> {
    const time = this.#clock.now().getTime().toString(36)
    await this.#works.add({
      type: 'change',
      make: ({ turns, waiting }) => {
        const id = `q${turns.length}-${waiting.length}-${time}`
        return { fact: { type: 'queued', waiting: { id, ...waits } }, files }
      },
    })
  }

  /** They wait no longer, and are not run. */
  async remove(lines: readonly Pick<Waiting, 'id'>[]): Promise<void> {
    if (lines.length === 0) return
    await this.#works.add(change({ type: 'unqueued', ids: lines.map(({ id }) => id) }))
  }

  /** All of them, while they are held. */
  async drop(): Promise<void> {
    const { waiting } = this.#works.session
    this.#works.live.set({ held: false })
    await this.remove(waiting)
  }
}
