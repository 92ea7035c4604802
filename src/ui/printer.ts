import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Printed } from '../screen.ts'
import type { Settings } from '../store/settings.ts'
import type { Terminal } from '../terminal/probe.ts'
import { sanitizeLine } from '../terminal/sanitize.ts'
import { picture, reserve } from '../terminal/show.ts'
import { type Desk, type Piece, piecesOf } from './entry.ts'
import { displayWidth } from './graphemes.ts'
import { paintFor } from './paint.ts'

export type PrinterParts = {
  /** Writes above the live part of the screen; the text ends with a line end. */
  write(text: string): void
  /** As it is now, once the terminal has answered or its time is over. */
  terminal(): Promise<Terminal>
  graphics(): Settings['graphics']
  preview(): Settings['preview']
  /** The folder of the session that is open. */
  folder(): string | undefined
  home: string
}

/** Owns the transcript: entries are printed whole, in the order in which they happened. */
export class Printer {
  readonly #parts: PrinterParts
  #last: Promise<void> = Promise.resolve()

  constructor(parts: PrinterParts) {
    this.#parts = parts
  }

  print(item: Printed): Promise<void> {
    // Asked now: by the time this is drawn, another session may be open.
    const folder = this.#parts.folder() ?? ''
    this.#last = this.#last.then(() => this.#draw(item, folder)).catch(() => undefined)
    return this.#last
  }

  settled(): Promise<void> {
    return this.#last
  }

  async #draw(item: Printed, folder: string): Promise<void> {
    const terminal = await this.#parts.terminal()
    const desk: Desk = {
      columns: terminal.columns,
      paint: paintFor(terminal),
      link: (file) => link(join(folder, file), this.#parts.home, terminal),
    }
    let whole = ''
    for (const piece of piecesOf(item, desk)) whole += await this.#render(piece, terminal, folder)
    if (whole !== '') this.#parts.write(whole)
  }

  async #render(piece: Piece, terminal: Terminal, folder: string): Promise<string> {
    if (piece.kind === 'text') return `${piece.text}\n`
    return `${await this.#image(piece, terminal, folder)}${piece.caption}\n`
  }

  async #image(piece: Piece & { kind: 'image' }, terminal: Terminal, folder: string): Promise<string> {
    const preview = this.#parts.preview()
    if (preview === 'none') return ''
    const small = piece.small || preview === 'small'
    const shown = await readFile(join(folder, piece.file.file))
      .then((bytes) =>
        picture(bytes, { terminal, graphics: this.#parts.graphics(), ...roomFor(terminal, small) }),
      )
      // An image that cannot be drawn has its caption all the same.
      .catch(() => ({ kind: 'none' }) as const)
    switch (shown.kind) {
      case 'text':
        return `${shown.transmit}${shown.lines.join('\n')}\n`
      case 'raw':
        return reserve(shown.rows, shown.sequence)
      case 'none':
        return ''
    }
  }
}

/** The prompt, the caption and the words stay in sight: at most 60 % of the rows, a fifth for a small image. */
function roomFor({ columns, rows }: Terminal, small: boolean): { maxColumns: number; maxRows: number } {
  const most = small ? Math.max(4, Math.floor(rows * 0.25)) : Math.max(8, Math.floor(rows * 0.6))
  return { maxColumns: Math.max(1, columns - 1), maxRows: Math.max(1, Math.min(most, rows - 3)) }
}

function link(path: string, home: string, terminal: Terminal): { text: string; columns: number } {
  const clean = sanitizeLine(path)
  const short = home !== '' && clean.startsWith(`${home}/`) ? `~${clean.slice(home.length)}` : clean
  const columns = displayWidth(short)
  if (!terminal.links) return { text: short, columns }
  const url = `file://${path.split('/').map(encodeURIComponent).join('/')}`
  return { text: `\x1b]8;;${url}\x1b\\${short}\x1b]8;;\x1b\\`, columns }
}
