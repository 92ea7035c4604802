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

/** How finely the block characters that the terminal itself or every usual font draws divide a cell. */
export type Glyphs = 'halves' | 'quadrants' | 'sextants' | 'octants'

export type TerminalRow = {
  terminal: string
  brand: Brand
  multiplexer?: Multiplexer
  /** The first version that the row is for; a row without it is for all others. An unknown version counts as old. */
  since?: string
  /**
   * The best first. Sixel is used only if the terminal's attributes include it; kitty's unless the terminal denies it.
   */
  protocols: readonly Protocol[]
  /** The name proves nothing: pictures are drawn only after the terminal's own answers. */
  ask?: true
  glyphs: Glyphs
  /** Whether this was run and looked at, or only read about; and in which version or source. */
  known: { how: 'seen' | 'read'; where: string }
}

/** Run and looked at. */
export const seen = (where: string) => ({ how: 'seen', where }) as const
/** Only read about. */
export const read = (where: string) => ({ how: 'read', where }) as const
