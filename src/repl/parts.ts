import type { Command } from '../commands/define.ts'
import type { Notice, Task } from '../core/event.ts'
import type { Session } from '../core/session/session.ts'
import type { Chat } from '../gemini/chat.ts'
import type { Connected } from '../gemini/connect.ts'
import type { Clock } from '../host/clock.ts'
import type { Place } from '../host/place.ts'
import type { SessionStore } from '../store/session/session-store.ts'
import type { LoadedSettings } from '../store/settings/load-settings.ts'
import type { Terminal } from '../terminal/which/probe.ts'
import type { Context } from '../turn/context.ts'
import type { Recorder } from './recorder.ts'
import type { TranscriptItem } from './screen.ts'

/** A session that is open, and what answers its lines. */
export type ActiveSession = {
  readonly session: Session
  readonly store: SessionStore
  readonly chat: Chat
  /** What is said and mended once it is open. */
  welcome(context: Context): Task
}

export type Target =
  | { readonly kind: 'session'; readonly id: string }
  | { readonly kind: 'new'; readonly title: string; readonly connected?: true }

export type ReplDependencies = {
  readonly clock: Clock
  readonly place: Place
  readonly settings: LoadedSettings
  readonly commands: readonly Command[]
  print(item: TranscriptItem): void
  terminal(): Terminal | null
  /** False without a screen: every question then has its default answer. */
  readonly asks: boolean
  /** Undefined when it cannot be opened, which has then been said. */
  open(to: Target, tell: (notice: Notice) => void): Promise<ActiveSession | undefined>
  /** The chat for a session when a key has just been set. */
  connect(session: Session): Promise<Connected>
}

/** A work that has been started. It belongs to its session, whichever is open when it ends. */
export type Running = {
  readonly opened: ActiveSession
  readonly record: Recorder
  readonly released: AbortController
  readonly cut: AbortController
  /** The line as it was typed, to be offered again. */
  readonly line: string
  /** The turns of this work that were begun. */
  readonly seats: TurnSlot[]
  /** It ended without an image: lines that were typed under it are held. */
  missed: boolean
  /** What its turns wait for, by turn; who has waited longest comes first. */
  readonly waits: Map<string, string>
}

/** One turn of a work: its id is known once its prompt is recorded. */
export type TurnSlot = { turn: string | null }
