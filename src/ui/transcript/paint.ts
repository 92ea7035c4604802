import type { Tone } from '../../core/event.ts'
import type { Terminal } from '../../terminal/which/probe.ts'

/** How text looks, by its tone or its role. */
export type Look = Tone | 'bad' | 'dim' | 'accent'

export type Paint = (look: Look, text: string) => string

const CODES: Readonly<Record<Look, string>> = {
  plain: '',
  good: '32',
  warning: '33',
  bad: '31',
  dim: '2',
  accent: '36',
}

/** Colours for the transcript, which Ink does not draw: the terminal's own sixteen, or none. */
export function paintFor({ colours }: Pick<Terminal, 'colours'>): Paint {
  if (colours === 'none') return (_, text) => text
  return (look, text) => {
    const code = CODES[look]
    if (code === '' || text === '') return text
    // Line by line, so that a colour never spreads when the terminal wraps or scrolls.
    return text.replace(/[^\n]+/g, (line) => `\x1b[${code}m${line}\x1b[0m`)
  }
}
