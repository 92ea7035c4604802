/**
 * The words by which a user asks for a way to draw pictures in a terminal, each with the protocols that it stands for,
 * the best first. The one list of both: the setting, `--graphics`, the help and the table of terminals follow from it.
 */
const WORDS = {
  kitty: ['kitty-placeholders', 'kitty'],
  iterm2: ['iterm2'],
  sixel: ['sixel'],
  blocks: ['blocks'],
} as const

type ProtocolWord = keyof typeof WORDS

/** 'kitty-placeholders' and 'blocks' are text, which scrolls and wraps; the others lie over the cells. */
export type Protocol = (typeof WORDS)[ProtocolWord][number]

export const PROTOCOLS_OF: Readonly<Record<ProtocolWord, readonly Protocol[]>> = WORDS

/** What a user asks for: the best that the terminal has, one way, or no pictures. */
export type Graphics = 'auto' | ProtocolWord | 'none'

/** As they are listed for the user. */
export const GRAPHICS: readonly Graphics[] = ['auto', ...(Object.keys(WORDS) as ProtocolWord[]), 'none']
