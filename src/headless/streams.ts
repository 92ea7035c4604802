import { codeOf } from '../store/disk-error.ts'

/** Where limn without a screen writes. `out` fails if the text could not be written. */
export type Streams = { out(text: string): Promise<void>; err(text: string): void }

/** Writes a path to stdout, or a text about it. False if it could not be written; the file itself exists either way. */
export async function hand(path: string, { out, err }: Streams, text = path): Promise<boolean> {
  try {
    await out(`${text}\n`)
    return true
  } catch (error) {
    const code = codeOf(error)
    // A reader that has gone away, as `head` does, wants to hear no more.
    const where = path === '' ? '' : ` The image is in ${path}`
    if (code !== 'EPIPE') err(`limn: stdout cannot be written (${code}).${where}\n`)
    return false
  }
}
