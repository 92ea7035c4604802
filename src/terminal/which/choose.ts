// From what a terminal is and has answered to the protocols that it can be sent, and to the one that is used.
import {
  type Brand,
  type Colours,
  type Glyphs,
  type Graphics,
  type Multiplexer,
  multiplexedRow,
  type Protocol,
  rowOf,
  type TerminalRow,
} from './terminals.ts'

/** What it answered about graphics; undefined as long as it has not. */
export type Answered = { kitty: boolean; sixel: boolean } | undefined

type NamedTerminal = { brand: Brand; version?: string }

export type Displayer = NamedTerminal & {
  multiplexer: Multiplexer
  /** In tmux, the terminal around it, when it has answered through tmux. */
  outer?: NamedTerminal
  colours: Colours
  glyphs: Glyphs
  protocols: readonly Protocol[]
}

function allows(row: TerminalRow, protocol: Protocol, answered: Answered): boolean {
  switch (protocol) {
    case 'kitty-placeholders':
    case 'kitty':
      return row.ask ? answered?.kitty === true : answered?.kitty !== false
    case 'sixel':
      // Never unasked: kitty 0.26.5 prints the data as text (seen).
      return answered?.sixel === true
    case 'iterm2':
      // xterm.js has iTerm2's images and sixel from one addon, which tells of sixel only.
      return !row.ask || answered?.sixel === true
    case 'blocks':
    case 'none':
      return true
  }
}

function allowed(row: TerminalRow, answered: Answered): Protocol[] {
  return row.protocols.filter((protocol) => allows(row, protocol, answered))
}

/** `own`: what the terminal answered, or the multiplexer; `outside`: what the terminal around tmux answered. */
export function protocolsOf(
  terminal: NamedTerminal & { multiplexer: Multiplexer; outer?: NamedTerminal },
  own?: Answered,
  outside?: Answered,
): Protocol[] {
  const { brand, version, multiplexer, outer } = terminal
  if (brand === 'dumb') return ['none']
  if (multiplexer === 'none') return allowed(rowOf(brand, version), own)
  if (multiplexer !== 'tmux') return allowed(multiplexedRow(multiplexer, 'blocks'), own)
  if (outer && outside?.kitty && hasPlaceholders(outer)) {
    return allowed(multiplexedRow('tmux', 'kitty-placeholders'), outside)
  }
  if (own?.sixel && outside?.sixel) return allowed(multiplexedRow('tmux', 'sixel'), own)
  return ['blocks']
}

/** The row of the table that a terminal's protocols are from. */
export function rowInUse({ brand, version, multiplexer, protocols }: Displayer): TerminalRow {
  return multiplexer === 'none'
    ? rowOf(brand, version)
    : multiplexedRow(multiplexer, protocols[0] ?? 'blocks')
}

function hasPlaceholders({ brand, version }: NamedTerminal): boolean {
  return rowOf(brand, version).protocols.includes('kitty-placeholders')
}

/** tmux hands block characters on as they are, so that those of the terminal around it hold. */
export function glyphsOf(
  terminal: NamedTerminal & { multiplexer: Multiplexer; outer?: NamedTerminal },
): Glyphs {
  const { brand, version, multiplexer, outer } = terminal
  if (multiplexer === 'none') return rowOf(brand, version).glyphs
  const around = multiplexer === 'tmux' ? outer : undefined
  if (!around || around.brand === 'unknown') return multiplexedRow(multiplexer, 'blocks').glyphs
  const { glyphs } = rowOf(around.brand, around.version)
  // How wide the octants of 2024 are, many a tmux does not know.
  return glyphs === 'octants' ? 'sextants' : glyphs
}

export function choose(terminal: Displayer, wanted: Graphics): Protocol {
  const none = terminal.brand === 'dumb' ? 'none' : undefined
  switch (wanted) {
    case 'auto':
      return terminal.protocols[0] ?? 'none'
    case 'kitty': {
      // tmux takes kitty's direct way for the title of its window (seen).
      const asText = terminal.multiplexer === 'tmux' || hasPlaceholders(terminal)
      return none ?? (asText ? 'kitty-placeholders' : 'kitty')
    }
    case 'kitty-placeholders':
    case 'iterm2':
    case 'sixel':
    case 'blocks':
      return none ?? wanted
    case 'none':
      return 'none'
  }
}
