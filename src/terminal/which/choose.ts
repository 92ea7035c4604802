// From what a terminal is and has answered, to the protocols that it can be sent and the one that is used.
import { type Graphics, PROTOCOLS_OF, type Protocol } from '../../core/graphics.ts'
import { type Answered, EVIDENCE, type NamedTerminal } from './evidence.ts'
import { multiplexedRows } from './multiplexers.ts'
import type { Colours, Glyphs, Multiplexer, TerminalRow } from './terminal-row.ts'
import { rowOf } from './terminals.ts'

/** A terminal and, in tmux, the terminal around it, once that has answered through tmux. */
type Surroundings = NamedTerminal & { multiplexer: Multiplexer; outer?: NamedTerminal }

export type Displayer = Surroundings & {
  colours: Colours
  glyphs: Glyphs
  /** The best first; none in a dumb terminal. */
  protocols: readonly Protocol[]
}

/** `own`: what the terminal or the multiplexer answered; `outside`: what the terminal around tmux answered. */
export function protocolsOf(terminal: Surroundings, own?: Answered, outside?: Answered): Protocol[] {
  const { brand, version, multiplexer, outer } = terminal
  if (brand === 'dumb') return []
  if (multiplexer === 'tmux') {
    const through = (protocol: Protocol) => EVIDENCE[protocol].inTmux(own, outside, outer)
    const row = multiplexedRows('tmux').find(({ protocols: [best] }) => best && through(best))
    return row?.protocols.filter(through) ?? []
  }
  const row = multiplexer === 'none' ? rowOf(brand, version) : lastRow(multiplexer)
  return row.protocols.filter((protocol) => EVIDENCE[protocol].alone(row, own))
}

/** The row of the table that a terminal's protocols come from. */
export function rowInUse({ brand, version, multiplexer, protocols }: Displayer): TerminalRow {
  if (multiplexer === 'none') return rowOf(brand, version)
  const row = multiplexedRows(multiplexer).find((one) => one.protocols[0] === protocols[0])
  return row ?? lastRow(multiplexer)
}

function lastRow(multiplexer: Exclude<Multiplexer, 'none'>): TerminalRow {
  return multiplexedRows(multiplexer).at(-1)!
}

/** tmux passes block characters through unchanged, so those of the terminal around it apply. */
export function glyphsOf({ brand, version, multiplexer, outer }: Surroundings): Glyphs {
  if (multiplexer === 'none') return rowOf(brand, version).glyphs
  const around = multiplexer === 'tmux' ? outer : undefined
  if (!around || around.brand === 'unknown') return lastRow(multiplexer).glyphs
  const { glyphs } = rowOf(around.brand, around.version)
  // Many versions of tmux do not know the width of octants, which date from 2024.
  return glyphs === 'octants' ? 'sextants' : glyphs
}

/** The protocol to draw with. The user's choice is used even if the terminal is not known to support it. */
export function choose(terminal: Displayer, wanted: Graphics): Protocol | 'none' {
  const { brand, version, multiplexer, protocols } = terminal
  if (wanted === 'none' || brand === 'dumb') return 'none'
  if (wanted === 'auto') return protocols[0] ?? 'none'
  const rows = multiplexer === 'none' ? [rowOf(brand, version)] : multiplexedRows(multiplexer)
  const asked = PROTOCOLS_OF[wanted]
  return asked.find((one) => rows.some((row) => row.protocols.includes(one))) ?? asked.at(-1)!
}
