import { Base64 } from './base64.ts'

/** An answer with its images taken out of the JSON, where each `data` holds the index of its image instead. */
export type Unpacked = {
  readonly body: unknown
  /** Undefined for invalid base64. */
  readonly images: readonly (Uint8Array | undefined)[]
}

const QUOTE = 0x22
const BACKSLASH = 0x5c

/**
 * Reads an answer and decodes its images while it arrives: parsed at once, an answer with a 4K image blocks the event
 * loop for a quarter of a second. Throws a SyntaxError when the body is not JSON.
 */
export async function unpack(chunks: AsyncIterable<Uint8Array>): Promise<Unpacked> {
  const reader = new Reader()
  for await (const chunk of chunks) reader.read(Buffer.from(chunk.buffer, chunk.byteOffset, chunk.length))
  return reader.end()
}

/** Finds the strings of a JSON text, and parses nothing else of it. */
class Reader {
  readonly #json: Uint8Array[] = []
  readonly #images: Promise<Uint8Array | undefined>[] = []
  #inString = false
  /** The last byte read in a string began an escape. */
  #escaped = false
  /** The image that is being decoded; its text is not kept. */
  #data: Base64 | undefined
  /** The end of the text before this string, long enough to hold `"data":`. */
  #before = ''

  read(chunk: Buffer): void {
    for (let at = 0; at < chunk.length; ) {
      const end = this.#inString ? this.#endOfString(chunk, at) : chunk.indexOf(QUOTE, at)
      const piece = chunk.subarray(at, end === -1 ? chunk.length : end)
      if (this.#data) this.#data.add(piece)
      else this.#keep(piece)
      if (end === -1) return
      this.#toggleString(chunk.subarray(end, end + 1))
      at = end + 1
    }
  }

  async end(): Promise<Unpacked> {
    const images = await Promise.all(this.#images)
    const text = Buffer.concat(this.#json).toString('utf8')
    return { body: JSON.parse(text.replace(/^\ufeff/, '')), images }
  }

  /** Handles a quotation mark, at which a string begins or ends. */
  #toggleString(quote: Buffer): void {
    if (this.#data) {
      this.#json.push(Buffer.from(String(this.#images.push(this.#data.end()) - 1)))
      this.#data = undefined
      this.#before = ''
    }
    this.#keep(quote)
    this.#inString = !this.#inString
    if (this.#inString && /"data"\s*:\s*"$/.test(this.#before)) this.#data = new Base64()
  }

  #keep(piece: Buffer): void {
    this.#json.push(piece)
    this.#before = (this.#before + piece.toString('latin1', Math.max(0, piece.length - 100))).slice(-100)
  }

  /** Where the string ends, skipping escapes; -1 when it does not end in this chunk. */
  #endOfString(chunk: Buffer, from: number): number {
    let at = from
    if (this.#escaped) {
      this.#escaped = false
      at += 1
    }
    let quote = chunk.indexOf(QUOTE, at)
    for (;;) {
      if (quote !== -1 && quote < at) quote = chunk.indexOf(QUOTE, at)
      const backslash = chunk.indexOf(BACKSLASH, at)
      if (backslash === -1 || (quote !== -1 && quote < backslash)) return quote
      at = backslash + 2
      this.#escaped = at > chunk.length
      if (at >= chunk.length) return -1
    }
  }
}
