import type { Failure } from '../failures/failure.ts'
import type { Nothing } from '../failures/nothing.ts'
import type { Cost } from '../money/call-cost.ts'
import type { Usage } from '../money/token-usage.ts'
import type { SettingsChange, TurnSettings } from '../settings/turn-settings-type.ts'
import type { Style } from '../wording/style-list.ts'
import type { FileRef } from './file-ref.ts'
import type { Grounding } from './grounding.ts'
import type { Role } from './role.ts'
import type { Thought } from './thoughts.ts'

/** Where the next prompt goes on from. A turn that brought several images is left through one of them. */
export type Head = { readonly turn: string | null; readonly version: number | null }

/** `v0`: nothing yet. */
export const ROOT: Head = { turn: null, version: null }

/** A file of the user's, as it was when limn looked: the time and the size tell cheaply that it is still the same. */
export type Original = {
  readonly bytes: number
  /** When it was last changed, in milliseconds since 1970. */
  readonly modified: number
  /** Of the file as it is, before any conversion. */
  readonly sha256: string
}

/** An image that stays in force until it is removed. */
export type Reference = {
  readonly name: string
  readonly file: FileRef
  /** The user's own file that it was copied from. */
  readonly source: string
  readonly role?: Role | undefined
  /** It stays in the list, and does not go along. */
  readonly muted?: boolean
  /** The user's file when it was copied; not known of what an older limn attached. */
  readonly original?: Original
  /** The user's file when it was found to hold something else than the copy. */
  readonly changed?: Original
}

/** An image for one turn alone. `version` when it is one of the session's own. */
export type Mention = {
  readonly name: string
  readonly file: FileRef
  readonly version?: number
  /** The user's own file that it was copied from. */
  readonly source?: string
  /** Of the reference that was mentioned. */
  readonly role?: Role | undefined
}

/** What makes a turn: enough to send it again. */
export type Prompt = {
  /** The user's words. */
  readonly text: string
  /** What is sent in their place: the words in a style. */
  readonly sent?: string
  /** The name of that style. */
  readonly style?: string
  /** The line as it was typed, with its marks: what is offered again. */
  readonly line?: string
  /** The line with braces that this is one choice of: what is offered again when nobody has chosen. */
  readonly whole?: string
  readonly parent: Head
  readonly mentions: readonly Mention[]
  readonly references: readonly Reference[]
  readonly settings: TurnSettings
  readonly engine: string
  /** True for a line that starts a new image: it is told nothing of what came before. */
  readonly fresh: boolean
  /** Turns of one line carry the same word: their images are to be chosen from, and the head stays. */
  readonly group?: string
  /** The row of a batch that it was. Its answer is kept on the side, and its images have the row's name. */
  readonly batch?: BatchRow
}

/** `job` is the id of a batch, `part` the name that one of its jobs has at the server, `row` the row's own. */
export type BatchRow = { readonly job: string; readonly part: string; readonly row: string }

export type Version = {
  readonly number: number
  readonly file: FileRef
  /** The turn that made it, or that an image made here goes on with; null where no talk leads to it. */
  readonly turn: string | null
  /** Where undo goes from here. */
  readonly parent: Head
  /** The name of the file that was brought in, or of the row of a batch; also of what was made here from these. */
  readonly name?: string
  /** The user's own file that it was copied from. */
  readonly source?: string
  /** Of an image that was made here from others, without the model. */
  readonly made?: Making
}

/** What a tool did here with versions of the session, once. The model is not asked, and nothing is paid. */
export type ToolAct = {
  /** `a1` is the first. */
  readonly id: string
  readonly tool: string
  /** The words behind the tool's name that would do the same again. */
  readonly arguments: readonly string[]
  /** The versions that it was given; the images that it made come after the first of them. */
  readonly from: readonly number[]
  /** A turn that was paid for on the way, whose image is among those that it was given. */
  readonly turn?: string
  /** The user's own file that the bytes came from, where another program made them. */
  readonly source?: string
}

/** How one image was made here. */
export type Making = {
  readonly act: ToolAct
  /** `mirrored`: behind the name of what it was made from. */
  readonly did: string
  /** Turns that the session had then: the place of the act among them. */
  readonly turnsBefore: number
}

export type Outcome =
  | { readonly kind: 'open' }
  | {
      readonly kind: 'answered'
      readonly words: string
      /** Version numbers, in order of arrival. */
      readonly versions: readonly number[]
      /** The version that the path goes on from, unless the user goes on from another. */
      readonly main: number | null
      /** Why there is no image. */
      readonly nothing?: Nothing
      readonly thoughts?: readonly Thought[]
      /** What was searched for, and found. */
      readonly grounding?: Grounding
      /** Characters of base64 that this answer costs when it is sent back, with its signatures. */
      readonly weight: number
      readonly usage: Usage | null
      readonly cost: Cost
      readonly seconds: number
      /** True when only its files were found, after limn was killed. */
      readonly adopted: boolean
    }
  | { readonly kind: 'failed'; readonly failure: Failure }

