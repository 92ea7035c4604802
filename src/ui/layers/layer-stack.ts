// The layers and their states, as a value: a key goes in, a new value and effects come out.
import type { InputEvent } from '../../terminal/keys/parse-keys.ts'
import { graphemesOf } from '../../text/graphemes.ts'
import { chordOf } from '../line/chord.ts'
import { type Editor, EMPTY } from '../line/editor.ts'
import { remember } from '../line/history.ts'
import type {
  BoundKeys,
  KeyBinding,
  Layer,
  LayerEffect,
  LayerStep,
  ReplEffect,
  Scene,
  StatusNotice,
} from './layer.ts'

/** The topmost first. */
export type Layers = readonly Layer<unknown>[]

export type StackState = {
  readonly editor: Editor
  readonly history: readonly string[]
  /** The state of each layer, in the order of the layers. */
  readonly own: readonly unknown[]
}

/** What the layers see of limn and the window. */
export type LayerWorld = Omit<Scene, 'editor' | 'history' | 'keysBelow'>

/** An effect; for completions, with the index of the layer that gets the result. */
export type Issued =
  | { readonly kind: 'repl'; readonly effect: ReplEffect }
  | { readonly kind: 'complete'; readonly layer: number; readonly request: CompletionRequest }

export type CompletionRequest = Extract<LayerEffect<unknown>, { readonly kind: 'complete' }>

/** What the user does. A terminal's answers are not for the layers. */
export type UserEvent = Extract<InputEvent, { kind: 'key' | 'paste' }>

export type StackStep = { readonly state: StackState; readonly effects: readonly Issued[] }

export function openStack(layers: Layers): StackState {
  return { editor: EMPTY, history: [], own: layers.map(({ initial }) => initial) }
}

/** Gives a key or a paste to the first open layer that takes it; then all layers follow the change. */
export function press(layers: Layers, state: StackState, world: LayerWorld, event: UserEvent): StackStep {
  let now: StackStep = { state, effects: [] }
  for (const one of oneByOne(layers, state, world, event))
    now = then(now, pressOne(layers, now.state, world, one))
  return now
}

/** Called when the screen or the window has changed. */
export function follow(layers: Layers, state: StackState, world: LayerWorld): StackStep {
  return each(layers, state, world, (layer, own, scene) => layer.follow?.(own, scene))
}

/** Applies what a layer does when its own effect has ended. */
export function resume(
  layers: Layers,
  state: StackState,
  world: LayerWorld,
  layer: number,
  make: (own: unknown, scene: Scene) => LayerStep<unknown>,
): StackStep {
  const done = apply(world, state, layer, make(state.own[layer], sceneOf(layers, state, world, layer)))
  return then(done, follow(layers, done.state, world))
}

/** The first layer's notice: the status row has room for one. */
export function noticeOf(layers: Layers, state: StackState, world: LayerWorld): StatusNotice | null {
  for (const [index, layer] of layers.entries()) {
    const notice = layer.notice?.(state.own[index], sceneOf(layers, state, world, index))
    if (notice) return notice
  }
  return null
}

/** What the layer at this index sees. */
export function sceneOf(layers: Layers, state: StackState, world: LayerWorld, index: number): Scene {
  return {
    ...world,
    editor: state.editor,
    history: state.history,
    keysBelow: () => boundKeys(layers, state, world, index + 1),
  }
}

export function isOpen(layer: Layer<unknown>, own: unknown, scene: Scene): boolean {
  return layer.open?.(own, scene) ?? true
}

/** What each key does now, by the rule by which keys are dispatched, for the layers from index `from` on. */
export function boundKeys(
  layers: Layers,
  state: StackState,
  world: LayerWorld,
  from = 0,
): readonly BoundKeys[] {
  const taken = new Set<string>()
  const bound: BoundKeys[] = []
  for (const [index, layer] of layers.entries()) {
    const own = state.own[index]
    const scene = sceneOf(layers, state, world, index)
    if (index < from || !isOpen(layer, own, scene)) continue
    for (const binding of layer.bindings) {
      const keys = binding.keys.filter((chord) => !taken.has(chord) && isBound(binding, own, scene, chord))
      for (const chord of keys) taken.add(chord)
      if (keys.length === 0) continue
      bound.push({ section: binding.section ?? layer.section ?? layer.title, keys, does: binding.does })
    }
    if (layer.modal?.(own, scene)) break
  }
  return bound
}

