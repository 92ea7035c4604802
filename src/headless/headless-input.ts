import type { Clock } from '../host/clock.ts'
import type { Place } from '../host/place.ts'
import type { CliOptions } from '../options/command.ts'

/** What cli.ts gives to every command without a screen. */
export type HeadlessInput = {
  readonly options: CliOptions
  readonly place: Place
  readonly clock: Clock
  /** Starts the practice engine when it is first needed. */
  readonly practiceUrl: () => Promise<string>
}
