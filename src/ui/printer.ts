import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { stripVTControlCharacters } from 'node:util'
import type { Printed } from '../screen.ts'
import type { Settings } from '../store/settings.ts'
import { choose } from '../terminal/graphics.ts'
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

/** An item as it can be drawn again, at another width. */
type Entry = { readonly item: Printed; readonly folder: string } | { readonly text: string }

type Drawn = { readonly text: string; readonly rows: number }

/** Entries that are kept to be drawn again: more than any window shows. */
const KEPT = 100

/** Rows that are left to the live part when the screen is drawn again. */
const LIVE_ROWS = 5

/** Milliseconds after the last change of the window: while it is dragged, it changes many times. */
const RESIZE_REST = 120

/** Owns the transcript: entries are printed whole, in the order in which they happened. */
export class Printer {
  readonly #parts: PrinterParts
  readonly #recent: Entry[]
  #last: Promise<void> = Promise.resolve()
  #resize: NodeJS.Timeout | undefined

  /** @param header what stands on the screen already, without a line end */
  constructor(parts: PrinterParts, header: string) {
    this.#parts = parts
    this.#recent = [{ text: header }]
  }

  print(item: Printed): Promise<void> {
    // Asked now: by the time this is drawn, another session may be open.
    const entry = { item, folder: this.#parts.folder() ?? '' }
    return this.#then(async () => {
      const { text } = await this.#draw(entry)
      if (text === '') return
      this.#recent.push(entry)
      if (this.#recent.length > KEPT) this.#recent.shift()
      this.#parts.write(text)
    })
  }

  /**
   * The window has another width. A terminal breaks the rows of a picture like any text, or moves text under a
   * picture that stays: what is on the screen is drawn again, and the scrollback is left alone.
   */
  resized(): void {
    clearTimeout(this.#resize)
    this.#resize = setTimeout(() => void this.#then(() => this.#again()), RESIZE_REST)
  }

  settled(): Promise<void> {
    return this.#last
  }

  #then(work: () => Promise<void>): Promise<void> {
    this.#last = this.#last.then(work).catch(() => undefined)
    return this.#last
  }

  async #again(): Promise<void> {
    const terminal = await this.#parts.terminal()
    const { rows } = terminal
    const screen: string[] = []
    let used = 0
    for (const entry of this.#recent.toReversed()) {
      const drawn = await this.#draw(entry)
      used += drawn.rows
      if (used > rows - LIVE_ROWS && screen.length > 0) break
      screen.unshift(drawn.text)
    }
    // Pictures that lie over the cells are not erased with them: all that are on the screen go, in this one protocol.
    const over = choose(terminal, this.#parts.graphics()) === 'kitty' ? '\x1b_Ga=d,d=a,q=2\x1b\\' : ''
    this.#parts.write(`\x1b[H\x1b[J${over}${screen.join('')}`)
  }

  async #draw(entry: Entry): Promise<Drawn> {
    const terminal = await this.#parts.terminal()
    if ('text' in entry) return plain(entry.text, terminal)
    const { item, folder } = entry
    const desk: Desk = {
      columns: terminal.columns,
      paint: paintFor(terminal),
      link: (file) => link(join(folder, file), this.#parts.home, terminal),
    }
    const whole = { text: '', rows: 0 }
    for (const piece of piecesOf(item, desk)) {
      const parts =
        piece.kind === 'text'
          ? [plain(piece.text, terminal)]
          : [await this.#image(piece, terminal, folder), plain(piece.caption, terminal)]
      for (const { text, rows } of parts) {
        whole.text += text
        whole.rows += rows
      }
    }
    return whole
  }

  async #image(piece: Piece & { kind: 'image' }, terminal: Terminal, folder: string): Promise<Drawn> {
    const preview = this.#parts.preview()
    if (preview === 'none') return NOTHING
    const small = piece.small || preview === 'small'
    const shown = await readFile(join(folder, piece.file.file))
      .then((bytes) =>
        picture(bytes, { terminal, graphics: this.#parts.graphics(), ...roomFor(terminal, small) }),
      )
      // An image that cannot be drawn has its caption all the same.
      .catch(() => ({ kind: 'none' }) as const)
    switch (shown.kind) {
      case 'text':
        return { text: `${shown.transmit}${shown.lines.join('\n')}\n`, rows: shown.rows }
      case 'raw':
        return { text: reserve(shown.rows, shown.sequence), rows: shown.rows }
      case 'none':
        return NOTHING
    }
  }
}

const NOTHING: Drawn = { text: '', rows: 0 }

/** Text, and the rows that it takes when the terminal wraps it. */
function plain(text: string, { columns }: Terminal): Drawn {
  const rows = text
    .split('\n')
    .reduce(
      (sum, line) => sum + Math.max(1, Math.ceil(displayWidth(stripVTControlCharacters(line)) / columns)),
      0,
    )
  return { text: `${text}\n`, rows }
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
