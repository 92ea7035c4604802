import { randomUUID } from 'node:crypto'
import { setImmediate } from 'node:timers/promises'

/** Bytes that become base64 at once: a multiple of 3, so that the pieces fit together. */
const PIECE = 3 * 2 ** 16

/** Characters; what is shorter goes with the JSON. */
const HEAVY = 10_000

/**
 * The heavy part of one request: images, and signatures of half a million characters. The SDK builds its JSON with a
 * mark where one is to stand, and base64 is made piece by piece while it is sent: an image of 4K as one string holds up
 * the event loop for a quarter of a second.
 */
export class RequestBody {
  readonly #mark = randomUUID()
  readonly #items = new Map<string, Item>()

  /** What stands for the image in the JSON. */
  image(bytes: Uint8Array): string {
    const of = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length)
    return this.#load({ of, encode: true, length: Math.ceil(bytes.length / 3) * 4 })
  }

  /** The same for a long text that JSON has as it is; any other text stands for itself. */
  text(text: string): string {
    if (text.length < HEAVY || !/^[\w+/=-]+$/.test(text)) return text
    return this.#load({ of: Buffer.from(text, 'latin1'), encode: false, length: text.length })
  }

  /** Characters that all of it takes. */
  get size(): number {
    return [...this.#items.values()].reduce((sum, { length }) => sum + length, 0)
  }

  get empty(): boolean {
    return this.#items.size === 0
  }

  /** The JSON with everything in its place, and how many bytes that is. */
  assemble(json: string): { readonly length: number; readonly pieces: AsyncIterable<Uint8Array> } {
    const items = json.split(new RegExp(`(${this.#mark}-\\d+)`)).map((text): Item => {
      const of = Buffer.from(text)
      return this.#items.get(text) ?? { of, encode: false, length: of.length }
    })
    return { length: items.reduce((sum, { length }) => sum + length, 0), pieces: piecesOf(items) }
  }

  #load(item: Item): string {
    const mark = `${this.#mark}-${this.#items.size}`
    this.#items.set(mark, item)
    return mark
  }
}

type Item = {
  readonly of: Buffer
  /** Sent as base64. */
  readonly encode: boolean
  /** On the wire, in bytes. */
  readonly length: number
}

/** Keys are answered between the pieces: a network that takes all of them at once would have nothing else stop. */
async function* piecesOf(items: readonly Item[]): AsyncGenerator<Uint8Array> {
  for (const { of, encode } of items) {
    if (!encode) yield of
    else {
      for (let at = 0; at < of.length; at += PIECE) {
        yield Buffer.from(of.toString('base64', at, Math.min(at + PIECE, of.length)), 'latin1')
        await setImmediate()
      }
    }
  }
}
