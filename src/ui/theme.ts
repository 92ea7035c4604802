import type { Tone } from '../core/event.ts'
import type { Chip } from './line/editor.ts'

/** The looks of text, as properties of Ink's Text. They use the terminal's own palette, so that text stays readable. */
export const theme = {
  plain: {},
  accent: { color: 'cyan' },
  dim: { dimColor: true },
  good: { color: 'green' },
  warning: { color: 'yellow' },
} as const

export const chipTheme = {
  version: { color: 'cyan', bold: true },
  reference: { color: 'magenta', bold: true },
  file: { color: 'blue', bold: true },
  unknown: { color: 'yellow', underline: true },
} as const satisfies Record<Chip['kind'], object>

export type TextLook = (typeof theme)[keyof typeof theme]

export function lookOf(tone: Tone): TextLook {
  return theme[tone]
}
