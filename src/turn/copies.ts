import { type Copy, fitWithin } from '../image/resize.ts'
import { sha256Of } from '../store/files.ts'

/** Bytes of copies that are kept. */
const LIMIT = 64_000_000

/** Copies as they are sent: a reference goes along with every line, and is made smaller for the first one alone. */
export class Copies {
  readonly #limit: number
  /** The one that was used longest ago comes first. */
  readonly #kept = new Map<string, Copy>()
  #bytes = 0

  constructor(limit = LIMIT) {
    this.#limit = limit
  }

  /** What is kept now, in bytes. */
  get bytes(): number {
    return this.#bytes
  }

  async of(original: Uint8Array, maxPixels: number): Promise<Copy> {
    const name = `${await sha256Of(original)} ${maxPixels}`
    const kept = this.#kept.get(name)
    if (kept) {
      this.#drop(name, kept)
      this.#keep(name, kept)
      return kept
    }
    const copy = await fitWithin(original, maxPixels)
    // What fits already costs no time; and the same image twice in one line is made twice, and kept once.
    if (copy.bytes !== original && !this.#kept.has(name)) this.#keep(name, copy)
    return copy
  }

  #keep(name: string, copy: Copy): void {
    this.#kept.set(name, copy)
    this.#bytes += copy.bytes.length
    for (const [oldest, its] of this.#kept) {
      if (this.#bytes <= this.#limit) return
      this.#drop(oldest, its)
    }
  }

  #drop(name: string, copy: Copy): void {
    this.#kept.delete(name)
    this.#bytes -= copy.bytes.length
  }
}
