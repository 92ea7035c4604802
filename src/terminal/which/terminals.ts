// The table: which terminal has which graphics protocols, the best first. It is data, so that a test can compare
// docs/terminals.md with it.
import { type Brand, read, seen, type TerminalRow } from './terminal-row.ts'
import { atLeast } from './terminal-version.ts'

// Konsole and kitty 0.26 answer OK to every kitty query and draw garbage for placeholders (seen), so support for these
// cannot be queried: it takes a name and a version. iTerm2's images and kitty's direct ones break when the window gets
// narrower, in xterm.js and kitty (seen). The printer draws the screen again but leaves the scrollback as it is, so
// protocols whose pictures survive there come first. For terminals that were not looked at, the order is that of
// others.
export const TERMINALS: readonly TerminalRow[] = [
  {
    terminal: 'kitty 0.40 and later',
    brand: 'kitty',
    since: '0.40',
    protocols: ['kitty-placeholders', 'kitty', 'blocks'],
    glyphs: 'octants',
    known: seen('kitty 0.41.1'),
  },
  {
    terminal: 'kitty 0.28 and later',
    brand: 'kitty',
    since: '0.28',
    protocols: ['kitty-placeholders', 'kitty', 'blocks'],
    glyphs: 'sextants',
    known: read('kitty\'s graphics protocol, "Unicode placeholders"'),
  },
  {
    terminal: 'kitty before 0.28',
    brand: 'kitty',
    protocols: ['kitty', 'blocks'],
    glyphs: 'sextants',
    known: seen('kitty 0.26.5'),
  },
  {
    terminal: 'ghostty 1.2 and later',
    brand: 'ghostty',
    since: '1.2',
    protocols: ['kitty-placeholders', 'kitty', 'blocks'],
    glyphs: 'octants',
    known: read("ghostty's pull request 2015; its issue 7479 of octants, which others found drawn since 1.2"),
  },
  {
    terminal: 'ghostty before 1.2',
    brand: 'ghostty',
    protocols: ['kitty-placeholders', 'kitty', 'blocks'],
    glyphs: 'sextants',
    known: read("ghostty's pull request 2015"),
  },
  {
    terminal: 'WezTerm',
    brand: 'wezterm',
    protocols: ['iterm2', 'sixel', 'blocks'],
    glyphs: 'sextants',
    known: read('its documentation of images and of custom_block_glyphs'),
  },
  {
    terminal: 'iTerm2',
    brand: 'iterm2',
    protocols: ['iterm2', 'sixel', 'blocks'],
    glyphs: 'quadrants',
    known: read('its documentation of inline images'),
  },
  {
    terminal: 'Konsole',
    brand: 'konsole',
    protocols: ['kitty', 'sixel', 'iterm2', 'blocks'],
    glyphs: 'quadrants',
    known: seen('Konsole 22.12.3 and 25.04.2, in all three ways'),
  },
  {
    terminal: 'VS Code',
    brand: 'vscode',
    ask: true,
    protocols: ['sixel', 'iterm2', 'blocks'],
    glyphs: 'quadrants',
    known: seen('its xterm.js 6.0.0 with image addon 0.9.0 in Chromium, in both ways; not VS Code itself'),
  },
  {
    terminal: 'foot 1.20 and later',
    brand: 'foot',
    since: '1.20',
    protocols: ['sixel', 'blocks'],
    glyphs: 'octants',
    known: seen('foot 1.21.0'),
  },
  {
    terminal: 'foot before 1.20',
    brand: 'foot',
    protocols: ['sixel', 'blocks'],
    glyphs: 'sextants',
    known: seen('foot 1.13.1'),
  },
  {
    terminal: 'xterm with sixel (-ti vt340)',
    brand: 'xterm',
    protocols: ['sixel', 'blocks'],
    glyphs: 'quadrants',
    known: seen('xterm 379 and 398'),
  },
  {
    terminal: 'mlterm',
    brand: 'mlterm',
    protocols: ['sixel', 'iterm2', 'blocks'],
    glyphs: 'quadrants',
    known: seen('mlterm 3.9.0, in both ways'),
  },
  {
    terminal: 'Windows Terminal 1.22 and later',
    brand: 'windows-terminal',
    protocols: ['sixel', 'blocks'],
    glyphs: 'quadrants',
    known: read("yazi's table of terminals"),
  },
  {
    terminal: 'Warp',
    brand: 'warp',
    protocols: ['iterm2', 'kitty', 'blocks'],
    glyphs: 'quadrants',
    known: read("yazi's table of terminals"),
  },
  {
    terminal: 'rio',
    brand: 'rio',
    protocols: ['iterm2', 'kitty', 'sixel', 'blocks'],
    glyphs: 'quadrants',
    known: read("yazi's table of terminals"),
  },
  {
    terminal: 'mintty',
    brand: 'mintty',
    protocols: ['iterm2', 'sixel', 'blocks'],
    glyphs: 'quadrants',
    known: read("yazi's table of terminals"),
  },
  {
    terminal: 'Tabby',
    brand: 'tabby',
    protocols: ['sixel', 'iterm2', 'blocks'],
    glyphs: 'quadrants',
    known: read("yazi's table of terminals"),
  },
  {
    terminal: "Apple's Terminal",
    brand: 'apple-terminal',
    protocols: ['blocks'],
    glyphs: 'quadrants',
    known: read('it has no graphics protocol'),
  },
  {
    terminal: 'GNOME Terminal and others of VTE 0.78 and later',
    brand: 'vte',
    since: '0.78',
    protocols: ['sixel', 'blocks'],
    glyphs: 'octants',
    known: seen("VTE 0.80.1 in Xfce's terminal, without sixel; others found octants drawn since 0.78"),
  },
  {
    terminal: 'GNOME Terminal and others of VTE 0.62 and later',
    brand: 'vte',
    since: '0.62',
    protocols: ['sixel', 'blocks'],
    glyphs: 'sextants',
    known: seen("VTE 0.70.6 in Xfce's terminal, without sixel; it draws U+1FB00 itself since 0.62"),
  },
  {
    terminal: 'GNOME Terminal and others of VTE before 0.62',
    brand: 'vte',
    protocols: ['blocks'],
    glyphs: 'quadrants',
    known: read('VTE before 0.62 leaves block characters to the font'),
  },
  {
    terminal: 'Alacritty',
    brand: 'alacritty',
    protocols: ['blocks'],
    glyphs: 'quadrants',
    known: seen('Alacritty 0.11 and 0.15.1'),
  },
  {
    terminal: 'the Linux console',
    brand: 'linux-console',
    protocols: ['blocks'],
    glyphs: 'halves',
    known: read('its fonts have the 256 characters of code page 437'),
  },
  {
    terminal: 'a dumb terminal',
    brand: 'dumb',
    protocols: [],
    glyphs: 'halves',
    known: read('TERM=dumb'),
  },
  {
    terminal: 'any other terminal',
    brand: 'unknown',
    ask: true,
    protocols: ['kitty', 'sixel', 'blocks'],
    glyphs: 'halves',
    known: seen('Alacritty 0.11 and xterm 379 without their names'),
  },
]

/** The row of a terminal outside any multiplexer. */
export function rowOf(brand: Brand, version: string | undefined): TerminalRow {
  return TERMINALS.find((row) => row.brand === brand && (!row.since || atLeast(version, row.since)))!
}
