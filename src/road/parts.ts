import type { Chat } from '../chat/chat.ts'
import type { Connected } from '../chat/connect.ts'
import type { Clock, Context, Place } from '../chat/context.ts'
import type { Command } from '../commands/define.ts'
import type { Notice, Work } from '../core/event.ts'
import type { Session } from '../core/session.ts'
import type { LoadedSettings } from '../store/load-settings.ts'
import type { SessionStore } from '../store/session-store.ts'
import type { Terminal } from '../terminal/probe.ts'
import type { Record } from './record.ts'
import type { Printed } from './screen.ts'

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
  | { readonly kind: 'new'; readonly title: string; readonly connected?: true }

export type Parts = {
  readonly clock: Clock
  readonly place: Place
  readonly settings: LoadedSettings
  readonly commands: readonly Command[]
  print(item: Printed): void
  terminal(): Terminal | null
  /** False without a screen: every question then has its default answer. */
  readonly asks: boolean
  /** Undefined when it cannot be opened, which has then been said. */
  open(to: Target, tell: (notice: Notice) => void): Promise<Opened | undefined>
  /** The chat for a session when a key has just been set. */
  connect(session: Session): Promise<Connected>
}

/** A work that has been started. It belongs to its session, whichever is open when it ends. */
export type Running = {
  readonly opened: Opened
  readonly record: Record
  readonly released: AbortController
  readonly cut: AbortController
  /** The line as it was typed, to be offered again. */
  readonly line: string
  /** The turns of this work that were begun. */
  readonly seats: Seat[]
  /** It ended without an image: lines that were typed under it are held. */
  missed: boolean
  /** What its turns wait for, by turn; who has waited longest comes first. */
  readonly waits: Map<string, string>
}

/** One turn of a work: its id is known once its prompt is recorded. */
export type Seat = { turn: string | null }
