// How it is known that a terminal shows a protocol, beside the table of terminals.
import type { Protocol } from '../../core/graphics.ts'
import type { Brand, Glyphs, TerminalRow } from './terminal-row.ts'
import { rowOf } from './terminals.ts'

/** What it answered about graphics; undefined as long as it has not. */
export type Answered = { kitty: boolean; sixel: boolean } | undefined

export type NamedTerminal = { brand: Brand; version?: string }

type Evidence = {
  /** That a terminal whose row has the protocol shows it, by its answers. */
  alone(row: TerminalRow, answered: Answered): boolean
  /** That pictures get through tmux to the terminal around it: by the answers of tmux, and of that terminal. */
  inTmux(tmux: Answered, outside: Answered, outer: NamedTerminal | undefined): boolean
  /** What else a report about pictures has to say of it. */
  detail?(terminal: ReportedTerminal): string
}

type ReportedTerminal = { readonly glyphs: Glyphs; readonly sixel: { readonly registers: number } }

const kittyAnswer: Evidence['alone'] = (row, answered) =>
  row.ask ? answered?.kitty === true : answered?.kitty !== false

/** What a terminal must show of itself before it is sent a protocol unasked. */
export const EVIDENCE: Readonly<Record<Protocol, Evidence>> = {
  'kitty-placeholders': {
    alone: kittyAnswer,
    inTmux: (_tmux, outside, outer) =>
      outside?.kitty === true && outer !== undefined && has(outer, 'kitty-placeholders'),
  },
  // tmux takes kitty's direct way for the title of its window (seen).
  kitty: { alone: kittyAnswer, inTmux: () => false },
  sixel: {
    // Never unasked: kitty 0.26.5 prints the data as text (seen).
    alone: (_row, answered) => answered?.sixel === true,
    inTmux: (tmux, outside) => tmux?.sixel === true && outside?.sixel === true,
    detail: ({ sixel }) => `${sixel.registers} colours in sixel`,
  },
  iterm2: {
    // xterm.js has iTerm2's images and sixel from one addon, which tells of sixel only.
    alone: (row, answered) => !row.ask || answered?.sixel === true,
    inTmux: () => false,
  },
  blocks: { alone: () => true, inTmux: () => true, detail: ({ glyphs }) => `${glyphs} in blocks` },
}

function has({ brand, version }: NamedTerminal, protocol: Protocol): boolean {
  return rowOf(brand, version).protocols.includes(protocol)
}
