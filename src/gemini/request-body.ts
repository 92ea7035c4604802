import { randomUUID } from 'node:crypto'
import { setImmediate } from 'node:timers/promises'

/** Bytes that are encoded at once: a multiple of 3, so that the pieces join to valid base64. */
const PIECE = 3 * 2 ** 16

/** In characters; a shorter text stays in the JSON. */
const LARGE = 10_000

/**
 * The large parts of one request: images, and signatures of half a million characters. The SDK builds its JSON with a
 * mark in place of each, and the base64 is made piece by piece while the request is sent: a 4K image as one string
 * blocks the event loop for a quarter of a second.
 */
export class RequestBody {
  readonly #mark = randomUUID()
  readonly #items = new Map<string, Item>()

  /** Adds an image; gives the mark that stands for it in the JSON. */
  image(bytes: Uint8Array): string {
    const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length)
    return this.#add({ bytes: buffer, encode: true, length: Math.ceil(bytes.length / 3) * 4 })
  }

  /** The same for a long text that JSON does not escape; any other text is given back as it is. */
  text(text: string): string {
    if (text.length < LARGE || !/^[\w+/=-]+$/.test(text)) return text
    return this.#add({ bytes: Buffer.from(text, 'latin1'), encode: false, length: text.length })
  }

  /** Length of all parts on the wire, in characters. */
  get size(): number {
    return [...this.#items.values()].reduce((sum, { length }) => sum + length, 0)
  }

  get empty(): boolean {
    return this.#items.size === 0
  }

  /** The JSON with each mark replaced by its part, in pieces, and the length in bytes. */
  assemble(json: string): { readonly length: number; readonly pieces: AsyncIterable<Uint8Array> } {
    const items = json.split(new RegExp(`(${this.#mark}-\\d+)`)).map((text): Item => {
      const bytes = Buffer.from(text)
      return this.#items.get(text) ?? { bytes, encode: false, length: bytes.length }
    })
    return { length: items.reduce((sum, { length }) => sum + length, 0), pieces: piecesOf(items) }
  }

  #add(item: Item): string {
    const mark = `${this.#mark}-${this.#items.size}`
    this.#items.set(mark, item)
    return mark
  }
}

type Item = {
  readonly bytes: Buffer
  /** Send the bytes as base64. */
  readonly encode: boolean
  /** Bytes on the wire. */
  readonly length: number
}

/** Waits between the pieces, so that keys are handled even when the network takes all pieces at once. */
async function* piecesOf(items: readonly Item[]): AsyncGenerator<Uint8Array> {
  for (const { bytes, encode } of items) {
    if (!encode) yield bytes
    else {
      for (let at = 0; at < bytes.length; at += PIECE) {
        yield Buffer.from(bytes.toString('base64', at, Math.min(at + PIECE, bytes.length)), 'latin1')
        await setImmediate()
      }
    }
  }
}
