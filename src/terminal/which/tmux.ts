// tmux passes a sequence to the terminal around it if it is wrapped like this and the user permits it
// (`set -g allow-passthrough on`, tmux 3.3 and later; before that, always). limn never changes a user's tmux.

/** Wraps one sequence, or several that together stay below tmux's limit of 1 MB. */
export function throughTmux(sequence: string): string {
  return sequence === '' ? '' : `\x1bPtmux;${sequence.replaceAll('\x1b', '\x1b\x1b')}\x1b\\`
}
