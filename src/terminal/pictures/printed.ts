import type { Shown } from './render.ts'

/** A picture as it is written, in one piece, ending at the start of a fresh line; empty for none. */
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
 * A raw image in rows of its own, whatever the terminal does with the cursor after it: rows are made first, the
 * cursor is kept and brought back, and stands at the start of a fresh line afterwards. To be written in one piece.
 */
export function reserve(rows: number, sequence: string): string {
  return `${'\n'.repeat(rows)}\x1b[${rows}A\x1b7${sequence}\x1b8\x1b[${rows}B\r`
}
