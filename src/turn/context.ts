import type { Session } from '../core/session/session.ts'
import type { Chat } from '../gemini/chat.ts'
import type { Clock } from '../host/clock.ts'
import type { Place } from '../host/place.ts'
import type { Ledger } from '../store/ledger/ledger.ts'
import type { SessionStore } from '../store/session/session-store.ts'
import type { LoadedSettings } from '../store/settings/load-settings.ts'
import type { Terminal } from '../terminal/which/probe.ts'

/** What a command or a turn is given. `session` is always the session as it is now. */
export type Context = {
  readonly session: Session
  readonly settings: LoadedSettings
  readonly store: SessionStore
  readonly chat: Chat
  readonly ledger: Ledger
  /** False without a screen: a question then has its default answer. */
  readonly asks: boolean
  readonly clock: Clock
  readonly place: Place
  /** The terminal as it is known by now; null without one. */
  terminal(): Terminal | null
  /** Cuts the call. */
  readonly signal: AbortSignal
  /** Esc: nobody waits for this work any more. */
  readonly released: AbortSignal
}
