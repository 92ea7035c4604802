import type { Shown } from './render.ts'

/** The text that prints a picture. Write it in one piece; it ends at the start of a new line. Empty for no picture. */
export function printed(shown: Shown): { readonly text: string; readonly rows: number } {
  switch (shown.kind) {
    case 'text':
      return { text: `${shown.transmit}${shown.lines.join('\n')}\n`, rows: shown.rows }
    case 'raw':
      return { text: reserve(shown.rows, shown.sequence), rows: shown.rows }
    case 'none':
      return { text: '', rows: 0 }
  }
}

/**
 * Gives a raw image its own rows, wherever the terminal leaves the cursor after it: makes the rows first, saves and
 * restores the cursor, and ends at the start of a new line. Write it in one piece.
 */
export function reserve(rows: number, sequence: string): string {
  return `${'\n'.repeat(rows)}\x1b[${rows}A\x1b7${sequence}\x1b8\x1b[${rows}B\r`
}
