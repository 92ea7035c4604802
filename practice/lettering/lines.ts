import { glyphOf, placed } from './glyph.ts'

/** The distances between letters, from the middle of one pen stroke to the next, and between lines, in letter units. */
const GAP = 4.1
const PITCH = 22
/** The height that a line needs above and below its capitals, for accents and tails. */
const ASCENT = 4
const DESCENT = 4.5
const CAPITALS = 14

/** A line of pen strokes in letter units, and its width. */
export type Line = { width: number; path: string }

function lineOf(text: string): Line {
  let x = 0
  let path = ''
  for (const { segment } of new Intl.Segmenter().segment(text)) {
    const { width, line } = glyphOf(segment)
    path += placed(line, 1, x, 0)
    x += width + GAP
  }
  return { width: Math.max(0, x - GAP), path }
}

/** Breaks a text into lines that fill a box best: at the largest size at which its unbroken words fit. */
export function fitted(text: string, box: { width: number; height: number }, largest: number) {
  const words = text.split(/\s+/).filter(Boolean)
  const tries = Array.from({ length: Math.min(words.length, 8) }, (_, i) => broken(words, i + 1))
  const sized = tries.map((lines) => {
    const width = Math.max(...lines.map((line) => line.width), 1)
    const height = (lines.length - 1) * PITCH + ASCENT + CAPITALS + DESCENT
    return { lines, width, scale: Math.min(box.width / width, box.height / height, largest / CAPITALS) }
  })
  return sized.reduce((best, each) => (each.scale > best.scale * 1.05 ? each : best))
}

/** Distributes the words over the given number of lines, greedily. */
function broken(words: readonly string[], count: number): Line[] {
  const whole = lineOf(words.join(' ')).width
  const lines: string[] = []
  let line = ''
  for (const [i, word] of words.entries()) {
    const longer = line === '' ? word : `${line} ${word}`
    const left = words.length - i
    const full = lineOf(longer).width > (whole / count) * 1.08
    const mustBreak = count - lines.length > left
    if (line !== '' && lines.length < count - 1 && (full || mustBreak)) {
      lines.push(line)
      line = word
    } else line = longer
  }
  return [...lines, line].map(lineOf)
}

export function heightOf(lines: number, scale: number): number {
  return ((lines - 1) * PITCH + ASCENT + CAPITALS + DESCENT) * scale
}

/** The lines as one path in pixels, centred on `x`, the first one from `y` down. */
export function pathOf(lines: readonly Line[], scale: number, x: number, y: number): string {
  return lines
    .map((line, i) =>
      placed(line.path, scale, x - (line.width * scale) / 2, y + (ASCENT + i * PITCH) * scale),
    )
    .join('')
}
