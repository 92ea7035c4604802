import type { Failure } from './failures/failure.ts'
import type { Protocol } from './graphics.ts'
import { type NotSent, problemOf, type TaskProblem } from './line/part-outcome.ts'
import type { FileRef } from './session/file-ref.ts'
import type { Grounding } from './session/grounding.ts'
import type { Fact, Head, Prompt, Session } from './session/session.ts'
import type { Stretch } from './wording/improvement.ts'

/** A file that a fact brings along. It is on disk before the fact is. */
export type NewFile = { readonly name: string; readonly bytes: Uint8Array }

type Without<T, K extends PropertyKey> = T extends unknown ? Omit<T, K> : never

/** A fact before the road has stamped it with the time. */
export type Draft = Without<Fact, 'at'>

/**
 * A change to be recorded. It is made from the session as it is when its turn to be recorded comes, so that
 * tasks that run side by side never give one number twice.
 */
export type Change = {
  readonly type: 'change'
  make(session: Session): { readonly fact: Draft; readonly files?: readonly NewFile[] }
}

export type Tone = 'plain' | 'good' | 'warning' | 'bad'

/** A glance, as a new image is shown, or as large as the window. */
export type ShownSize = 'small' | 'usual' | 'full'

/** Only shown. */
export type Notice =
  | { readonly type: 'say'; readonly text: string; readonly tone?: Tone }
  /** A line with words added to it: what was added is marked. */
  | { readonly type: 'proposal'; readonly stretches: readonly Stretch[] }
  /** A file of the user's own that an image has been saved as; the whole path. */
  | { readonly type: 'saved'; readonly path: string }
  /** What an answer was searched for with, and found. */
  | { readonly type: 'sources'; readonly grounding: Grounding }
  /** A listing; columns are aligned by who prints it. */
  | { readonly type: 'list'; readonly rows: readonly (readonly string[])[] }
  | { readonly type: 'show'; readonly version: number; readonly size: ShownSize }
  | { readonly type: 'show-file'; readonly file: FileRef; readonly caption: string }
  /** Small pictures of these versions in one, each with its name. */
  | { readonly type: 'sheet'; readonly versions: readonly number[] }
  /** The test picture, drawn in one way: the second opinion is another library's. */
  | {
      readonly type: 'card'
      readonly graphics: Protocol | 'second-opinion'
      readonly caption: string
    }
  /**
   * What the turn waits for, in the place of the spinner's words; an empty text when it waits no longer. `later`:
   * the same wait, a second later.
   */
  | { readonly type: 'progress'; readonly turn: string; readonly text: string; readonly later: boolean }
  | { readonly type: 'failure'; readonly failure: Failure }

export type Question =
  | { readonly kind: 'yes-no'; readonly text: string; readonly default: boolean }
  | {
      readonly kind: 'choice'
      readonly text: string
      readonly choices: readonly { readonly value: string; readonly label: string }[]
      readonly default: string
    }
  | { readonly kind: 'secret'; readonly text: string }

/** A question; `next(answer)` goes on. Without a screen the default is the answer. */
export type Ask = { readonly type: 'ask'; readonly question: Question }

export type Answer = boolean | string | undefined

/** Done by the road itself. */
export type Go = { readonly type: 'go' } /** Run this as if it had been typed. */ & (
  | { readonly to: 'line'; readonly line: string }
  /** Put this on the prompt, if the prompt is empty. */
  | { readonly to: 'offer'; readonly line: string }
  /** The same, for a line that the user goes on with; Esc gives `instead` back. */
  | { readonly to: 'propose'; readonly line: string; readonly instead: string }
  /** Send new words, from somewhere else than the head. */
  | {
      readonly to: 'prompt'
      readonly line: string
      /** The command as it was typed, to be offered again. */
      readonly typed: string
      readonly parent: Head
      readonly fresh: boolean
    }
  /** Send prompts as they are; several are side by side, to be chosen from. */
  | {
      readonly to: 'turns'
      readonly line: string
      readonly prompts: readonly Prompt[]
      /** Only tell what would be sent. */
      readonly dry: boolean
    }
  | { readonly to: 'session'; readonly id: string }
  /** `connected`: a key has just been set, and ends what --practice asked for. */
  | { readonly to: 'new'; readonly title: string; readonly connected?: true }
  /** A key has been set: this session goes on with what it reaches. */
  | { readonly to: 'engine' }
  | { readonly to: 'quit' }
)

export type Event = Change | Notice | Ask | Go

/** Why a task has not done what it was to do; nothing when it has. */
// biome-ignore lint/suspicious/noConfusingVoidType: what a generator without a return statement returns
export type TaskResult = TaskProblem | undefined | void

/** Both a command and a turn. */
export type Task = AsyncGenerator<Event, TaskResult, Answer>

export function change(fact: Draft, files?: readonly NewFile[]): Change {
  return { type: 'change', make: () => (files ? { fact, files } : { fact }) }
}

export function progress(turn: string, text: string, later = false): Notice {
  return { type: 'progress', turn, text, later }
}

export function say(text: string, tone: Tone = 'plain'): Notice {
  return { type: 'say', text, tone }
}

/** Says what a command could not do. A task returns what this returns: `return yield* fail('…')`. */
export function* fail(says: string): Generator<Event, TaskProblem, Answer> {
  yield { type: 'say', text: says, tone: 'bad' }
  return problemOf(says)
}

/** The same for a line that is not sent. */
export function* notSent(why: NotSent): Generator<Event, TaskProblem, Answer> {
  yield { type: 'say', text: why.says, tone: 'bad' }
  return { kind: 'not-sent', why }
}
