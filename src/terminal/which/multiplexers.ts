// The table of multiplexers, like the one of terminals.
import { type Multiplexer, read, seen, type TerminalRow } from './terminal-row.ts'

// In a multiplexer, pictures work only if both it and the terminal around it support them. tmux 3.5a reports sixel in
// its attributes wherever it runs, and prints "SIXEL IMAGE" where it cannot draw (seen in kitty): both must report it.
export const MULTIPLEXERS: readonly TerminalRow[] = [
  {
    terminal: 'tmux in kitty 0.28 and later, or in ghostty',
    brand: 'kitty',
    multiplexer: 'tmux',
    protocols: ['kitty-placeholders', 'blocks'],
    glyphs: 'quadrants',
    known: seen('tmux 3.5a in kitty 0.41.1, with allow-passthrough on'),
  },
  {
    terminal: 'tmux with sixel, in a terminal with sixel',
    brand: 'xterm',
    multiplexer: 'tmux',
    protocols: ['sixel', 'blocks'],
    glyphs: 'quadrants',
    known: seen('tmux 3.5a in xterm 379 and 398, with allow-passthrough on'),
  },
  {
    terminal: 'tmux in any other terminal',
    brand: 'unknown',
    multiplexer: 'tmux',
    protocols: ['blocks'],
    glyphs: 'quadrants',
    known: seen('tmux 3.3a and 3.5a in xterm.js, 3.3a in kitty 0.26.5'),
  },
  {
    terminal: 'zellij',
    brand: 'unknown',
    multiplexer: 'zellij',
    ask: true,
    protocols: ['sixel', 'kitty', 'blocks'],
    glyphs: 'quadrants',
    known: read("zellij's pull request 5428 for kitty's protocol"),
  },
  {
    terminal: 'GNU screen',
    brand: 'unknown',
    multiplexer: 'screen',
    protocols: ['blocks'],
    glyphs: 'quadrants',
    known: seen('screen 4.9.0 in xterm 379, 4.9.1 in 398'),
  },
]

/** The rows of a multiplexer: tmux has several, the best first. The last one applies in any terminal. */
export function multiplexedRows(multiplexer: Exclude<Multiplexer, 'none'>): readonly TerminalRow[] {
  return MULTIPLEXERS.filter((row) => row.multiplexer === multiplexer)
}
