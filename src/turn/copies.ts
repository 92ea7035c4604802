import { type Copy, fitWithin } from '../image/resize.ts'
import { sha256Of } from '../store/files.ts'

/** Most bytes of copies to keep. */
const LIMIT = 64_000_000

/** Caches the scaled copies of images: a reference is sent with every line, and scaled only for the first. */
export class Copies {
  readonly #limit: number
  /** The least recently used copy comes first. */
  readonly #kept = new Map<string, Copy>()
  #bytes = 0

  constructor(limit = LIMIT) {
    this.#limit = limit
  }

  /** Size of all copies, in bytes. */
  get bytes(): number {
    return this.#bytes
  }

  async fitted(original: Uint8Array, maxPixels: number): Promise<Copy> {
    const name = `${await sha256Of(original)} ${maxPixels}`
    const kept = this.#kept.get(name)
    if (kept) {
      this.#drop(name, kept)
      this.#keep(name, kept)
      return kept
    }
    const copy = await fitWithin(original, maxPixels)
    // An image that fits already is not worth caching. Two calls at once for one image both scale it; one is kept.
    if (copy.bytes !== original && !this.#kept.has(name)) this.#keep(name, copy)
    return copy
  }

  #keep(name: string, copy: Copy): void {
    this.#kept.set(name, copy)
    this.#bytes += copy.bytes.length
    for (const [oldest, old] of this.#kept) {
      if (this.#bytes <= this.#limit) return
      this.#drop(oldest, old)
    }
  }

  #drop(name: string, copy: Copy): void {
    this.#kept.delete(name)
    this.#bytes -= copy.bytes.length
  }
}
