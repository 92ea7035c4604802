import { type FileHandle, open } from 'node:fs/promises'
import { codeOf, onDisk } from '../disk-error.ts'

const NEWLINE = 10

/** A file of lines that several processes append to at once. Each reads only the lines that are new to it. */
export class SharedLog {
  readonly path: string
  /** Bytes read so far, up to the end of a line. */
  #read = 0

  constructor(path: string) {
    this.path = path
  }

  /**
   * Appends lines with one write, which a local disk does not mix with another process's. An incomplete last line is
   * ended first, so that nothing is joined to it.
   */
  async append(lines: readonly string[]): Promise<void> {
    await this.#with('a+', async (handle) => {
      const { size } = await handle.stat()
      const end = size === 0 ? NEWLINE : (await handle.read(Buffer.alloc(1), 0, 1, size - 1)).buffer[0]
      const bytes = Buffer.from(`${end === NEWLINE ? '' : '\n'}${lines.join('\n')}\n`)
      const { bytesWritten } = await handle.write(bytes)
      // The rest cannot be written after it: another process may have appended a line meanwhile.
      if (bytesWritten < bytes.length) throw Object.assign(new Error('cut short'), { code: 'ENOSPC' })
      await handle.datasync()
    })
  }

  /**
   * The whole lines since the last call. `fromStart`: they are all the lines of the file, as in the first call and when
   * the file has been replaced.
   */
  async readNew(): Promise<{ readonly lines: readonly string[]; readonly fromStart: boolean }> {
    try {
      return await this.#with('r', async (handle) => {
        const { size } = await handle.stat()
        if (size < this.#read) this.#read = 0
        const fromStart = this.#read === 0
        const bytes = Buffer.alloc(size - this.#read)
        const { bytesRead } = await handle.read(bytes, 0, bytes.length, this.#read)
        // A last line without an end is being written, or is incomplete and will be ended by the next append.
        const whole = bytes.subarray(0, bytes.lastIndexOf(NEWLINE, bytesRead - 1) + 1)
        this.#read += whole.length
        return {
          lines: whole
            .toString('utf8')
            .split('\n')
            .filter((line) => line !== ''),
          fromStart,
        }
      })
    } catch (error) {
      if (codeOf(error) !== 'ENOENT') throw error
      this.#read = 0
      return { lines: [], fromStart: true }
    }
  }

  #with<T>(flags: 'a+' | 'r', work: (handle: FileHandle) => Promise<T>): Promise<T> {
    return onDisk(this.path, async () => {
      const handle = await open(this.path, flags, 0o600)
      try {
        return await work(handle)
      } finally {
        await handle.close()
      }
    })
  }
}
