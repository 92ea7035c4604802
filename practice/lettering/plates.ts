import { each, hex, type Rgb } from '../paint/oklch.ts'
import { n, polygon, rect } from '../paint/scene.ts'

/** Where lettering can be. Each place has its own ground, so that text is readable and covers what was there. */
export type PlatePosition = 'sign' | 'neon sign' | 'poster' | 'label' | 'caption'

/** The ground and its margin on each side, as fractions of the picture. */
type Box = { x: number; y: number; w: number; h: number; margin: number }

export const BOXES: Readonly<Record<PlatePosition, Box>> = {
  sign: { x: 0.19, y: 0.52, w: 0.62, h: 0.25, margin: 0.055 },
  'neon sign': { x: 0.16, y: 0.3, w: 0.68, h: 0.3, margin: 0.055 },
  poster: { x: 0, y: 0, w: 1, h: 0.25, margin: 0.045 },
  label: { x: 0.27, y: 0.42, w: 0.46, h: 0.28, margin: 0.045 },
  caption: { x: 0, y: 0.85, w: 1, h: 0.15, margin: 0.03 },
}

const WORDS: readonly (readonly [RegExp, PlatePosition])[] = [
  [/\bneon\b/i, 'neon sign'],
  [/\b(posters?|titles?|titled|headlines?|headings?|covers?|banners?|magazine|flyer|top)\b/i, 'poster'],
  [/\b(labels?|labell?ed|stickers?|tags?|bottle|jar|can|mug|cup|logo|badge|t-?shirt|shirt|icon)\b/i, 'label'],
  [/\b(captions?|subtitles?|bottom|footer|underneath|watermark)\b/i, 'caption'],
]

export function placeOf(prompt: string): PlatePosition {
  return WORDS.find(([words]) => words.test(prompt))?.[1] ?? 'sign'
}

export type Plate = { svg: string; ground: Rgb }

/** The contrast that WCAG requires for large text. */
const LEGIBLE = 3

const CREAM: Rgb = [250, 245, 232]
const INK: Rgb = [30, 27, 34]
const NIGHT: Rgb = [20, 12, 32]

/** A ground on which lettering of this colour is readable; `mood` is the picture's mean colour. */
export function plateFor(place: PlatePosition, ink: Rgb | undefined, mood: Rgb, w: number, h: number): Plate {
  const u = Math.min(w, h) / 100
  const box = BOXES[place]
  const [x, y, bw, bh] = [box.x * w, box.y * h, box.w * w, box.h * h]
  const light = ink === undefined || contrast(ink, CREAM) >= LEGIBLE
  switch (place) {
    case 'sign': {
      const ground = light ? CREAM : INK
      const edge = hex(light ? INK : CREAM)
      const post = '#4a3626'
      const posts = [0.14, 0.86].map((part) =>
        rect(x + bw * part - u * 1.6, y + bh / 2, u * 3.2, h - y, post),
      )
      const board =
        rounded(x + u * 0.8, y + u * 1.2, bw, bh, u * 2, '#000000', 'fill-opacity="0.28"') +
        rounded(x, y, bw, bh, u * 2, hex(ground)) +
        rounded(
          x + u * 1.3,
          y + u * 1.3,
          bw - u * 2.6,
          bh - u * 2.6,
          u * 1.2,
          'none',
          `stroke="${edge}" stroke-width="${n(u * 0.5)}"`,
        )
      return { svg: posts.join('') + board, ground }
    }
    case 'neon sign': {
      const edge = `stroke="#3a2c52" stroke-width="${n(u * 0.8)}"`
      return { svg: rounded(x, y, bw, bh, u * 3, hex(NIGHT), edge), ground: NIGHT }
    }
    case 'poster': {
      const ground = light && ink ? CREAM : dark(mood)
      return { svg: rect(x, y, bw, bh + 1, hex(ground)), ground }
    }
    case 'label': {
      const ground = light ? CREAM : INK
      const edge = `stroke="${hex(light ? INK : CREAM)}" stroke-width="${n(u * 0.4)}"`
      const notch = (at: number, side: number) =>
        polygon(
          [
            [at, y + bh * 0.2],
            [at + side * u * 4, y + bh / 2],
            [at, y + bh * 0.8],
          ],
          hex(ground),
        )
      const plate =
        rounded(x + u * 0.6, y + u, bw, bh, u * 6, '#000000', 'fill-opacity="0.22"') +
        rounded(x, y, bw, bh, u * 6, hex(ground)) +
        rounded(x + u * 1.4, y + u * 1.4, bw - u * 2.8, bh - u * 2.8, u * 5, 'none', edge)
      return { svg: notch(x + u, -1) + notch(x + bw - u, 1) + plate, ground }
    }
    case 'caption': {
      const ground = light && ink ? CREAM : INK
      return { svg: rect(x, y, bw, bh + 1, hex(ground)), ground }
    }
  }
}

/** The requested colour if it is readable on the ground, else black or white, whichever has more contrast. */
export function inkOn(ground: Rgb, asked: Rgb | undefined): Rgb {
  if (asked && contrast(asked, ground) >= LEGIBLE) return asked
  return contrast(INK, ground) > contrast(CREAM, ground) ? INK : CREAM
}

/** The contrast ratio of WCAG 2.2: from 1, unreadable, to 21, black on white. */
function contrast(a: Rgb, b: Rgb): number {
  const [light = 0, dim = 0] = [luminance(a), luminance(b)].sort((x, y) => y - x)
  return (light + 0.05) / (dim + 0.05)
}

function luminance(rgb: Rgb): number {
  const [r, g, b] = each(rgb, (value) => {
    const part = value / 255
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4
  })
  return 0.2126 * r + 0.7152 * g + 0.0722 * b
}

/** The same colour, made dark enough for white letters. */
function dark(rgb: Rgb): Rgb {
  const scale = Math.min(1, 78 / Math.max(...rgb, 1))
  return each(rgb, (value) => Math.round(value * scale))
}

function rounded(x: number, y: number, w: number, h: number, r: number, fill: string, more = ''): string {
  return `<rect x="${n(x)}" y="${n(y)}" width="${n(w)}" height="${n(h)}" rx="${n(r)}" fill="${fill}" ${more}/>`
}
