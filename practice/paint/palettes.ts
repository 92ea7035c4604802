import { type Colour, findColours } from './colours.ts'
import { fromOklch, hex, mix, shade, toOklch } from './oklch.ts'
import type { Random } from './random.ts'

/** The colours of one picture. Layers between far and near are mixed from the two. */
export type Palette = {
  sky: readonly [top: string, middle: string, horizon: string]
  light: string
  far: string
  near: string
  accent: string
  night: boolean
}

const day = (sky: Palette['sky'], light: string, far: string, near: string, accent: string): Palette => ({
  sky,
  light,
  far,
  near,
  accent,
  night: false,
})
const night = (...colours: Parameters<typeof day>): Palette => ({ ...day(...colours), night: true })

const MOODS = {
  sunset: day(['#3b2667', '#c2476b', '#ffb26b'], '#fff0c2', '#b2557a', '#1f1436', '#ffd166'),
  dawn: day(['#6f8fc9', '#e9b4b4', '#ffe3c4'], '#fffaf0', '#b7a3c4', '#3c4a6b', '#ff9e80'),
  forest: day(['#5d8a7a', '#a9c6a4', '#eef0d2'], '#fffbe0', '#8fb39a', '#12302a', '#e8a33d'),
  night: night(['#060a24', '#14235a', '#3d4f94'], '#f4f1d8', '#2d3f80', '#04071a', '#ffcf6b'),
  neon: night(['#0b0221', '#3a0b63', '#e0218a'], '#3df5ff', '#5b1a8f', '#06010f', '#faff3d'),
  ocean: day(['#2b7fb8', '#86c8df', '#eaf6ef'], '#fffdf2', '#6fb2cc', '#06344f', '#ff8a5c'),
  gold: day(['#7a4a12', '#dba23a', '#fff0c0'], '#fffbe8', '#c9933d', '#33200a', '#b23a2a'),
  desert: day(['#4f9bb0', '#f0cf9b', '#ffe9c9'], '#fff7e2', '#e0a878', '#6e3220', '#2f7f86'),
  winter: day(['#7fa3c4', '#c5d8e6', '#f7fafc'], '#ffffff', '#a9c0d4', '#2a3d55', '#d9534f'),
  spring: day(['#79c2e0', '#c9ead6', '#fff8dc'], '#ffffff', '#a8d5a0', '#2f6b3f', '#f48fb1'),
  autumn: day(['#7d8fa3', '#e9c79a', '#ffeccc'], '#fff8e6', '#d08a4e', '#4a1f14', '#e2b13c'),
  pastel: day(['#a9b8e8', '#f2c4de', '#fff1e0'], '#ffffff', '#c5b5e3', '#6f6a9c', '#8fd3c1'),
  fire: night(['#1c0505', '#8c1c0a', '#ff8a2b'], '#fff2b0', '#6b1509', '#120202', '#ffd23f'),
  dusk: day(['#2c2f5e', '#8a6aa0', '#f3b9a0'], '#fff3dc', '#7f6796', '#1a1836', '#ffc06b'),
} as const satisfies Record<string, Palette>

type Mood = keyof typeof MOODS

const WORDS: Record<string, Mood> = {
  sunset: 'sunset', evening: 'sunset', romantic: 'sunset',
  dawn: 'dawn', sunrise: 'dawn', morning: 'dawn', misty: 'dawn', mist: 'dawn', fog: 'dawn',
  forest: 'forest', jungle: 'forest', woods: 'forest', moss: 'forest',
  night: 'night', midnight: 'night', moon: 'night', moonlight: 'night', space: 'night', galaxy: 'night', stars: 'night',
  neon: 'neon', cyberpunk: 'neon', synthwave: 'neon', retro: 'neon',
  ocean: 'ocean', sea: 'ocean', water: 'ocean', beach: 'ocean', lake: 'ocean', underwater: 'ocean',
  gold: 'gold', golden: 'gold', royal: 'gold', honey: 'gold',
  desert: 'desert', sand: 'desert', dune: 'desert', dunes: 'desert', savanna: 'desert',
  winter: 'winter', snow: 'winter', snowy: 'winter', ice: 'winter', arctic: 'winter',
  spring: 'spring', meadow: 'spring', garden: 'spring', flower: 'spring', flowers: 'spring',
  autumn: 'autumn', fall: 'autumn', harvest: 'autumn', pumpkin: 'autumn',
  pastel: 'pastel', dream: 'pastel', dreamy: 'pastel', soft: 'pastel', candy: 'pastel',
  fire: 'fire', lava: 'fire', volcano: 'fire', dragon: 'fire', hell: 'fire',
  dusk: 'dusk', twilight: 'dusk', storm: 'dusk', stormy: 'dusk',
} // biome-ignore format: one mood a line reads as a table

/** A palette around one named colour: its tints are the sky, its shades the ground, a second colour the light. */
function around(base: Colour, second: Colour | undefined): Palette {
  const { l, c, h } = toOklch(base.rgb)
  const dark = l < 0.32
  const grey = c < 0.02
  const at = (light: number, part: number, turn = 0) =>
    hex(fromOklch({ l: light, c: grey ? 0.004 : Math.max(0.05, Math.min(0.19, c)) * part, h: h + turn }))
  const accent = second ? hex(second.rgb) : grey ? '#d9534f' : at(0.75, 0.8, 150)
  const glow = second ? mix(hex(second.rgb), '#ffffff', 0.45) : shade(at(0.9, 0.35, -12), 0.06)
  return {
    sky: dark
      ? [at(0.14, 0.8), at(0.27, 1), at(0.5, 1, -10)]
      : [
          at(Math.min(0.62, l * 0.8), 0.95, 8),
          at(Math.max(0.6, Math.min(0.82, l + 0.06)), 0.9),
          at(0.92, 0.42, -14),
        ],
    light: glow,
    far: at(dark ? 0.34 : 0.64, 0.75, 6),
    near: at(dark ? 0.08 : 0.2, 0.6, 12),
    accent,
    night: dark,
  }
}

const DEFAULTS: readonly [Mood, ...Mood[]] = [
  'sunset',
  'dawn',
  'ocean',
  'desert',
  'autumn',
  'dusk',
  'pastel',
  'spring',
  'forest',
]

/** The colours that the words name, without words that name a whole mood. */
export function plainColours(words: readonly string[]): Colour[] {
  return findColours(words).colours.filter(({ name }) => !WORDS[name])
}

const HOURS: readonly Mood[] = ['night', 'neon', 'sunset', 'dawn', 'dusk']

/** A named colour goes before a mood, a mood before a random palette: "a red sunset" is red, with a sunset's light. */
export function paletteFor(words: readonly string[], random: Random): Palette {
  const moods = words.flatMap((word) => WORDS[word] ?? [])
  // The time of day decides the light before the place does: a lake at night is dark.
  const mood = moods.find((each) => HOURS.includes(each)) ?? moods[0]
  const [first, second] = plainColours(words)
  if (first) {
    const palette = around(first, second)
    return mood
      ? { ...palette, light: MOODS[mood].light, night: palette.night || MOODS[mood].night }
      : palette
  }
  return MOODS[mood ?? random.pick(DEFAULTS)]
}
