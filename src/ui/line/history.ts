import { holdsKey } from '../../core/line/secret.ts'

const LONGEST = 1000

/**
 * The history with one more line: the newest last, no line twice in a row, at most 1000. A line with an API key is left
 * out.
 */
export function remember(history: readonly string[], line: string): readonly string[] {
  if (line.trim() === '' || history.at(-1) === line || holdsKey(line)) return history
  return [...history, line].slice(-LONGEST)
}

/**
 * A walk through the history. While it lasts, what was typed is kept by the index where it was typed; the draft's index
 * is the length of the history. The history itself does not change.
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
