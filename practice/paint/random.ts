import { createHash } from 'node:crypto'

/** Pseudo-random numbers from a seed text, so that pictures are reproducible. */
export type Random = {
  /** At least `from`, below `to`. */
  between(from: number, to: number): number
  pick<T>(list: readonly [T, ...T[]]): T
  chance(probability: number): boolean
}

export function randomFrom(words: string): Random {
  let state = createHash('sha256').update(words).digest().readUInt32LE(0)
  // mulberry32: small, fast and even enough for pictures.
  const next = () => {
    state = (state + 0x6d2b79f5) | 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296
  }
  return {
    between: (from, to) => from + next() * (to - from),
    pick: (list) => list[Math.floor(next() * list.length)] ?? list[0],
    chance: (probability) => next() < probability,
  }
}
