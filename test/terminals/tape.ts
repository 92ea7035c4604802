// The bytes that limn wrote, read by a virtual terminal: what the text on the screen should be.
import { closeSync, existsSync, fstatSync, openSync, readSync } from 'node:fs'
import xterm from '@xterm/headless'
import type { Size } from './window.ts'

/** The text of a cell, '' for none; whether it is in reverse video, or on its own background colour. */
export type Cell = { readonly text: string; readonly reverse: boolean; readonly coloured: boolean }

export class Tape {
  readonly #file: string
  readonly #terminal: InstanceType<typeof xterm.Terminal>
  /** script(1) writes a line of its own before the first byte. */
  #read: number | undefined
  #sinceResize = ''

  constructor(file: string, { columns, rows }: Size) {
    this.#file = file
    this.#terminal = new xterm.Terminal({ cols: columns, rows, scrollback: 10_000, allowProposedApi: true })
  }

  /** The number of bytes so far. */
  get length(): number {
    return this.#read ?? 0
  }

  async play(): Promise<void> {
    const bytes = this.#news()
    if (bytes.length === 0) return
    this.#sinceResize += bytes.toString('latin1')
    await new Promise<void>((done) => this.#terminal.write(bytes, done))
  }

  /** Output from before this belongs to the old size. */
  async resize({ columns, rows }: Size): Promise<void> {
    await this.play()
    this.#terminal.resize(columns, rows)
    this.#sinceResize = ''
  }

  /** Whether the whole screen has been written again since the window was resized. */
  get isDrawnAgain(): boolean {
    return this.#sinceResize.includes('\x1b[H\x1b[J')
  }

  get size(): Size {
    return { columns: this.#terminal.cols, rows: this.#terminal.rows }
  }

  get cursor(): { readonly column: number; readonly row: number } {
    const { cursorX, cursorY } = this.#terminal.buffer.active
    return { column: cursorX, row: cursorY }
  }

  /** The rows that the window shows. */
  rows(): readonly string[] {
    return this.cells().map((row) =>
      row
        .map(({ text }) => text || ' ')
        .join('')
        .trimEnd(),
    )
  }

  /** The window's rows and all rows above them. */
  transcript(): readonly string[] {
    const { active } = this.#terminal.buffer
    return Array.from(
      { length: active.length },
      (_, row) => active.getLine(row)?.translateToString(true) ?? '',
    )
  }

  cells(): readonly (readonly Cell[])[] {
    const { active } = this.#terminal.buffer
    const { columns, rows } = this.size
    return Array.from({ length: rows }, (_, row) => {
      const line = active.getLine(active.baseY + row)
      return Array.from({ length: columns }, (_, column) => {
        const cell = line?.getCell(column)
        return {
          text: cell?.getChars().trim() ?? '',
          reverse: (cell?.isInverse() ?? 0) !== 0,
          coloured: cell !== undefined && !cell.isBgDefault(),
        }
      })
    })
  }

  #news(): Buffer {
    if (!existsSync(this.#file)) return Buffer.alloc(0)
    const file = openSync(this.#file, 'r')
    try {
      const length = fstatSync(file).size - (this.#read ?? 0)
      const bytes = Buffer.alloc(Math.max(0, length))
      readSync(file, bytes, 0, bytes.length, this.#read ?? 0)
      if (this.#read !== undefined) {
        this.#read += bytes.length
        return bytes
      }
      const start = bytes.indexOf('\n') + 1
      if (start === 0) return Buffer.alloc(0)
      this.#read = bytes.length
      return bytes.subarray(start)
    } finally {
      closeSync(file)
    }
  }
}
