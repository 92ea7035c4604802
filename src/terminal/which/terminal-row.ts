import type { Protocol } from '../../core/graphics.ts'

export type Brand =
  | 'kitty'
  | 'ghostty'
  | 'konsole'
  | 'wezterm'
  | 'iterm2'
  | 'mintty'
  | 'vscode'
  | 'tabby'
  | 'warp'
  | 'foot'
  | 'xterm'
  | 'mlterm'
  | 'rio'
  | 'alacritty'
  | 'windows-terminal'
  | 'apple-terminal'
  | 'vte'
  | 'linux-console'
  | 'dumb'
  | 'unknown'

export type Multiplexer = 'none' | 'tmux' | 'screen' | 'zellij'
export type Colours = 'truecolor' | '256' | '16' | 'none'

/** How finely a cell is divided by the block characters that the terminal, or every usual font, draws. */
export type Glyphs = 'halves' | 'quadrants' | 'sextants' | 'octants'

export type TerminalRow = {
  terminal: string
  brand: Brand
  multiplexer?: Multiplexer
  /** Versions from this one on; a row without it is for all others. An unknown version is old. */
  since?: string
  /** The best first. Sixel is used only where the terminal's own attributes say so, kitty's where it is not denied. */
  protocols: readonly Protocol[]
  /** Its name proves nothing: pictures only after its own answers. */
  ask?: true
  glyphs: Glyphs
  /** What was run and looked at, or only read about, and where. */
  known: { how: 'seen' | 'read'; where: string }
}

/** Run, and looked at. */
export const seen = (where: string) => ({ how: 'seen', where }) as const
/** Only read about. */
export const read = (where: string) => ({ how: 'read', where }) as const
