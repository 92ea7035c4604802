import { EXIT, exitCodeOf } from '../core/exit-codes.ts'
import type { LineOutcome } from '../core/line/line-outcome.ts'
import type { TaskProblem } from '../core/line/part-outcome.ts'
import type { Clock } from '../host/clock.ts'
import type { Place } from '../host/place.ts'
import type { LimnEvent } from '../library/limn-event.ts'
import {
  eventsOfItem,
  lineResultEvent,
  problemEvents,
  resultEvent,
  sessionEvent,
} from '../library/line-events.ts'
import type { Repl } from '../repl/repl.ts'
import type { TranscriptItem } from '../repl/screen.ts'
import { hand, type Streams } from './streams.ts'

export type ReportOptions = {
  readonly streams: Streams
  readonly place: Place
  readonly clock: Clock
  /** Everything that happens goes to stdout, one event per row. */
  readonly json: boolean
  /** Prints an event as text, when the output is not JSON. */
  tell(event: LimnEvent, row: number | undefined): void
  /** Prints a problem on stderr, when the output is JSON. */
  problem(event: LimnEvent & { type: 'problem' }, row: number | undefined): void
}

/** Reports what happens without a screen: the session first, then the events, the result last. */
export class EventReport {
  readonly #options: ReportOptions
  readonly #began: number
  /** Events from before the session was reported; they follow it. */
  #early: LimnEvent[] | undefined = []
  #row: number | undefined
  #begun = false
  #repl: Repl | undefined
  readonly #outcomes: LineOutcome[] = []
  #last: Promise<boolean> = Promise.resolve(true)

  constructor(options: ReportOptions) {
    this.#options = options
    this.#began = options.clock.now().getTime()
  }

  readonly print = (item: TranscriptItem): void => {
    for (const event of eventsOfItem(item, this.#options.place.root, this.#begun)) this.event(event)
  }

  /** Reports the session that was opened, or, without one, that none could be. */
  opened(repl: Repl | undefined): void {
    this.#repl = repl
    const early = this.#early ?? []
    this.#early = undefined
    this.event(sessionEvent(repl?.live.value, this.#options.place))
    for (const event of early) this.event(event)
  }

  /** A line begins; `row` is its row in the file. */
  begin(row?: number): void {
    this.#begun = true
    this.#row = row
  }

  ended(outcome: LineOutcome): void {
    this.#outcomes.push(outcome)
    this.problem(outcome)
    this.event(lineResultEvent(outcome))
  }

  problem(ended: LineOutcome | TaskProblem): void {
    for (const event of problemEvents(ended)) {
      this.event(event)
      if (this.#options.json) this.#options.problem(event, this.#row)
    }
  }

  event(event: LimnEvent): void {
    const { json, tell } = this.#options
    if (this.#early) this.#early.push(event)
    else if (json) this.write(JSON.stringify(this.#ofRow(event)), pathOf(event))
    else tell(event, this.#row)
  }

  /** A row of stdout; `path` is the image that it is about. */
  write(text: string, path = ''): void {
    this.#last = this.#last.then((well) => well && hand(path, this.#options.streams, text))
  }

  /** When all of it is out; false when stdout could not be written. */
  written(): Promise<boolean> {
    return this.#last
  }

  /** Reports the result and returns the exit code: `code`, or the one for all lines. */
  async result(code = exitCodeOf(this.#outcomes)): Promise<number> {
    this.#row = undefined
    if (this.#early) this.opened(undefined)
    const session = this.#repl?.live.value.session.id ?? ''
    const milliseconds = this.#options.clock.now().getTime() - this.#began
    this.event(resultEvent({ session, outcomes: this.#outcomes, milliseconds, code }))
    const printed = await this.written()
    return code || (printed ? EXIT.done.code : EXIT.failed.code)
  }

  #ofRow(event: LimnEvent): LimnEvent {
    if (this.#row === undefined || event.type === 'session' || event.type === 'result') return event
    const { type, ...rest } = event
    // The type comes first, for people who read the rows.
    return { type, line: this.#row, ...rest } as LimnEvent
  }
}

function pathOf(event: LimnEvent): string {
  return event.type === 'image' || event.type === 'saved' ? event.path : ''
}
