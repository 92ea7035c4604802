import type { Session } from '../core/session/session.ts'
import type { Chat } from '../gemini/chat.ts'
import type { Clock } from '../host/clock.ts'
import type { Place } from '../host/place.ts'
import type { Ledger } from '../store/ledger/ledger.ts'
import type { SessionStore } from '../store/session/session-store.ts'
import type { LoadedSettings } from '../store/settings/load-settings.ts'
import type { Terminal } from '../terminal/which/probe.ts'

/** Everything that a command or a turn can use. `session` is always the current session. */
export type Context = {
  readonly session: Session
  readonly settings: LoadedSettings
  readonly store: SessionStore
  readonly chat: Chat
  readonly ledger: Ledger
  /** The most that all calls of this limn may cost, in dollars. It does not ask whether to exceed it. */
  readonly maxUsd: number | null
  /** False without a screen: a question then gets its default answer. */
  readonly asks: boolean
  readonly clock: Clock
  readonly place: Place
  /** What is known about the terminal so far; null without one. */
  terminal(): Terminal | null
  /** Aborts the call. */
  readonly signal: AbortSignal
  /** Aborted by Esc: the work continues in the background. */
  readonly released: AbortSignal
}
