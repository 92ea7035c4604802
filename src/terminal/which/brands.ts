// What identifies a terminal and what it supports besides pictures, in any version. Read in each one's documentation;
// the colours of xterm and mlterm, and Konsole's pictures, were seen.
import type { Brand } from './terminal-row.ts'

type Traits = {
  /** Its value of TERM_PROGRAM. */
  readonly program?: string
  /** It shows 24-bit colours, whatever its TERM says; or the first version that does. */
  readonly truecolor?: true | string
  /** OSC 8 hyperlinks. */
  readonly links?: true
  /** It draws output between the marks of mode 2026 in one step. */
  readonly synchronized?: true
  /** kitty's keyboard protocol. */
  readonly keyboard?: true
  /**
   * It draws iTerm2's images higher than their given rows if it also gets a width (xterm.js 6, seen): send only the
   * height.
   */
  readonly imagesByHeight?: true
  /** Pictures in kitty's protocol move with their rows when the window is resized. */
  readonly picturesMove?: true
}

const modern = { truecolor: true, links: true, synchronized: true } as const

export const brands: Readonly<Record<Brand, Traits>> = {
  kitty: { program: 'kitty', ...modern, keyboard: true },
  ghostty: { program: 'ghostty', ...modern, keyboard: true },
  foot: { ...modern, keyboard: true },
  wezterm: { program: 'WezTerm', ...modern },
  iterm2: { program: 'iTerm.app', ...modern },
  mintty: { program: 'mintty', ...modern },
  rio: { program: 'rio', ...modern },
  alacritty: modern,
  'windows-terminal': modern,
  konsole: { truecolor: true, links: true, picturesMove: true },
  vscode: { program: 'vscode', truecolor: true, links: true, imagesByHeight: true },
  vte: { truecolor: true, links: true },
  tabby: { program: 'Tabby', truecolor: true, imagesByHeight: true },
  warp: { program: 'WarpTerminal', truecolor: true },
  // Full SGR 38;2 since patch 331.
  xterm: { truecolor: '331' },
  // These two misread 24-bit colours.
  mlterm: {},
  'apple-terminal': { program: 'Apple_Terminal' },
  'linux-console': {},
  dumb: {},
  unknown: {},
}