export type Turn = Prompt & {
  readonly id: string
  readonly at: string
  readonly outcome: Outcome
  /** Esc was pressed: its answer is kept as a side version, and the head does not move. */
  readonly letGo: boolean
  /** The number that its first image takes. */
  readonly reserved?: number
}

/** A line that waits for the turn before it. */
export type Waiting = {
  readonly id: string
  readonly line: string
  /** Where it goes on from; null follows the line before it. */
  readonly base: Head | null
  /** Read when Enter was pressed. */
  readonly mentions: readonly Mention[]
  /** That the line names for itself; null for none at all. */
  readonly style?: Style | null
  /** A line with braces is several; `mentions` and `style` are then in each of them. */
  readonly variants?: readonly Pick<Waiting, 'line' | 'mentions' | 'style'>[]
}

/** What may change of a reference that is in the list; what is left out stays. */
export type ReferenceChange = {
  /** Null takes the role away. */
  readonly role?: Role | null | undefined
  readonly muted?: boolean
  /** Its place in the list, from 1. */
  readonly place?: number
  /** Another copy. */
  readonly file?: FileRef
  readonly original?: Original
  /** Null: the copy is as the user's file again. */
  readonly changed?: Original | null
}

type Stamped = { readonly at: string }

/** A change of the session. It is on disk before anyone sees it. */
export type Fact = Stamped &
  (
    | { readonly type: 'titled'; readonly title: string }
    | { readonly type: 'set'; readonly settings: SettingsChange }
    /** Lines are sent in this style from now on; null is none. */
    | { readonly type: 'styled'; readonly style: Style | null }
    | {
        readonly type: 'brought'
        readonly version: number
        readonly file: FileRef
        readonly name: string
        readonly source?: string
      }
    /**
     * A tool has made images from versions. `parent` is where undo goes from them, and whose talk they go on with;
     * `head` is where the session stands then. Several are to be chosen from, as those of one line are.
     */
    | {
        readonly type: 'derived'
        readonly act: ToolAct
        readonly parent: Head
        readonly versions: readonly {
          readonly version: number
          readonly file: FileRef
          readonly did: string
        }[]
        readonly head: Head
      }
    | { readonly type: 'referenced'; readonly reference: Reference }
    | { readonly type: 'unreferenced'; readonly names: readonly string[] }
    | ({ readonly type: 'reference-changed'; readonly name: string } & ReferenceChange)
    | { readonly type: 'queued'; readonly waiting: Waiting }
    | { readonly type: 'unqueued'; readonly ids: readonly string[] }
    | {
        readonly type: 'prompted'
        readonly turn: string
        readonly prompt: Prompt
        /** The waiting line that it was. */
        readonly queued?: string
        /**
         * The number that its image takes, whenever it comes: images of one line are numbered in the order in which
         * they were asked for. A row of a batch has none, and is numbered when it is fetched.
         */
        readonly reserved?: number
      }
    | {
        readonly type: 'answered'
        readonly turn: string
        readonly words: string
        readonly images: readonly { readonly version: number; readonly file: FileRef }[]
        readonly nothing?: Nothing
        readonly thoughts?: readonly Thought[]
        readonly grounding?: Grounding
        readonly weight: number
        readonly usage: Usage | null
        readonly cost: Cost
        readonly seconds: number
        readonly adopted?: true
      }
    | { readonly type: 'failed'; readonly turn: string; readonly failure: Failure }
    | { readonly type: 'let-go'; readonly turn: string }
    /** Null takes the name away. */
    | { readonly type: 'tagged'; readonly name: string; readonly version: number | null }
    | { readonly type: 'moved'; readonly by: 'undo' | 'redo' | 'goto'; readonly head: Head }
    | { readonly type: 'left'; readonly out: readonly string[] }
  )

/** The fact of one type: `FactOf<'moved'>`. */
export type FactOf<Type extends Fact['type']> = Extract<Fact, { readonly type: Type }>

export type Session = {
  readonly id: string
  readonly title: string
  readonly head: Head
  /** The head before the last goto, undo or redo: `/goto -`. */
  readonly previous: Head | null
  /** Where undo came from, the nearest last. */
  readonly undone: readonly HeadAndChoice[]
  /** `t1` is the first. */
  readonly turns: readonly Turn[]
  /** In order of arrival. */
  readonly versions: readonly Version[]
  readonly references: readonly Reference[]
  readonly settings: TurnSettings
  readonly style: Style | null
  readonly waiting: readonly Waiting[]
  /** Images of one line that nobody has chosen from yet. */
  readonly choice: Choice | null
  readonly tags: readonly Tag[]
}

/** A name that the user has given to a version. */
export type Tag = { readonly name: string; readonly version: number }

/** Where a session stood, and what was to be chosen from there. */
export type HeadAndChoice = { readonly head: Head; readonly choice: Choice | null }

export type Choice = { readonly group: string; readonly versions: readonly number[] }

export function emptySession(id: string, settings: TurnSettings): Session {
  return {
    id,
    title: '',
    head: ROOT,
    previous: null,
    undone: [],
    turns: [],
    versions: [],
    references: [],
    settings,
    style: null,
    waiting: [],
    choice: null,
    tags: [],
  }
}
