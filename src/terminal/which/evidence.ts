// What answers prove that a terminal shows a protocol, in addition to the table of terminals.
import type { Protocol } from '../../core/graphics.ts'
import type { Brand, Glyphs, TerminalRow } from './terminal-row.ts'
import { rowOf } from './terminals.ts'

/** What the terminal answered about graphics; undefined until it has. */
export type Answered = { kitty: boolean; sixel: boolean } | undefined

export type NamedTerminal = { brand: Brand; version?: string }

type Evidence = {
  /** Whether a terminal whose row has the protocol shows it, by its answers. */
  alone(row: TerminalRow, answered: Answered): boolean
  /** Whether pictures get through tmux to the terminal around it, by the answers of tmux and of that terminal. */
  inTmux(tmux: Answered, outside: Answered, outer: NamedTerminal | undefined): boolean
  /** What else a report about pictures should say. */
  detail?(terminal: ReportedTerminal): string
}

type ReportedTerminal = { readonly glyphs: Glyphs; readonly sixel: { readonly registers: number } }

const kittyAnswer: Evidence['alone'] = (row, answered) =>
  row.ask ? answered?.kitty === true : answered?.kitty !== false

/** What must be known about a terminal before limn chooses a protocol by itself. */
export const EVIDENCE: Readonly<Record<Protocol, Evidence>> = {
  'kitty-placeholders': {
    alone: kittyAnswer,
    inTmux: (_tmux, outside, outer) =>
      outside?.kitty === true && outer !== undefined && has(outer, 'kitty-placeholders'),
  },
  // tmux takes kitty's direct protocol for its window title (seen).
  kitty: { alone: kittyAnswer, inTmux: () => false },
  sixel: {
    // Never without the answer: kitty 0.26.5 prints the data as text (seen).
    alone: (_row, answered) => answered?.sixel === true,
    inTmux: (tmux, outside) => tmux?.sixel === true && outside?.sixel === true,
    detail: ({ sixel }) => `${sixel.registers} colours in sixel`,
  },
  iterm2: {
    // In xterm.js, one addon draws iTerm2's images and sixel, and reports sixel only.
    alone: (row, answered) => !row.ask || answered?.sixel === true,
    inTmux: () => false,
  },
  blocks: { alone: () => true, inTmux: () => true, detail: ({ glyphs }) => `${glyphs} in blocks` },
}

function has({ brand, version }: NamedTerminal, protocol: Protocol): boolean {
  return rowOf(brand, version).protocols.includes(protocol)
}
