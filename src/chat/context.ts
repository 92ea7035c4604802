import type { Session } from '../core/session.ts'
import type { Ledger } from '../store/ledger.ts'
import type { LoadedSettings } from '../store/load-settings.ts'
import type { SessionStore } from '../store/session-store.ts'
import type { Terminal } from '../terminal/probe.ts'
import type { Chat } from './chat.ts'

export type Clock = {
  now(): Date
  /** Resolves early, without an error, when the signal is aborted. */
  sleep(seconds: number, signal: AbortSignal): Promise<void>
  /** 0 to 1. */
  chance(): number
}

/** Where limn was started, as the door read it. */
export type Place = {
  /** The working folder. */
  readonly folder: string
  readonly home: string
  /** The root of all sessions, the settings and the key. */
  readonly root: string
  readonly env: Readonly<Record<string, string | undefined>>
  readonly platform: string
  /** The name of this machine when the user sits at another one (ssh). */
  readonly remote: string | null
  readonly version: string
}

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
