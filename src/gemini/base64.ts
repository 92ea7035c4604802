import { setImmediate } from 'node:timers/promises'

/** Most characters of padding and blanks at the end of an image. */
const LONGEST_END = 100

/** Bytes to copy before the event loop gets a turn. */
const BETWEEN = 2 ** 20

/** Decodes base64 inside a JSON string, piece by piece. */
export class Base64 {
  readonly #bytes: Buffer[] = []
  /** Characters that do not make a group of four yet, or that belong to the end. */
  #rest = ''
  #broken = false

  add(piece: Buffer): void {
    // Fill up the rest first, so that the long string after it is not copied.
    const first = (4 - (this.#rest.length % 4)) % 4
    this.#add(piece.subarray(0, first))
    this.#add(piece.subarray(first))
  }

  /** The bytes; undefined when there are none or the text was not valid base64, since a picture with holes is useless. */
  async end(): Promise<Uint8Array | undefined> {
    if (this.#broken || !/^[\w+/-]{0,3}={0,2}\s*$/.test(this.#rest)) return undefined
    this.#bytes.push(Buffer.from(this.#rest, 'base64'))
    const all = await joined(this.#bytes)
    return all.length === 0 ? undefined : all
  }

  #add(piece: Buffer): void {
    const text = this.#rest + piece.toString('latin1')
    // An incomplete escape at the end is kept for the next piece.
    const cut = /\\(?:u[0-9a-f]{0,3})?$/i.exec(text.slice(-6))?.[0].length ?? 0
    this.#take(unescaped(text.slice(0, text.length - cut)), text.slice(text.length - cut))
  }

  #take(text: string, incomplete: string): void {
    const all = decoded(text.slice(0, text.length - (text.length % 4)))
    // Only the end may contain anything else: padding and blanks.
    const end = all ? text.length : text.search(/[=\s]|$/)
    const whole = end - (end % 4)
    const bytes = all ?? decoded(text.slice(0, whole))
    this.#rest = text.slice(whole) + incomplete
    if (!bytes || this.#rest.length > LONGEST_END) this.#broken = true
    else this.#bytes.push(bytes)
    if (this.#broken) this.#rest = ''
  }
}

/** Joins a megabyte at a time: new memory is slow, and keys are handled in between. */
async function joined(pieces: readonly Buffer[]): Promise<Uint8Array> {
  const all = Buffer.allocUnsafeSlow(pieces.reduce((sum, { length }) => sum + length, 0))
  let at = 0
  let pause = BETWEEN
  for (const piece of pieces) {
    at += piece.copy(all, at)
    if (at < pause) continue
    pause = at + BETWEEN
    await setImmediate()
  }
  return all
}

/** Undefined for invalid base64: Node silently drops what it cannot decode, so the result is shorter. */
function decoded(text: string): Buffer | undefined {
  const bytes = Buffer.from(text, 'base64')
  return bytes.length === (text.length / 4) * 3 ? bytes : undefined
}

function unescaped(text: string): string {
  if (!text.includes('\\')) return text
  try {
    return String(JSON.parse(`"${text}"`))
  } catch {
    // Unchanged, it is not valid base64 and is rejected later.
    return text
  }
}
