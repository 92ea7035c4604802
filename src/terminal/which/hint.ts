// What the user can set so that pictures are sharper here. limn says it once, and sets nothing itself.

import type { Graphics } from '../../core/graphics.ts'
import type { Terminal } from './probe.ts'

/** `graphics`: what the user has asked for; who wants blocks, or no pictures, wants no advice on sharper ones. */
export function hintFor(
  { multiplexer, passthrough, brand, complete, protocols }: Terminal,
  graphics: Graphics,
): string | undefined {
  if (graphics === 'none' || graphics === 'blocks') return undefined
  if (multiplexer === 'tmux' && passthrough === false) {
    const so = graphics === 'auto' ? 'they are drawn in blocks' : `${graphics} may show none`
    return `tmux keeps pictures to itself, so ${so}: "set -g allow-passthrough on" in tmux.conf lets them through.`
  }
  if (graphics !== 'auto') return undefined
  if (multiplexer === 'none' && brand === 'vscode' && complete && protocols[0] === 'blocks') {
    return "VS Code's terminal has its images switched off, so they are drawn in blocks: switch on terminal.integrated.enableImages."
  }
  return undefined
}
