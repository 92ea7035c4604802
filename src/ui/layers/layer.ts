// A layer is one part of the live area: the keys that it takes, the rows that it wants, and how it draws.
import type { ReactElement } from 'react'
import type { Completion } from '../../commands/complete.ts'
import type { Answer, Task, Tone } from '../../core/event.ts'
import type { Price } from '../../core/money/forecast.ts'
import type { Screen } from '../../repl/screen.ts'
import type { Key } from '../../terminal/keys/parse-keys.ts'
import type { Context } from '../../turn/context.ts'
import type { Chord } from '../line/chord.ts'
import type { Editor } from '../line/editor.ts'

/** What every layer can see when a key comes and when it draws. */
export type Scene = {
  /** What the repl shows; null until the repl is ready, when keys are already taken. */
  readonly screen: Screen | null
  /** The line being typed. */
  readonly editor: Editor
  /** Earlier lines, the newest last. */
  readonly history: readonly string[]
  /** Size of the window. */
  readonly columns: number
  readonly rows: number
  /** Characters received of a paste that has stalled; null while there is none. */
  readonly pasting: number | null
  /** What a line would cost; null until the repl is ready. */
  priceOf(line: string): Price | null
  /** Whether a line contains a secret; false until the repl is ready, which knows the commands. */
  isSecret(line: string): boolean
  /** The command that a line of one bare word stands for; any other line unchanged. */
  spelledOut(line: string): string
  /** The keys that the layers below this one take now, each by the rule by which keys are dispatched. */
  keysBelow(): readonly BoundKeys[]
}

/** Keys that do something now, for the key help. */
export type BoundKeys = {
  readonly section: string
  readonly keys: readonly Chord[]
  readonly does: string
}

/** The result of a key. What is absent stays as it is. */
export type LayerStep<S> = {
  /** The layer's new state. */
  readonly own?: S
  readonly editor?: Editor
  /** The new history, where lines are removed from it. */
  readonly history?: readonly string[]
  /** Lines to add to the history, the newest last; lines with a secret are left out. */
  readonly keep?: readonly string[]
  readonly effects?: readonly LayerEffect<S>[]
}

/** What a key can ask of the rest of limn. */
export type ReplEffect =
  /** Submits a line. An empty one runs the held lines. */
  | { readonly kind: 'submit'; readonly line: string }
  | { readonly kind: 'answer'; readonly answer: Answer }
  | { readonly kind: 'let-go' }
  | { readonly kind: 'drop-held' }
  | { readonly kind: 'perform'; readonly task: (context: Context) => Task }
  | { readonly kind: 'quit' }

export type LayerEffect<S> =
  | ReplEffect
  /** Looks for completions of the line; `found` is called with them and with the layer's state at that time. */
  | {
      readonly kind: 'complete'
      readonly line: string
      readonly cursor: number
      /** Whether the keys after this one wait for the answer. If not, only the newest request is answered. */
      readonly keysWait: boolean
      found(completion: Completion | undefined, own: S, scene: Scene): LayerStep<S>
    }

/** A key and what it does: used to dispatch keys, and to make the key help and docs/keys.md. */
export type KeyBinding<S> = {
  /** The best known key first. */
  readonly keys: readonly Chord[]
  /** What the key does, in the user's words: `send the line`. */
  readonly does: string
  /** The heading in the key help, where it differs from the layer's. */
  readonly section?: string
  /** Whether the key is bound now. If absent, it is bound whenever the layer is open. */
  bound?(own: S, scene: Scene, chord: Chord): boolean
  press(own: S, scene: Scene, key: Key): LayerStep<S>
}

/** Places in the live area, from the top. Of the open layers in one slot, only the topmost is drawn. */
export const SLOTS = ['progress', 'line', 'answer', 'list', 'status'] as const

export type Slot = (typeof SLOTS)[number]

/** A window with fewer rows than this has none to spare: one layer may then be drawn alone. */
export const SMALL_WINDOW = 12

export type RowsWanted = { readonly least: number; readonly most: number }

export type StatusNotice = { readonly text: string; readonly tone: Tone }

export type DrawArea = {
  readonly columns: number
  /** The rows given to the layer: never more than it wanted, and it draws no more than these. */
  readonly rows: number
  /** Rows of the live area above this layer, to place the cursor. */
  readonly top: number
  /** The notice on the status row. */
  readonly notice: StatusNotice | null
}

export type LayerView<S> = {
  readonly slot: Slot
  /** The layer gets at most `most` rows; its `least` comes before the wishes of other layers. */
  rows(own: S, scene: Scene): RowsWanted
  /** In a small window, the topmost layer that says so is drawn alone. */
  alone?(own: S, scene: Scene): boolean
  draw(own: S, scene: Scene, area: DrawArea): ReactElement | null
}

/**
 * `S` is the layer's state. Everything but `draw` is pure. A key goes to the first open layer that binds it, in the
 * order of layer-list.ts. These are methods, not properties, so that layers of different `S` fit in a list of
 * `Layer<unknown>`; layer-stack.ts gives each one its own state.
 */
export type Layer<S> = {
  /** The heading in docs/keys.md, and in the key help if `section` is absent. */
  readonly title: string
  readonly section?: string
  /** When its keys are bound: a sentence for docs/keys.md. */
  readonly about: string
  readonly initial: S
  readonly bindings: readonly KeyBinding<S>[]
  /** While the layer is closed, it takes no keys and draws nothing. If absent, it is always open. */
  open?(own: S, scene: Scene): boolean
  /**
   * Takes typed and pasted text that no binding takes; letters that come in one chunk are one text. Undefined leaves
   * the text to the layers below.
   */
  type?(own: S, scene: Scene, text: string, source: 'typed' | 'pasted'): LayerStep<S> | undefined
  /** Whether all keys are kept from the layers below. */
  modal?(own: S, scene: Scene): boolean
  /** Whether letters are keys: letters that come in one chunk are then pressed one by one. */
  letters?(own: S, scene: Scene): boolean
  /** Called when another layer has taken a key, or no layer has. */
  elsewhere?(own: S, scene: Scene): LayerStep<S>
  /** Called after every key and whenever the screen has changed, to follow the change. */
  follow?(own: S, scene: Scene): LayerStep<S>
  /** A notice for the status row. */
  notice?(own: S, scene: Scene): StatusNotice | null
  readonly view?: LayerView<S>
}

export const NO_STEP: LayerStep<never> = {}
