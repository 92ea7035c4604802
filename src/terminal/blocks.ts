// An image as half blocks, two pixels a cell, drawn by terminal-image.
import { openImage } from '../image/open.ts'
import type { Colours } from './graphics.ts'
import { type Colour, sgr } from './palette.ts'

// terminal-image never draws wider than process.stdout, which it takes for 80 columns when that is no terminal, and
// the window may be narrowed while it works. Strips no wider than the smallest window of limn (20 columns) are exact.
const stripWidth = 20

type TerminalImage = typeof import('terminal-image')['default']
let loading: Promise<TerminalImage> | undefined

// terminal-image colours through its own chalk 5, which decides once, while it loads, by rules of its own: 16 colours
// for TERM=xterm even with FORCE_COLOR=3, none in a pipe. A dumb terminal with FORCE_COLOR=3 is the one setting in
// which it always gives 24 bits; we reduce them to what the terminal has. No other chalk is loaded then.
const whileLoading: Record<string, string | undefined> = {
  TERM: 'dumb',
  FORCE_COLOR: '3',
  TF_BUILD: undefined,
}

function setEnvironment(values: Record<string, string | undefined>): void {
  for (const [name, value] of Object.entries(values)) {
    if (value === undefined) delete process.env[name]
    else process.env[name] = value
  }
}

function loadTerminalImage(): Promise<TerminalImage> {
  loading ??= (async () => {
    const { TERM, FORCE_COLOR, TF_BUILD } = process.env
    setEnvironment(whileLoading)
    try {
      return (await import('terminal-image')).default
    } finally {
      setEnvironment({ TERM, FORCE_COLOR, TF_BUILD })
    }
  })()
  return loading
}

type Cell = { top: Colour; bottom: Colour }

/** Reads back what terminal-image drew: `48;2` is the upper pixel, `38;2` the lower, then a lower half block. */
function cellsOf(line: string): Cell[] {
  const cells: Cell[] = []
  let top: Colour = [0, 0, 0]
  let bottom: Colour = [0, 0, 0]
  for (const [piece, parameters] of line.matchAll(/\x1b\[([\d;]*)m|\u2584/g)) {
    const [kind, mode, red = 0, green = 0, blue = 0] = (parameters ?? '').split(';').map(Number)
    if (piece === '\u2584') cells.push({ top, bottom })
    else if (kind === 48 && mode === 2) top = [red, green, blue]
    else if (kind === 38 && mode === 2) bottom = [red, green, blue]
  }
  return cells
}

function drawLine(cells: readonly Cell[], colours: Exclude<Colours, 'none'>): string {
  let line = ''
  let background = ''
  let foreground = ''
  for (const { top, bottom } of cells) {
    const above = sgr(top, 'background', colours)
    const below = sgr(bottom, 'foreground', colours)
    const changes = [...(above === background ? [] : [above]), ...(below === foreground ? [] : [below])]
    if (changes.length > 0) line += `\x1b[${changes.join(';')}m`
    background = above
    foreground = below
    line += '\u2584'
  }
  return `${line}\x1b[0m`
}

/** `image` has exactly `columns` by `rows * 2` pixels and no transparency; so many lines and cells come back. */
export async function drawBlocks(
  image: Uint8Array,
  columns: number,
  rows: number,
  colours: Colours,
): Promise<string[]> {
  if (colours === 'none') return []
  const terminalImage = await loadTerminalImage()
  const cells: Cell[][] = Array.from({ length: rows }, () => [])
  for (let left = 0; left < columns; left += stripWidth) {
    const width = Math.min(stripWidth, columns - left)
    const opened = await openImage(image)
    const strip = await opened
      .extract({ left, top: 0, width, height: rows * 2 })
      .png()
      .toBuffer()
    const drawn = await terminalImage.buffer(strip, {
      width,
      height: rows,
      preserveAspectRatio: false,
      preferNativeRender: false,
    })
    for (const [row, line] of drawn.split('\n').entries()) cells[row]?.push(...cellsOf(line))
  }
  return cells.map((row) => drawLine(row, colours))
}
