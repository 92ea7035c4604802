// What a terminal is called and can besides pictures, whatever its version. Read in each one's documentation; the
// colours of xterm and mlterm, and Konsole's pictures, were seen.
import type { Brand } from './terminal-row.ts'

type Traits = {
  /** What it writes into TERM_PROGRAM. */
  readonly program?: string
  /** It shows colours of 24 bits, whatever its TERM says; from which version on. */
  readonly truecolor?: true | string
  /** OSC 8 hyperlinks. */
  readonly links?: true
  /** What stands between the marks of mode 2026 is drawn at once. */
  readonly synchronized?: true
  /** kitty's keyboard protocol. */
  readonly keyboard?: true
  /** It draws iTerm2's images as wide as is said, and higher than is said (xterm.js 6, seen): it is told the height. */
  readonly imagesByHeight?: true
  /** Pictures in kitty's protocol go with their rows when the window has another size. */
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
  // SGR 38;2 in full since patch 331.
  xterm: { truecolor: '331' },
  // These two take colours of 24 bits for others.
  mlterm: {},
  'apple-terminal': { program: 'Apple_Terminal' },
  'linux-console': {},
  dumb: {},
  unknown: {},
}
