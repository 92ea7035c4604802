import type { Failure } from '../failures/failure.ts'
import type { Nothing } from '../failures/missing-image.ts'
import type { Cost } from '../money/call-cost.ts'
import type { Usage } from '../money/token-usage.ts'
import type { TurnSettings } from '../settings/turn-settings-type.ts'
import type { Style } from '../wording/style-list.ts'
import type { FileRef } from './file-ref.ts'
import type { Grounding } from './grounding.ts'
import type { Role } from './role.ts'
import type { Thought } from './thoughts.ts'

/** Where the next prompt goes on from: a turn, and the one of its images that the path goes on from. */
export type Head = { readonly turn: string | null; readonly version: number | null }

/** `v0`: nothing yet. */
export const ROOT: Head = { turn: null, version: null }

/** A file of the user's, as it was when limn read it: time and size show cheaply whether it is still the same. */
export type Original = {
  readonly bytes: number
  /** When it was last changed, in milliseconds since 1970. */
  readonly modified: number
  /** The hash of the file as it is, before any conversion. */
  readonly sha256: string
}

/** An image that stays in force until it is removed. */
export type Reference = {
  readonly name: string
  readonly file: FileRef
  /** The user's own file that it was copied from. */
  readonly source: string
  readonly role?: Role | undefined
  /** It stays in the list, and is not sent. */
  readonly muted?: boolean
  /** The user's file when it was copied; missing where an older limn attached it. */
  readonly original?: Original
  /** The user's file when limn found that it differs from the copy. */
  readonly changed?: Original
}

/** An image for one turn alone. `version` when it is one of the session's own. */
export type Mention = {
  readonly name: string
  readonly file: FileRef
  readonly version?: number
  /** The user's own file that it was copied from. */
  readonly source?: string
  /** The role of the reference that was mentioned. */
  readonly role?: Role | undefined
}

/** What a turn is made with: enough to send it again. */
export type Prompt = {
  /** The user's words. */
  readonly text: string
  /** What is sent instead: the words in a style. */
  readonly sent?: string
  /** The name of that style. */
  readonly style?: string
  /** The line as it was typed, with its marks: what is offered again. */
  readonly line?: string
  /** The line with braces of which this is one variant: what is offered again when none was chosen. */
  readonly whole?: string
  readonly parent: Head
  readonly mentions: readonly Mention[]
  readonly references: readonly Reference[]
  readonly settings: TurnSettings
  readonly engine: string
  /** True for a line that starts a new image: nothing of what came before is sent. */
  readonly fresh: boolean
  /** The same for all turns of one line: their images are a choice, and the head stays. */
  readonly group?: string
  /** The row of a batch that it was. Its images become side versions, and have the row's name. */
  readonly batch?: BatchRow
}

/** `job` is the id of a batch, `part` the name of one of its jobs at the server, `row` the name of the row. */
export type BatchRow = { readonly job: string; readonly part: string; readonly row: string }

export type Version = {
  readonly number: number
  readonly file: FileRef
  /** The turn that drew it, or whose conversation an image made by a tool goes on with; null where there is none. */
  readonly turn: string | null
  /** Where undo goes from here. */
  readonly parent: Head
  /** The name of the file that was brought in, or of the row of a batch; what a tool makes from it has it too. */
  readonly name?: string
  /** The user's own file that it was copied from. */
  readonly source?: string
  /** For an image that a tool made from others, without the model. */
  readonly made?: Making
}

/** What a tool did with versions of the session, once. It asks no model itself, and is not billed. */
export type ToolAct = {
  /** `a1` is the first. */
  readonly id: string
  readonly tool: string
  /** The words after the tool's name that would do the same again. */
  readonly arguments: readonly string[]
  /** The versions that it was given; the images that it made follow the first of them. */
  readonly from: readonly number[]
  /** A turn that was sent for it, whose image is among those that it was given. */
  readonly turn?: string
  /** The user's own file that the bytes came from, where another program made them. */
  readonly source?: string
}

/** How a tool made one image. */
export type Making = {
  readonly act: ToolAct
  /** `mirrored`; shown after the name of what it was made from. */
  readonly did: string
  /** How many turns the session had then: the place of the act among them. */
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
      /** Characters of base64 that this answer takes when it is sent back, with its signatures. */
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
  /** Esc was pressed: its images become side versions, and the head does not move. */
  readonly letGo: boolean
  /** The number that its first image takes. */
  readonly reserved?: number
}

/** A queued line: it runs when the turn before it has ended. */
export type Waiting = {
  readonly id: string
  readonly line: string
  /** Where it goes on from; null: from the line before it. */
  readonly base: Head | null
  /** Read when Enter was pressed. */
  readonly mentions: readonly Mention[]
  /** The style that the line itself names; null for no style at all. */
  readonly style?: Style | null
  /** A line with braces has several variants; `mentions` and `style` are then in each of them. */
  readonly variants?: readonly Pick<Waiting, 'line' | 'mentions' | 'style'>[]
}

export type Session = {
  readonly id: string
  readonly title: string
  readonly head: Head
  /** The head before the last goto, undo or redo: `/goto -`. */
  readonly previous: Head | null
  /** The heads that undo has left, the latest last. */
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

/** A head of the session, and the choice that was open there. */
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
