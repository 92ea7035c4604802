import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { ShownSize } from '../../core/event.ts'
import { testCard } from '../../image/test-card.ts'
import type { TranscriptItem } from '../../repl/screen.ts'
import type { Settings } from '../../store/settings/all-settings.ts'
import { printed } from '../../terminal/pictures/printed.ts'
import { picture, type Shown } from '../../terminal/pictures/render.ts'
import { createSent } from '../../terminal/pictures/sent.ts'
import { choose } from '../../terminal/which/choose.ts'
import type { Terminal } from '../../terminal/which/probe.ts'
import { sanitizeLine } from '../../text/sanitize.ts'
import { flow, rowsTaken } from '../../text/wrap.ts'
import type { PrintContext } from '../print-context.ts'
import { type Piece, transcriptPieces } from './entry.ts'
import { fileLink, pageLink } from './hyperlinks.ts'
import { paintFor } from './paint.ts'

export type PrinterParts = {
  /** Writes above the live area; the text ends with a line feed. */
  write(text: string): void
  /** The terminal as it is now, once it has answered or has had its time. */
  terminal(): Promise<Terminal>
  graphics(): Settings['graphics']
  preview(): Settings['preview']
  transparency(): Settings['transparency']
  /** The folder of the open session. */
  folder(): string | undefined
  home: string
}

/** What is needed to draw an entry again, at another width. */
type Entry = { readonly item: TranscriptItem; readonly folder: string } | { readonly text: string }

type Drawn = {
  readonly text: string
  readonly rows: number
  /** The text transmits a picture, which the terminal is taken to have from now on. */
  readonly gives?: boolean
}

/** Entries kept so that they can be drawn again: more than any window shows. */
const KEPT = 100

/** Rows left to the live area when the screen is drawn again. */
const LIVE_ROWS = 5

/** Milliseconds to wait after a change of the window's size: while its edge is dragged, it changes many times. */
const RESIZE_REST = 120

/** Owns the transcript: prints whole entries, in the order in which they happened. */
export class Printer {
  readonly #parts: PrinterParts
  readonly #recent: Entry[]
  readonly #sent = createSent(Math.random())
  /** Sequences that erase pictures which the terminal neither moves nor erases with the text. */
  readonly #over: string[] = []
  #last: Promise<void> = Promise.resolve()
  #resize: NodeJS.Timeout | undefined
  #rewrapped = false

  /** @param header what is already on the screen, without a line feed */
  constructor(parts: PrinterParts, header: string) {
    this.#parts = parts
    this.#recent = [{ text: header }]
  }

  print(item: TranscriptItem): Promise<void> {
    // Read now: by the time this is drawn, another session may be open.
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
   * The window has a new size. In a new width, a terminal wraps the rows of a picture like any text; with any new size,
   * it may move text under a picture that stays. So the screen is drawn again; the scrollback is left as it is.
   */
  resized(width: 'same' | 'another'): void {
    clearTimeout(this.#resize)
    if (width === 'another') this.#rewrapped = true
    this.#resize = setTimeout(() => void this.#then(() => this.#refresh()), RESIZE_REST)
  }

  settled(): Promise<void> {
    return this.#last
  }

  #then(work: () => Promise<void>): Promise<void> {
    this.#last = this.#last.then(work).catch(() => undefined)
    return this.#last
  }

  async #refresh(): Promise<void> {
    const spoilt = this.#rewrapped || this.#over.length > 0
    this.#rewrapped = false
    if (spoilt) await this.#again()
    // Konsole 22.12 brings back rows that it had cut off below the cursor (seen): they belong to the live area.
    else this.#parts.write('\x1b[J')
  }

