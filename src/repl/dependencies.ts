import type { Command } from '../commands/define.ts'
import type { TaskProblem } from '../core/line/part-outcome.ts'
import type { Session } from '../core/session/session.ts'
import type { Connected } from '../gemini/connect.ts'
import type { Clock } from '../host/clock.ts'
import type { Place } from '../host/place.ts'
import type { LoadedSettings } from '../store/settings/load-settings.ts'
import type { Terminal } from '../terminal/which/probe.ts'
import type { ActiveSession, Target } from './active-session.ts'
import type { TranscriptItem } from './screen.ts'

/** What a REPL needs; given by the entry point, the screen or a test. */
export type ReplDependencies = {
  readonly clock: Clock
  readonly place: Place
  readonly settings: LoadedSettings
  readonly commands: readonly Command[]
  /** The most that all its calls may cost, in dollars. */
  readonly maxUsd: number | null
  print(item: TranscriptItem): void
  terminal(): Terminal | null
  /** False without a screen: every question then gets its default answer. */
  readonly asks: boolean
  open(to: Target): Promise<ActiveSession | TaskProblem>
  /** The chat for a session when a key has just been set. */
  connect(session: Session): Promise<Connected>
}
