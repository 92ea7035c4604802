import { holdsKey } from '../../core/line/secret.ts'

const LONGEST = 1000

/** The prompt's history with one more line: newest last, no line twice in a row, the newest 1000 kept. Never one with a key. */
export function remember(history: readonly string[], line: string): readonly string[] {
  if (line.trim() === '' || history.at(-1) === line || holdsKey(line)) return history
  return [...history, line].slice(-LONGEST)
}

/**
 * The walk through the history. What was typed stays while the walk lasts, under the place where it was typed; the
 * draft's place is the history's length. The history itself never changes.
 */
export type Walk = { readonly index: number; readonly typed: ReadonlyMap<number, string> }

type HistoryStep = { readonly walk: Walk | null; readonly text: string }

export function older(history: readonly string[], walk: Walk | null, text: string): HistoryStep | undefined {
  const from = Math.min(walk?.index ?? history.length, history.length)
  return from === 0 ? undefined : step(history, walk, from, from - 1, text)
}

export function newer(history: readonly string[], walk: Walk | null, text: string): HistoryStep | undefined {
  if (walk === null) return undefined
  const from = Math.min(walk.index, history.length)
  const next = step(history, walk, from, from + 1, text)
  return from + 1 < history.length ? next : { walk: null, text: next.text }
}

function step(
  history: readonly string[],
  walk: Walk | null,
  from: number,
  to: number,
  text: string,
): HistoryStep {
  const typed = new Map(walk?.typed).set(from, text)
  return { walk: { index: to, typed }, text: typed.get(to) ?? history[to] ?? '' }
}
