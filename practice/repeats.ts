import { createHash } from 'node:crypto'
import type { Request } from './protocol.ts'

/** How often this engine got the same request before: no real model gives the same picture twice. */
export type RepeatCounter = (request: Request) => number

/** Always 0 with a seed, which asks for the same picture each time. Size and ratio make no different request. */
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

/** The seed of random variation: empty for the first picture of a prompt. `index` is the position in the reply. */
export function variationKey(seed: number | undefined, repeat: number, index: number): string {
  const words = [...(repeat === 0 ? [] : [`again ${repeat}`]), ...(index === 0 ? [] : [String(index)])]
  return [seed ?? '', ...words].join('\n')
}
