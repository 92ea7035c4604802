import type { Task } from '../core/event.ts'
import type { Session } from '../core/session/session.ts'
import type { Chat } from '../gemini/chat.ts'
import type { SessionStore } from '../store/session/session-store.ts'
import type { Context } from '../turn/context.ts'

/** An open session, and the chat that answers its lines. */
export type ActiveSession = {
  readonly session: Session
  readonly store: SessionStore
  readonly chat: Chat
  /** What is shown and repaired once the session is open. */
  welcome(context: Context): Task
}

/** Which session to open. `connected`: a key has just been set, which ends --practice. */
export type Target =
  | { readonly kind: 'session'; readonly id: string }
  | { readonly kind: 'new'; readonly title: string; readonly connected?: true }
