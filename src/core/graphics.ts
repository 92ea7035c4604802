/**
 * The words with which a user chooses how pictures are drawn in a terminal, each with the protocols that it stands for,
 * the best first. The setting, `--graphics`, the help and the table of terminals all follow from this list.
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

/** What a user chooses: the best that the terminal has, one way of drawing, or no pictures. */
export type Graphics = 'auto' | ProtocolWord | 'none'

/** In the order in which they are listed for the user. */
export const GRAPHICS: readonly Graphics[] = ['auto', ...(Object.keys(WORDS) as ProtocolWord[]), 'none']
