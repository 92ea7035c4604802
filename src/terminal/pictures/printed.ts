import { reserve, type Shown } from './render.ts'

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
