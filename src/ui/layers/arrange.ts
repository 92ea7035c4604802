// Which layer gets which rows of the live area.
import {
  type DrawArea,
  type Layer,
  type LayerView,
  type Scene,
  SLOTS,
  type Slot,
  SMALL_WINDOW,
} from './layer.ts'
import { isOpen, type Layers, type LayerWorld, noticeOf, type StackState, sceneOf } from './layer-stack.ts'

/** Whose minimum comes first, where the window does not have enough rows for all minimums. */
const LEAST_FIRST: readonly Slot[] = ['line', 'answer', 'progress', 'status', 'list']
/** Who comes first when the remaining rows are given out. */
const MORE_FIRST: readonly Slot[] = ['answer', 'line', 'list', 'progress', 'status']

export type Placed = {
  readonly layer: Layer<unknown>
  readonly view: LayerView<unknown>
  readonly own: unknown
  readonly scene: Scene
  readonly area: DrawArea
}

export type Arranged = {
  /** An empty row at the top. */
  readonly gap: 0 | 1
  /** From the top down; each has at least one row. */
  readonly placed: readonly Placed[]
}

/** The total is less than the window's rows, or the terminal would scroll the live area into the transcript. */
export function arrange(layers: Layers, state: StackState, world: LayerWorld): Arranged {
  const { columns, rows: height } = world
  const small = height < SMALL_WINDOW
  const gap = small ? 0 : 1
  const notice = noticeOf(layers, state, world)
  const open = layers.flatMap((layer, index) => {
    const { view } = layer
    const own = state.own[index]
    const scene = sceneOf(layers, state, world, index)
    if (!view || !isOpen(layer, own, scene)) return []
    const wanted = view.rows(own, scene)
    return wanted.most > 0 ? [{ layer, view, own, scene, ...wanted }] : []
  })
  const topmost = open.filter((one) => one === open.find(({ view }) => view.slot === one.view.slot))
  // A layer that is drawn alone does not hide a notice on the status row.
  const alone =
    small && !notice ? topmost.find(({ view, own, scene }) => view.alone?.(own, scene)) : undefined
  const shown = SLOTS.flatMap((slot) => topmost.filter((one) => one.view.slot === slot)).filter(
    (one) => !alone || one === alone,
  )

  let left = Math.max(0, height - 1 - gap)
  const given = new Map<Slot, number>()
  const give = (slots: readonly Slot[], share: 'least' | 'most') => {
    for (const slot of slots) {
      const has = given.get(slot) ?? 0
      const wants = shown.find(({ view }) => view.slot === slot)?.[share] ?? 0
      const more = Math.max(0, Math.min(wants - has, left))
      given.set(slot, has + more)
      left -= more
    }
  }
  give(LEAST_FIRST, 'least')
  give(MORE_FIRST, 'most')

  let top: number = gap
  const placed: Placed[] = []
  for (const { layer, view, own, scene } of shown) {
    const rows = given.get(view.slot) ?? 0
    if (rows > 0) placed.push({ layer, view, own, scene, area: { columns, rows, top, notice } })
    top += rows
  }
  return { gap, placed }
}
