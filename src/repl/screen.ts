import type { Notice, Question } from '../core/event.ts'
import type { Fact } from '../core/session/fact.ts'
import type { Prompt, Session } from '../core/session/session.ts'
import type { Engine } from '../gemini/engine.ts'

/** What goes to the transcript, in order. */
export type TranscriptItem =
  | { readonly kind: 'line'; readonly label: string; readonly text: string }
  /** `session` is as it is after the fact. */
  | { readonly kind: 'fact'; readonly fact: Fact; readonly session: Session }
  | { readonly kind: 'notice'; readonly notice: Notice; readonly session: Session }

export type Lane =
  | { readonly kind: 'ready' }
  | { readonly kind: 'command'; readonly since: Date }
  /** `text` is what the turn waits for, such as a countdown. */
  | {
      readonly kind: 'turn'
      readonly since: Date
      readonly prompt: Prompt
      readonly text: string
      /** Turns of the line, and how many of them have ended. */
      readonly of: number
      readonly done: number
    }

/** What the live part of the screen reads: a new value for every change. */
export type Screen = {
  readonly session: Session
  readonly engine: Engine
  readonly lane: Lane
  /** Turns that run in the background. */
  readonly behind: number
  readonly question: Question | null
  /** Lines are queued, but something has happened since that they may not have been typed for. */
  readonly held: boolean
  /** A line to put on an empty prompt; a new object for each offer. `instead`: the line that Esc puts back in place of a proposal. */
  readonly offer: { readonly line: string; readonly instead?: string } | null
  /** Why the session is read-only, as a sentence; null if it is not. */
  readonly readOnly: string | null
  readonly ended: boolean
}

/** A store of one value, in the form that React's useSyncExternalStore needs. */
export class Live<T> {
  #value: T
  readonly #listeners = new Set<() => void>()

  constructor(value: T) {
    this.#value = value
  }

  get value(): T {
    return this.#value
  }

  set(change: Partial<T>): void {
    this.#value = { ...this.#value, ...change }
    for (const listener of this.#listeners) listener()
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }
}
