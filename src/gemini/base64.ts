import { setImmediate } from 'node:timers/promises'

/** Characters of padding and blanks that an image may end with. */
const LONGEST_END = 100

/** Bytes. */
const BETWEEN = 2 ** 20

/** Base64 inside a JSON string, decoded piece by piece. */
export class Base64 {
  readonly #bytes: Buffer[] = []
  /** What has not made four characters yet, or has begun to be the end. */
  #rest = ''
  #broken = false

  add(piece: Buffer): void {
    // What fills up the rest first, so that the long string behind it is not copied.
    const first = (4 - (this.#rest.length % 4)) % 4
    this.#add(piece.subarray(0, first))
    this.#add(piece.subarray(first))
  }

  /** Undefined for nothing, and for what is no base64: a picture with holes is no picture. */
  async end(): Promise<Uint8Array | undefined> {
    if (this.#broken || !/^[\w+/-]{0,3}={0,2}\s*$/.test(this.#rest)) return undefined
    this.#bytes.push(Buffer.from(this.#rest, 'base64'))
    const all = await joined(this.#bytes)
    return all.length === 0 ? undefined : all
  }

  #add(piece: Buffer): void {
    const text = this.#rest + piece.toString('latin1')
    // An escape that goes on in the next piece waits for it.
    const cut = /\\(?:u[0-9a-f]{0,3})?$/i.exec(text.slice(-6))?.[0].length ?? 0
    this.#take(unescaped(text.slice(0, text.length - cut)), text.slice(text.length - cut))
  }

  #take(text: string, behind: string): void {
    const all = decoded(text.slice(0, text.length - (text.length % 4)))
    // Only the end has anything else in it: padding, and blanks.
    const end = all ? text.length : text.search(/[=\s]|$/)
    const whole = end - (end % 4)
    const bytes = all ?? decoded(text.slice(0, whole))
    this.#rest = text.slice(whole) + behind
    if (!bytes || this.#rest.length > LONGEST_END) this.#broken = true
    else this.#bytes.push(bytes)
    if (this.#broken) this.#rest = ''
  }
}

/** A megabyte at a time: memory that is new is slow, and keys are answered between. */
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

/** Undefined when there is anything else in it: Node decodes what it can, drops the rest in silence, and has less. */
function decoded(text: string): Buffer | undefined {
  const bytes = Buffer.from(text, 'base64')
  return bytes.length === (text.length / 4) * 3 ? bytes : undefined
}

function unescaped(text: string): string {
  if (!text.includes('\\')) return text
  try {
    return String(JSON.parse(`"${text}"`))
  } catch {
    // Left as it is, it is no base64.
    return text
  }
}
