// tmux hands a sequence on to the terminal around it when it is wrapped so, and the user allows it
// (`set -g allow-passthrough on`, tmux 3.3 and later; before, always). limn never changes a user's tmux.

/** One sequence, or several that stay together below tmux's limit of 1 MB. */
export function throughTmux(sequence: string): string {
  return sequence === '' ? '' : `\x1bPtmux;${sequence.replaceAll('\x1b', '\x1b\x1b')}\x1b\\`
}
