import { createHash } from 'node:crypto'
import type { Request } from './protocol.ts'

/** How often the same was asked before, by this engine: no real model answers twice with one picture. */
export type RepeatCounter = (request: Request) => number

/** A seed asks for the same picture each time; the size and the shape of a picture make no other one of it. */
export function repeatCounter(): RepeatCounter {
  const asked = new Map<string, number>()
  return ({ contents, systemInstruction, generationConfig }) => {
    if (generationConfig?.seed !== undefined) return 0
    const said = JSON.stringify([contents, systemInstruction])
    const digest = createHash('sha256').update(said).digest('base64')
    const before = asked.get(digest) ?? 0
    asked.set(digest, before + 1)
    return before
  }
}

/** What chance is made of: nothing for the first picture of some words. `take` counts the pictures of one reply. */
export function randomKey(seed: number | undefined, again: number, take: number): string {
  const words = [...(again === 0 ? [] : [`again ${again}`]), ...(take === 0 ? [] : [String(take)])]
  return [seed ?? '', ...words].join('\n')
}
