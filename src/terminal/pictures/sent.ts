// Which images the terminal has, so that none is sent twice.
import { imageIdAt } from './kitty-commands.ts'

export type SentPictures = {
  /** The id under which the terminal has this picture at this size, if it still has it. */
  recall(key: string): number | undefined
  /** A new id for a picture of this many pixels that is sent now. */
  take(key: string, pixels: number): number
}

/**
 * kitty keeps 320 MB of images per screen and drops the oldest. We count on half of that: a picture that was sent
 * before the last 160 MB, at four bytes a pixel, is sent again.
 */
const keptBytes = 160_000_000

/** Make one for each terminal. `random`: 0 to 1. */
export function createSent(random: number): SentPictures {
  const images = new Map<string, { id: number; bytes: number }>()
  let bytes = 0
  let ids = 0
  const forget = (key: string) => {
    bytes -= images.get(key)?.bytes ?? 0
    images.delete(key)
  }
  return {
    recall: (key) => images.get(key)?.id,
    take(key, pixels) {
      forget(key)
      const id = imageIdAt(random, ids++)
      images.set(key, { id, bytes: pixels * 4 })
      bytes += pixels * 4
      for (const [oldest] of images) {
        if (bytes <= keptBytes) break
        if (oldest !== key) forget(oldest)
      }
      return id
    },
  }
}
