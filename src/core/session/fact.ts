import type { Failure } from '../failures/failure.ts'
import type { Nothing } from '../failures/missing-image.ts'
import type { Cost } from '../money/call-cost.ts'
import type { Usage } from '../money/token-usage.ts'
import type { SettingsChange } from '../settings/turn-settings-type.ts'
import type { Style } from '../wording/style-list.ts'
import type { FileRef } from './file-ref.ts'
import type { Grounding } from './grounding.ts'
import type { Role } from './role.ts'
import type { Head, Original, Prompt, Reference, ToolAct, Waiting } from './session.ts'
import type { Thought } from './thoughts.ts'

/** A change of a reference in the list; what is left out stays. */
export type ReferenceChange = {
  /** Null removes the role. */
  readonly role?: Role | null | undefined
  readonly muted?: boolean
  /** Its place in the list, from 1. */
  readonly place?: number
  /** Another copy. */
  readonly file?: FileRef
  readonly original?: Original
  /** Null: the copy matches the user's file again. */
  readonly changed?: Original | null
}

export type Stamped = { readonly at: string }

/** A change of the session. It is on disk before it is shown. */
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
     * A tool has made images from versions. `parent` is where undo goes from them, and whose conversation they go on
     * with; `head` is the session's head afterwards. Several images are a choice, as those of one line are.
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
        /** The queued line that it was. */
        readonly queued?: string
        /**
         * The number of its image, whenever that arrives: images of one line are numbered in the order in which they
         * were requested. A row of a batch has none, and is numbered when it is fetched.
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
    /** Null removes the tag. */
    | { readonly type: 'tagged'; readonly name: string; readonly version: number | null }
    | { readonly type: 'moved'; readonly by: 'undo' | 'redo' | 'goto'; readonly head: Head }
    | { readonly type: 'left'; readonly out: readonly string[] }
  )

/** The fact of one type: `FactOf<'moved'>`. */
export type FactOf<Type extends Fact['type']> = Extract<Fact, { readonly type: Type }>
