// What the user can set to get sharper pictures in this terminal. limn says so once, and changes nothing itself.

import type { Graphics } from '../../core/graphics.ts'
import type { Terminal } from './probe.ts'

/** `graphics`: the user's setting. There is no advice for a user who has chosen blocks, or no pictures. */
export function hintFor(
  { multiplexer, passthrough, brand, complete, protocols }: Terminal,
  graphics: Graphics,
): string | undefined {
  if (graphics === 'none' || graphics === 'blocks') return undefined
  if (multiplexer === 'tmux' && passthrough === false) {
    const result = graphics === 'auto' ? 'they are drawn in blocks' : `${graphics} may show nothing`
    return `tmux does not let pictures through, so ${result}. For sharp ones, put "set -g allow-passthrough on" in tmux.conf.`
  }
  if (graphics !== 'auto') return undefined
  if (multiplexer === 'none' && brand === 'vscode' && complete && protocols[0] === 'blocks') {
    return "Images are switched off in VS Code's terminal, so they are drawn in blocks. For sharp ones, switch on terminal.integrated.enableImages."
  }
  return undefined
}
