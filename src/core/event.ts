import type { Failure } from './failures/failure.ts'
import type { Protocol } from './graphics.ts'
import { type NotSent, problemOf, type TaskProblem } from './line/part-outcome.ts'
import type { Answer, Question } from './question-type.ts'
import type { Fact } from './session/fact.ts'
import type { FileRef } from './session/file-ref.ts'
import type { Grounding } from './session/grounding.ts'
import type { Head, Prompt, Session } from './session/session.ts'
import type { Stretch } from './wording/improvement.ts'

export type { Answer, Question } from './question-type.ts'

/** A file that belongs to a fact. It is on disk before the fact is. */
export type NewFile = { readonly name: string; readonly bytes: Uint8Array }

type Without<T, K extends PropertyKey> = T extends unknown ? Omit<T, K> : never

/** A fact before the recorder adds its time. */
export type Draft = Without<Fact, 'at'>

/**
 * A change to be recorded. It is made from the session as it is when the change is next to be recorded, so that
 * tasks that run side by side never assign the same number twice.
 */
export type Change = {
  readonly type: 'change'
  make(session: Session): { readonly fact: Draft; readonly files?: readonly NewFile[] }
}

/** There is no tone for what failed: that is a problem, which the task also returns. */
export type Tone = 'plain' | 'good' | 'warning'

/** At a glance, the size in which a new image is shown, or as large as the window. */
export type ShownSize = 'small' | 'usual' | 'full'

/** Shown, and not recorded. */
export type Notice =
  | { readonly type: 'say'; readonly text: string; readonly tone?: Tone }
  /** A line with words added to it, which are marked. */
  | { readonly type: 'proposal'; readonly stretches: readonly Stretch[] }
  /** The user's own file that an image was saved as; its full path. */
  | { readonly type: 'saved'; readonly path: string }
  /** What was searched for before an answer, and found. */
  | { readonly type: 'sources'; readonly grounding: Grounding }
  /** A listing; the printer aligns its columns. */
  | { readonly type: 'list'; readonly rows: readonly (readonly string[])[] }
  | { readonly type: 'show'; readonly version: number; readonly size: ShownSize }
  | { readonly type: 'show-file'; readonly file: FileRef; readonly caption: string }
  /** A contact sheet: small pictures of these versions, each with its name. */
  | { readonly type: 'sheet'; readonly versions: readonly number[] }
  /** The test picture, drawn by one protocol or, as a second opinion, by another library. */
  | {
      readonly type: 'card'
      readonly graphics: Protocol | 'second-opinion'
      readonly caption: string
    }
  /**
   * What the turn is waiting for, shown instead of the spinner's words; an empty text when the wait is over. `later`:
   * the same wait, a second later.
   */
  | { readonly type: 'progress'; readonly turn: string; readonly text: string; readonly later: boolean }
  /** Why something was not done. `fail`, `notSent` and `failed` create it, and the task returns it as well. */
  | { readonly type: 'problem'; readonly problem: TaskProblem }

/** A question; `next(answer)` resumes the task. Without a screen the default is the answer. */
export type Ask = { readonly type: 'ask'; readonly question: Question }

/** What only the REPL itself can do. */
export type Go = { readonly type: 'go' } /** Run this as if it had been typed. */ & (
  | { readonly to: 'line'; readonly line: string }
  /** Put this line on the prompt, if the prompt is empty. */
  | { readonly to: 'offer'; readonly line: string }
  /** The same, for a line that the user goes on editing; Esc restores `instead`. */
  | { readonly to: 'propose'; readonly line: string; readonly instead: string }
  /** Send a new prompt, from somewhere other than the head. */
  | {
      readonly to: 'prompt'
      readonly line: string
      /** The command as it was typed, to be offered again. */
      readonly typed: string
      readonly parent: Head
      readonly fresh: boolean
    }
  /** Send prompts as they are; several run side by side, and their images are a choice. */
  | {
      readonly to: 'turns'
      readonly line: string
      readonly prompts: readonly Prompt[]
      /** Only show what would be sent. */
      readonly dry: boolean
      /** Files that they mention and that the session does not have yet. */
      readonly files?: readonly NewFile[]
      /** Where they go on from, if not from the head. */
      readonly base?: Head
    }
  | { readonly to: 'session'; readonly id: string }
  /** `connected`: a key has just been set, which overrides --practice. */
  | { readonly to: 'new'; readonly title: string; readonly connected?: true }
  /** A key has been set: this session goes on with the engine that it gives access to. */
  | { readonly to: 'engine' }
  | { readonly to: 'quit' }
)

export type Event = Change | Notice | Ask | Go

/** Why a task did not do what it was asked to; nothing when it did. */
// biome-ignore lint/suspicious/noConfusingVoidType: what a generator without a return statement returns
export type TaskResult = TaskProblem | undefined | void

/** A command or a turn. */
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

/** Reports a problem and returns it. A task returns what this returns. */
export function* tellProblem(problem: TaskProblem): Telling {
  yield { type: 'problem', problem }
  return problem
}

/** Reports what a command could not do: `return yield* fail('…')`. */
export function fail(says: string): Telling {
  return tellProblem(problemOf(says))
}

/** The same for a line that is not sent. */
export function notSent(why: NotSent): Telling {
  return tellProblem({ kind: 'not-sent', why })
}

/** The same for a call that failed. `says` replaces the failure's own sentences, which are about a line. */
export function failed(failure: Failure, engine: string, says?: string): Telling {
  return tellProblem({
    kind: 'failed',
    why: { kind: 'failure', failure, engine, ...(says !== undefined && { says }) },
  })
}

type Telling = Generator<Event, TaskProblem, Answer>
