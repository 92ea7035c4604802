import names from 'color-name'
import { fromOklch, parseHex, type Rgb, toOklch } from './oklch.ts'

export type Colour = { name: string; rgb: Rgb }

const CSS = new Map<string, Rgb>(Object.entries(names).map(([name, [r, g, b]]) => [name, [r, g, b]] as const))

/** Colour names that CSS lacks, and words that imply a colour. */
const COMMON: Record<string, string> = {
  amber: '#ffb000',
  apricot: '#fbb779',
  autumn: '#c8641e',
  blonde: '#e8cf8a',
  bronze: '#b0743a',
  burgundy: '#6d1230',
  charcoal: '#36414a',
  cherry: '#b5122f',
  cobalt: '#1f4fb5',
  copper: '#b8693a',
  cream: '#fff3d6',
  dawn: '#f2a58e',
  desert: '#d99a5b',
  dusk: '#7a5a94',
  emerald: '#1f9d63',
  fire: '#f4511e',
  forest: '#2c6e3f',
  golden: '#f0b429',
  ice: '#bfe6f2',
  jade: '#2fa37c',
  lava: '#e8401c',
  lemon: '#f7e04b',
  lilac: '#c3a2d8',
  mauve: '#b58aa5',
  midnight: '#17204f',
  mint: '#8fdcbb',
  mustard: '#d3a121',
  neon: '#ff2bd6',
  night: '#1b2a5c',
  ocean: '#12719e',
  ochre: '#c7832b',
  peach: '#ffb48f',
  petrol: '#155a6b',
  rose: '#e8607f',
  ruby: '#a8123e',
  rust: '#a8481f',
  sand: '#dcc08c',
  sapphire: '#1c47a8',
  scarlet: '#d92414',
  sunrise: '#f6a06b',
  sunset: '#f2703f',
  terracotta: '#c2603c',
  vermilion: '#dd4526',
  winter: '#a9c9de',
}

/** For names such as "pale orange" that CSS lacks: the change of lightness and of chroma. */
const SHADES: Record<string, readonly [light: number, colourfulness: number]> = {
  pale: [0.18, 0.55],
  light: [0.14, 0.75],
  bright: [0.06, 1.15],
  pastel: [0.2, 0.5],
  soft: [0.08, 0.7],
  deep: [-0.14, 1],
  dark: [-0.2, 0.85],
}

function named(word: string): Rgb | undefined {
  if (/^#[0-9a-f]{6}$/.test(word)) return parseHex(word)
  const common = COMMON[word]
  return CSS.get(word) ?? (common ? parseHex(common) : undefined)
}

function shaded(shade: string, rgb: Rgb): Rgb {
  const [light, colourfulness] = SHADES[shade] ?? [0, 1]
  const { l, c, h } = toOklch(rgb)
  return fromOklch({ l: Math.min(0.96, Math.max(0.12, l + light)), c: c * colourfulness, h })
}

/** Finds "dark blue" before "blue". `rest` has the words that are not colours. */
export function findColours(words: readonly string[]): { colours: Colour[]; rest: string[] } {
  const colours: Colour[] = []
  const rest: string[] = []
  for (let i = 0; i < words.length; i++) {
    const word = words[i] ?? ''
    const length = [3, 2, 1].find((n) => i + n <= words.length && named(words.slice(i, i + n).join('')))
    if (length) {
      const parts = words.slice(i, i + length)
      colours.push({ name: parts.join(' '), rgb: named(parts.join('')) ?? [0, 0, 0] })
      i += length - 1
      continue
    }
    const next = named(words[i + 1] ?? '')
    if (next && SHADES[word]) {
      colours.push({ name: `${word} ${words[i + 1]}`, rgb: shaded(word, next) })
      i += 1
      continue
    }
    rest.push(word)
  }
  return { colours, rest }
}

export function wordsOf(text: string): string[] {
  return text.toLowerCase().match(/#[0-9a-f]{6}\b|[\p{L}\p{N}]+(?:'[\p{L}]+)?/gu) ?? []
}
