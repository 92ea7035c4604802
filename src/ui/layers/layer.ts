// What a layer is: one part of the live area, with the keys that it takes, the rows that it wants and how it draws.
import type { ReactElement } from 'react'
import type { Completion } from '../../commands/complete.ts'
import type { Answer, Task, Tone } from '../../core/event.ts'
import type { Price } from '../../core/money/forecast.ts'
import type { Screen } from '../../repl/screen.ts'
import type { Key } from '../../terminal/keys/keys.ts'
import type { Context } from '../../turn/context.ts'
import type { Chord } from '../line/chord.ts'
import type { Editor } from '../line/editor.ts'

/** What every layer can see when a key comes and when it draws. */
export type Scene = {
  /** What the repl shows; null until it is built, while keys are taken already. */
  readonly screen: Screen | null
  /** The line being typed. */
  readonly editor: Editor
  /** Lines typed before; the newest last. */
  readonly history: readonly string[]
  /** Of the window. */
  readonly columns: number
  readonly rows: number
  /** Characters of a paste that has begun and does not go on; null while there is none. */
  readonly pasting: number | null
  /** What a line would cost; null until the repl is built. */
  priceOf(line: string): Price | null
  /** Whether a line holds a secret; until the repl is built nobody knows. */
  isSecret(line: string): boolean
  /** A word that acts alone, as the command that it stands for. */
  spelledOut(line: string): string
  /** The keys that the layers under this one take now, without those that this one or one above it takes. */
  keysBelow(): readonly BoundKeys[]
}

/** Keys that do something now: for the key help. */
export type BoundKeys = {
  readonly section: string
  readonly keys: readonly Chord[]
  readonly does: string
}

/** What comes of a key. What is not there stays as it is. */
export type LayerStep<S> = {
  /** What the layer itself remembers. */
  readonly own?: S
  readonly editor?: Editor
  /** The lines typed before, where some of them go. */
  readonly history?: readonly string[]
  /** Lines to put into the history, the newest last; what is a secret is left out. */
  readonly keep?: readonly string[]
  readonly effects?: readonly LayerEffect<S>[]
}

/** What a key can ask of the rest of limn. */
export type ReplEffect =
  /** The line has been typed. An empty one runs the lines that are held. */
  | { readonly kind: 'submit'; readonly line: string }
  | { readonly kind: 'answer'; readonly answer: Answer }
  | { readonly kind: 'let-go' }
  | { readonly kind: 'drop-held' }
  | { readonly kind: 'perform'; readonly task: (context: Context) => Task }
  | { readonly kind: 'quit' }

export type LayerEffect<S> =
  | ReplEffect
  /** Looks for what completes the line; `found` is called with it, and the layer as it is then. */
  | {
      readonly kind: 'complete'
      readonly line: string
      readonly cursor: number
      /** The keys after this one wait for the answer. Otherwise only the newest request is carried out. */
      readonly keysWait: boolean
      found(completion: Completion | undefined, own: S, scene: Scene): LayerStep<S>
    }

/** Keys are dispatched from this, and `?` and docs/keys.md are made from it. */
export type KeyBinding<S> = {
  /** The best known one first. */
  readonly keys: readonly Chord[]
  /** In the user's words, to stand behind the key: `send the line`. */
  readonly does: string
  /** The heading in the key help, where it is another than the layer's. */
  readonly section?: string
  /** Whether the key is bound now; where this is absent, it is whenever the layer is open. */
  bound?(own: S, scene: Scene, chord: Chord): boolean
  press(own: S, scene: Scene, key: Key): LayerStep<S>
}

/** Places of the live area, from the top. Of the layers that are open in one, the topmost alone is drawn. */
export const SLOTS = ['progress', 'line', 'answer', 'list', 'status'] as const

export type Slot = (typeof SLOTS)[number]

/** A window with fewer rows than these has none to spare: one layer may then be drawn alone. */
export const SMALL_WINDOW = 12

export type RowsWanted = { readonly least: number; readonly most: number }

export type StatusNotice = { readonly text: string; readonly tone: Tone }

export type DrawArea = {
  readonly columns: number
  /** As many as were given to the layer: never more than it wanted, and it draws no more. */
  readonly rows: number
  /** Rows of the live area above, for the cursor. */
  readonly top: number
  /** What a layer has to say on the status row. */
  readonly notice: StatusNotice | null
}

export type LayerView<S> = {
  readonly slot: Slot
  /** At most so many rows are given; `least` goes before what other layers would like to have. */
  rows(own: S, scene: Scene): RowsWanted
  /** In a small window the topmost of the layers that would be drawn, and that say so, is drawn alone. */
  alone?(own: S, scene: Scene): boolean
  draw(own: S, scene: Scene, area: DrawArea): ReactElement | null
}

/**
 * `S` is what the layer remembers. All but `draw` is pure. A key goes to the first open layer that binds it; the list
 * in layer-list.ts is their order. Methods, not properties: a list of layers of different `S` is a list of
 * `Layer<unknown>`, and layer-stack.ts gives each of them its own.
 */
export type Layer<S> = {
  /** The heading in docs/keys.md, and in the key help where `section` is absent. */
  readonly title: string
  readonly section?: string
  /** When its keys are bound: a sentence for docs/keys.md. */
  readonly about: string
  readonly initial: S
  readonly bindings: readonly KeyBinding<S>[]
  /** While it is not open it takes no keys and draws nothing. Always open where this is absent. */
  open?(own: S, scene: Scene): boolean
  /**
   * Takes typed and pasted text that is no key of a binding; a run of letters that comes at once is one text.
   * Undefined leaves it to the layers below.
   */
  type?(own: S, scene: Scene, text: string, source: 'typed' | 'pasted'): LayerStep<S> | undefined
  /** No key reaches the layers below. */
  modal?(own: S, scene: Scene): boolean
  /** Letters are keys: a run of them that comes at once is pressed one by one. */
  letters?(own: S, scene: Scene): boolean
  /** Another layer has taken a key, or none has. */
  elsewhere?(own: S, scene: Scene): LayerStep<S>
  /** Called after every key and whenever the screen has changed: to go along with what is new. */
  follow?(own: S, scene: Scene): LayerStep<S>
  /** What stands on the status row meanwhile. */
  notice?(own: S, scene: Scene): StatusNotice | null
  readonly view?: LayerView<S>
}

export const NO_STEP: LayerStep<never> = {}
