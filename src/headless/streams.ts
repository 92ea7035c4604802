import { codeOf } from '../store/disk-error.ts'

/** Where a limn without a screen writes. `out` fails when what was written could not be. */
export type Streams = { out(text: string): Promise<void>; err(text: string): void }

/** A path on stdout, or a text that is about it. False when nobody could be told; what is there is there all the same. */
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
