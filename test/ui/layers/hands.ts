import type { Completion } from '../../../src/commands/complete.ts'
import type { Lane, Screen } from '../../../src/repl/screen.ts'
import { createKeyParser } from '../../../src/terminal/keys/parse-keys.ts'
import { LAYERS } from '../../../src/ui/layers/key-layers.ts'
import type { ReplEffect } from '../../../src/ui/layers/layer.ts'
import {
  boundKeys,
  type CompletionRequest,
  follow,
  type Layers,
  type LayerWorld,
  openStack,
  press,
  resume,
  type StackState,
  type StackStep,
} from '../../../src/ui/layers/layer-stack.ts'
import { chordText } from '../../../src/ui/line/chord.ts'
import { Story } from '../../core/session/story.ts'

/** What the repl shows at the start of a session, with some changes. */
export function screenOf(change: Partial<Screen> = {}): Screen {
  return {
    session: new Story().session,
    engine: { id: 'practice', kind: 'practice', label: 'practice engine' },
    lane: { kind: 'ready' },
    behind: 0,
    question: null,
    held: false,
    offer: null,
    readOnly: null,
    ended: false,
    ...change,
  }
}

export function turnLane(): Lane {
  const prompt = new Story().prompt('a red fox')
  return { kind: 'turn', since: new Date(), prompt, text: '', of: 1, done: 0 }
}

/** A session with queued lines. */
export function waitingSession(...lines: readonly string[]) {
  const { session } = new Story().line('a red fox')
  return {
    ...session,
    waiting: lines.map((line, id) => ({ id: String(id), line, base: null, mentions: [] })),
  }
}

/** A session with a choice of the images of one line, v1 to v3. */
export function choiceSession() {
  const { session } = new Story().line('a red fox', {}, { images: 3 })
  return { ...session, choice: { group: 'g', versions: [1, 2, 3] } }
}

/** The rest of what the layers see, without anything in it. */
export const NOTHING_ELSE = {
  pasting: null,
  priceOf: () => 'free' as const,
  isSecret: () => false,
  spelledOut: (line: string) => line,
}

/** A user of the layers, without a terminal: bytes go in, and effects for the repl come out. */
export class Hands {
  state: StackState
  world: LayerWorld
  /** The effects for the repl, in order. */
  readonly asked: ReplEffect[] = []
  readonly lookedUp: { readonly layer: number; readonly request: CompletionRequest }[] = []
  readonly #layers: Layers

  constructor(change: Partial<LayerWorld> = {}, layers: Layers = LAYERS) {
    this.#layers = layers
    this.world = { screen: screenOf(), columns: 80, rows: 24, ...NOTHING_ELSE, ...change }
    this.state = openStack(layers)
    this.shows(this.world)
  }

  get text(): string {
    return this.state.editor.text
  }

  /** The submitted lines. */
  get sent(): readonly string[] {
    return this.asked.flatMap((effect) => (effect.kind === 'submit' ? [effect.line] : []))
  }

  /** Types everything in one chunk, through limn's own key parser. */
  types(bytes: string): this {
    const parser = createKeyParser()
    for (const event of [...parser.feed(bytes), ...parser.flush()]) {
      if (event.kind === 'key' || event.kind === 'paste')
        this.#take(press(this.#layers, this.state, this.world, event))
    }
    return this
  }

  shows(change: Partial<LayerWorld>): this {
    this.world = { ...this.world, ...change }
    this.#take(follow(this.#layers, this.state, this.world))
    return this
  }

  /** Answers the newest request for completions. */
  finds(completion: Completion | undefined): this {
    const newest = this.lookedUp.at(-1)
    if (!newest) throw new Error('no completions were requested')
    const { layer, request } = newest
    this.#take(
      resume(this.#layers, this.state, this.world, layer, (own, scene) =>
        request.found(completion, own, scene),
      ),
    )
    return this
  }

  /** What a key does now, as the key help says. */
  says(key: string): string | undefined {
    const bound = boundKeys(this.#layers, this.state, this.world)
    return bound.find(({ keys }) => keys.some((chord) => chordText(chord) === key))?.does
  }

  #take({ state, effects }: StackStep): void {
    this.state = state
    for (const issued of effects) {
      if (issued.kind === 'repl') this.asked.push(issued.effect)
      else this.lookedUp.push(issued)
    }
  }
}