  async #again(): Promise<void> {
    const terminal = await this.#parts.terminal()
    const old = this.#over.splice(0)
    const screen: string[] = []
    let used = 0
    for (const entry of this.#recent.toReversed()) {
      const drawn = await this.#draw(entry)
      used += drawn.rows
      const full = used > terminal.rows - LIVE_ROWS
      // A picture that does not fit is printed all the same, and part of it scrolls up.
      if (full && screen.length > 0 && !drawn.gives) break
      screen.unshift(drawn.text)
      if (full) break
    }
    // What is not drawn again scrolls up, and so does what was on the screen before limn.
    const blank = '\n'.repeat(terminal.rows)
    this.#parts.write(`${blank}\x1b[H\x1b[J${old.join('')}${screen.join('')}`)
  }

  async #draw(entry: Entry): Promise<Drawn> {
    const terminal = await this.#parts.terminal()
    if ('text' in entry) return plain(flow(entry.text, terminal.columns), terminal)
    const { item, folder } = entry
    const context: PrintContext = {
      columns: terminal.columns,
      paint: paintFor(terminal),
      link: (file) => fileLink(join(folder, file), this.#parts.home, terminal),
      page: (words, uri) => pageLink(words, uri, terminal),
    }
    const whole = { text: '', rows: 0, gives: false }
    for (const piece of transcriptPieces(item, context)) {
      if (piece.kind !== 'text') whole.gives = true
      const parts =
        piece.kind === 'text'
          ? [plain(piece.text, terminal)]
          : [await this.#picture(piece, terminal, folder), plain(piece.caption, terminal)]
      for (const { text, rows } of parts) {
        whole.text += text
        whole.rows += rows
      }
    }
    return whole
  }

  async #picture(
    piece: Exclude<Piece, { kind: 'text' }>,
    terminal: Terminal,
    folder: string,
  ): Promise<Drawn> {
    const { graphics, transparency, preview } = this.#parts
    const options = { terminal, transparency: transparency(), sent: this.#sent }
    if (piece.kind === 'card') {
      const room = roomFor(terminal, 'small', 'large')
      if (piece.graphics === 'second-opinion') {
        const { secondOpinion } = await import('../../terminal/pictures/second-opinion.ts')
        return secondOpinion(await testCard(), { columns: room.maxColumns, rows: room.maxRows })
      }
      const card = await picture(await testCard(), { ...options, ...room, protocol: piece.graphics })
      return this.#laid(card)
    }
    const size = piece.kind === 'sheet' ? 'usual' : piece.size
    if (preview() === 'none' && size !== 'full') return NOTHING
    const room = roomFor(terminal, size, preview())
    try {
      const protocol = choose(terminal, graphics())
      const { bytes, name } = await imageOf(piece, folder)
      const shown = await picture(bytes, { ...options, ...room, name, protocol })
      return this.#laid(shown)
    } catch (error) {
      // An image that cannot be drawn still has its caption.
      const why = sanitizeLine(error instanceof Error ? error.message : String(error))
      const words = flow(`This picture cannot be drawn here (${why}).`, terminal.columns)
      return plain(paintFor(terminal)('warning', words), terminal)
    }
  }

  #laid(shown: Shown): Drawn {
    if (shown.kind === 'raw' && shown.erase !== undefined) this.#over.push(shown.erase)
    return printed(shown)
  }
}

/** The bytes of an image, and the name under which the terminal may already have it. */
async function imageOf(piece: Exclude<Piece, { kind: 'text' | 'card' }>, folder: string) {
  if (piece.kind === 'image') {
    const name = join(folder, piece.file.file)
    return { bytes: await readFile(name), name }
  }
  const { contactSheet } = await import('../../image/contact-sheet.ts')
  const images = piece.versions.map(async ({ number, file }) => ({
    bytes: await readFile(join(folder, file.file)),
    version: number,
  }))
  const name = `${folder} ${piece.versions.map(({ number }) => number).join(' ')}`
  return { bytes: await contactSheet(await Promise.all(images)), name }
}

const NOTHING: Drawn = { text: '', rows: 0 }

/** Text, and the number of rows that it takes when the terminal wraps it. */
function plain(text: string, { columns }: Terminal): Drawn {
  return { text: `${text}\n`, rows: rowsTaken(text, columns) }
}

/** Shares of the window's rows. Even the largest leaves the caption, the text and the prompt in sight. */
const SHARES = { large: 0.6, medium: 0.4, small: 0.25, none: 0 } as const

function roomFor(
  { columns, rows }: Terminal,
  size: ShownSize,
  preview: Settings['preview'],
): { maxColumns: number; maxRows: number } {
  const usual = typeof preview === 'number' ? preview : Math.max(8, Math.floor(rows * SHARES[preview]))
  const wanted = {
    small: Math.min(usual, Math.max(4, Math.floor(rows * SHARES.small))),
    usual,
    full: rows,
  }[size]
  return { maxColumns: Math.max(1, columns - 1), maxRows: Math.max(1, Math.min(wanted, rows - 3)) }
}
