// What the user can set so that pictures are sharper here. limn says it once, and sets nothing itself.
import type { Terminal } from './probe.ts'

export function hintFor({
  multiplexer,
  passthrough,
  brand,
  complete,
  protocols,
}: Terminal): string | undefined {
  if (multiplexer === 'tmux' && passthrough === false) {
    return 'tmux keeps pictures to itself, so they are drawn in blocks: "set -g allow-passthrough on" in tmux.conf lets them through.'
  }
  if (multiplexer === 'none' && brand === 'vscode' && complete && protocols[0] === 'blocks') {
    return "VS Code's terminal has its images switched off, so they are drawn in blocks: switch on terminal.integrated.enableImages."
  }
  return undefined
}
