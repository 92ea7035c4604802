import { useEffect, useLayoutEffect, useState, useSyncExternalStore } from 'react'
import type { Completion } from '../../commands/complete.ts'
import type { InputEvent } from '../../terminal/keys/parse-keys.ts'
import {
  follow,
  type Issued,
  type Layers,
  type LayerWorld,
  openStack,
  press,
  resume,
  type StackState,
  type StackStep,
  type UserEvent,
} from './layer-stack.ts'
import { runEffect, type ScreenServices, seenOf } from './repl-adapter.ts'

export type WindowSize = { readonly columns: number; readonly rows: number }

export type StackSnapshot = { readonly state: StackState; readonly world: LayerWorld }

/** The layers as they are now. React only draws them: all keys of one chunk are handled before it does. */
export function useLayers(
  layers: Layers,
  services: ScreenServices,
  { columns, rows }: WindowSize,
): StackSnapshot {
  const { input, repl, early, complete, quit } = services
  const [keys] = useState(() => new LayerKeys(layers, services, { columns, rows }))
  useLayoutEffect(() => {
    keys.use({ input, repl, early, complete, quit }, { columns, rows })
  }, [keys, input, repl, early, complete, quit, columns, rows])
  useLayoutEffect(() => repl?.live.subscribe(keys.changed), [repl, keys])
  useEffect(() => input.onEvent(keys.take), [input, keys])
  return useSyncExternalStore(keys.subscribe, keys.snapshot)
}

/** Gives keys to the layers one after another, and carries out their effects. */
class LayerKeys {
  readonly #layers: Layers
  #services: ScreenServices
  #now: StackSnapshot
  readonly #listeners = new Set<() => void>()
  readonly #early: UserEvent[] = []
  /** Keys are held until an effect has ended. */
  #waits = false
  #stale = false
  /** The newest request for completions that no key waits for. */
  #newest: unknown = null

  constructor(layers: Layers, services: ScreenServices, size: WindowSize) {
    this.#layers = layers
    this.#services = services
    this.#now = { state: openStack(layers), world: { ...seenOf(services), ...size, pasting: null } }
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  readonly snapshot = (): StackSnapshot => this.#now

  readonly take = (event: InputEvent): void => {
    switch (event.kind) {
      case 'answer':
        return
      case 'pasting':
        this.#adopt({ ...this.#now.world, pasting: event.characters })
        return
      case 'paste':
        this.#adopt({ ...this.#now.world, pasting: null })
        break
      case 'key':
        break
    }
    this.#early.push(event)
    this.#go()
  }

  /** Called when the services change, for example when the repl is ready, or when the window has a new size. */
  use(services: ScreenServices, size: WindowSize): void {
    this.#services = services
    this.#look(size)
  }

  /** All keys of one chunk apply to what the user saw when they came, so the screen changes between chunks only. */
  readonly changed = (): void => {
    if (this.#stale) return
    this.#stale = true
    queueMicrotask(() => this.#look())
  }

  #look(size: Partial<WindowSize> = {}): void {
    this.#stale = false
    this.#adopt({ ...this.#now.world, ...seenOf(this.#services), ...size })
  }

  #adopt(world: LayerWorld): void {
    const was = this.#now.world
    const same =
      world.screen === was.screen &&
      world.columns === was.columns &&
      world.rows === was.rows &&
      world.pasting === was.pasting
    if (same) return
    this.#now = { ...this.#now, world }
    this.#put(follow(this.#layers, this.#now.state, world))
  }

  #go(): void {
    while (!this.#waits) {
      const event = this.#early.shift()
      if (!event) return
      const { state, world } = this.#now
      this.#put(press(this.#layers, state, world, event))
    }
  }

  #put({ state, effects }: StackStep): void {
    // The state comes first, since an effect may change the screen synchronously.
    this.#now = { ...this.#now, state }
    for (const listener of this.#listeners) listener()
    for (const effect of effects) this.#waitFor(this.#run(effect))
  }

  #run(issued: Issued): Promise<void> | undefined {
    switch (issued.kind) {
      case 'repl':
        return runEffect(issued.effect, this.#services)
      case 'complete': {
        const { layer, request } = issued
        if (request.keysWait) return this.#complete(issued)
        this.#newest = request
        // After all keys of the chunk, so that only the final line is completed.
        queueMicrotask(() => {
          if (this.#newest === request) void this.#complete({ kind: 'complete', layer, request })
        })
        return
      }
    }
  }

  async #complete({ layer, request }: Issued & { readonly kind: 'complete' }): Promise<void> {
    const { line, cursor, keysWait } = request
    const completion: Completion | undefined = await this.#services.complete(line, cursor)
    if (!keysWait && this.#newest !== request) return
    const { state, world } = this.#now
    this.#put(
      resume(this.#layers, state, world, layer, (own, scene) => request.found(completion, own, scene)),
    )
  }

  #waitFor(end: Promise<void> | undefined): void {
    if (!end) return
    this.#waits = true
    const on = () => {
      this.#waits = false
      // The repl's screen may have changed meanwhile without this stack having seen it.
      this.#look()
      this.#go()
    }
    void end.then(on, on)
  }
}