function isBound(binding: KeyBinding<unknown>, own: unknown, scene: Scene, chord: string): boolean {
  const known = binding.keys.find((one) => one === chord)
  return known !== undefined && (binding.bound?.(own, scene, known) ?? true)
}

function pressOne(layers: Layers, state: StackState, world: LayerWorld, event: UserEvent): StackStep {
  let now: StackStep = { state, effects: [] }
  let taker = -1
  for (const [index, layer] of layers.entries()) {
    const own = state.own[index]
    const scene = sceneOf(layers, state, world, index)
    if (!isOpen(layer, own, scene)) continue
    const step = stepOf(layer, own, scene, event)
    if (step) now = apply(world, state, index, step)
    if (!step && !layer.modal?.(own, scene)) continue
    taker = index
    break
  }
  const others = each(layers, now.state, world, (layer, own, scene, index) =>
    index === taker ? undefined : layer.elsewhere?.(own, scene),
  )
  const settled = then(now, others)
  return then(settled, follow(layers, settled.state, world))
}

function stepOf(
  layer: Layer<unknown>,
  own: unknown,
  scene: Scene,
  event: UserEvent,
): LayerStep<unknown> | undefined {
  switch (event.kind) {
    case 'paste':
      return layer.type?.(own, scene, event.text, 'pasted')
    case 'key': {
      const { key } = event
      const binding = layer.bindings.find((one) => isBound(one, own, scene, chordOf(key)))
      if (binding) return binding.press(own, scene, key)
      const typed = key.name === 'text' && !key.ctrl && !key.alt
      return typed ? layer.type?.(own, scene, key.text, 'typed') : undefined
    }
  }
}

/** Splits letters that came in one chunk, where an open layer takes letters as keys. */
function oneByOne(
  layers: Layers,
  state: StackState,
  world: LayerWorld,
  event: UserEvent,
): readonly UserEvent[] {
  if (event.kind !== 'key' || event.key.name !== 'text') return [event]
  for (const [index, layer] of layers.entries()) {
    const own = state.own[index]
    const scene = sceneOf(layers, state, world, index)
    if (!isOpen(layer, own, scene)) continue
    if (layer.letters?.(own, scene)) {
      const letters = [...graphemesOf(event.key.text)]
      return letters.map(({ text }) => ({ kind: 'key', key: { ...event.key, text } }))
    }
    if (layer.modal?.(own, scene)) break
  }
  return [event]
}

type Hook = (
  layer: Layer<unknown>,
  own: unknown,
  scene: Scene,
  index: number,
) => LayerStep<unknown> | undefined

function each(layers: Layers, state: StackState, world: LayerWorld, hook: Hook): StackStep {
  let now: StackStep = { state, effects: [] }
  for (const [index, layer] of layers.entries()) {
    const scene = sceneOf(layers, now.state, world, index)
    const step = hook(layer, now.state.own[index], scene, index)
    if (step) now = then(now, apply(world, now.state, index, step))
  }
  return now
}

function then(first: StackStep, second: StackStep): StackStep {
  return { state: second.state, effects: [...first.effects, ...second.effects] }
}

function apply(
  { isSecret }: LayerWorld,
  state: StackState,
  layer: number,
  step: LayerStep<unknown>,
): StackStep {
  const { keep = [], editor = state.editor, effects = [] } = step
  const history = keep.filter((line) => !isSecret(line)).reduce(remember, step.history ?? state.history)
  const own = 'own' in step ? state.own.with(layer, step.own) : state.own
  const same = editor === state.editor && history === state.history && own === state.own
  return {
    state: same ? state : { editor, history, own },
    effects: effects.map((effect) =>
      effect.kind === 'complete' ? { kind: 'complete', layer, request: effect } : { kind: 'repl', effect },
    ),
  }
}
