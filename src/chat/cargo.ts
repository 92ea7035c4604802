import { randomUUID } from 'node:crypto'

/** Bytes of an image that become base64 at once: a multiple of 3, so that the pieces fit together. */
const PIECE = 3 * 2 ** 16

/**
 * Images of one request. The SDK builds its JSON with a mark where an image is to stand, and the base64 is made piece
 * by piece while it is sent: an image of 4K as one string holds up the event loop for a quarter of a second.
 */
export class Cargo {
  readonly #mark = randomUUID()
  readonly #images = new Map<string, Uint8Array>()

  /** What stands for the image in the JSON. */
  load(image: Uint8Array): string {
    const mark = `${this.#mark}-${this.#images.size}`
    this.#images.set(mark, image)
    return mark
  }

  /** Characters of base64 that all of them take. */
  get size(): number {
    return [...this.#images.values()].reduce((sum, { length }) => sum + base64Length(length), 0)
  }

  get empty(): boolean {
    return this.#images.size === 0
  }

  /** The JSON with each image in its place, and how many bytes that is. */
  unload(json: string): { readonly length: number; readonly pieces: AsyncIterable<Uint8Array> } {
    const parts = json.split(new RegExp(`(${this.#mark}-\\d+)`)).map((text) => {
      const image = this.#images.get(text)
      return image ? Buffer.from(image.buffer, image.byteOffset, image.length) : Buffer.from(text)
    })
    const length = parts.reduce(
      (sum, part, index) => sum + (index % 2 === 0 ? part.length : base64Length(part.length)),
      0,
    )
    return { length, pieces: piecesOf(parts) }
  }
}

/** Every second part is an image. */
async function* piecesOf(parts: readonly Buffer[]): AsyncGenerator<Uint8Array> {
  for (const [index, part] of parts.entries()) {
    if (index % 2 === 0) {
      yield part
      continue
    }
    for (let at = 0; at < part.length; at += PIECE) {
      yield Buffer.from(part.toString('base64', at, Math.min(at + PIECE, part.length)), 'latin1')
    }
  }
}

function base64Length(bytes: number): number {
  return Math.ceil(bytes / 3) * 4
}
