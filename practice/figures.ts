import type { Colour } from './paint/colours.ts'
import { hex, shade } from './paint/oklch.ts'
import { circle, ellipse, glow, n, polygon, rect, startNames } from './paint/scene.ts'
import { fromPixels, toPixels } from './picture.ts'
import type { Pixels } from './pixels.ts'
import type { Region } from './regions.ts'

/**
 * Small figures that can be added to a picture, drawn around 0,0 and about two units wide and high. `x` and `y` are
 * their usual place, as fractions of the picture, and `size` is their unit as a fraction of its shorter side.
 */
type Figure = { x: number; y: number; size: number; colour: string; draw: (colour: string) => string }

/** The shapes of the scenes are rounded to a tenth of a pixel, so one unit is drawn as 100. */
const UNIT = 100
const disc = (x: number, y: number, r: number, fill: string) => circle(x * UNIT, y * UNIT, r * UNIT, fill)
const oval = (x: number, y: number, rx: number, ry: number, fill: string, more = '') =>
  ellipse(x * UNIT, y * UNIT, rx * UNIT, ry * UNIT, fill, more)
const bar = (x: number, y: number, w: number, h: number, fill: string, round = 0) =>
  rect(x * UNIT, y * UNIT, w * UNIT, h * UNIT, fill, `rx="${n(round * UNIT)}"`)
const shape = (points: readonly (readonly [number, number])[], fill: string) =>
  polygon(
    points.map(([x, y]) => [x * UNIT, y * UNIT] as const),
    fill,
  )
const light = (x: number, y: number, r: number, colour: string, opacity: number) =>
  glow(x * UNIT, y * UNIT, r * UNIT, colour, opacity)
const line = (path: string, how: string) => `<path transform="scale(${UNIT})" d="${path}" ${how}/>`

const star = Array.from({ length: 10 }, (_, i): readonly [number, number] => {
  const r = i % 2 === 0 ? 1 : 0.42
  return [r * Math.sin((i * Math.PI) / 5), -r * Math.cos((i * Math.PI) / 5)]
})

const FIGURES = {
  moon: {
    x: 0.78, y: 0.18, size: 0.075, colour: '#f7f1d2',
    draw: (c) => light(0, 0, 2.4, c, 0.4) + line('M.35 -.95A1 1 0 1 0 .95 .4A.8 .8 0 0 1 .35 -.95', `fill="${c}"`),
  },
  sun: {
    x: 0.22, y: 0.18, size: 0.075, colour: '#ffd75a',
    draw: (c) => light(0, 0, 2.8, c, 0.6) + disc(0, 0, 1, c),
  },
  star: {
    x: 0.3, y: 0.15, size: 0.045, colour: '#fff2b8',
    draw: (c) => light(0, 0, 2, c, 0.5) + shape(star, c),
  },
  cloud: {
    x: 0.3, y: 0.2, size: 0.1, colour: '#f6f8fb',
    draw: (c) => disc(-0.7, 0.1, 0.45, shade(c, -0.04)) + disc(0, -0.15, 0.65, c) + disc(0.7, 0.1, 0.5, shade(c, -0.03)) + bar(-1, 0.1, 2, 0.46, shade(c, -0.04), 0.23),
  },
  bird: {
    x: 0.66, y: 0.28, size: 0.05, colour: '#26222c',
    draw: (c) => line('M-1 -.2Q-.5 -.7 0 .1Q.5 -.7 1 -.2', `fill="none" stroke="${c}" stroke-width=".18" stroke-linecap="round"`),
  },
  balloon: {
    x: 0.72, y: 0.3, size: 0.085, colour: '#d8433b',
    draw: (c) => line('M0 1Q.15 1.5 -.1 2', `fill="none" stroke="#4a4650" stroke-width=".06"`) + oval(0, 0, 0.8, 1, c) + oval(-0.28, -0.35, 0.18, 0.28, '#ffffff', 'fill-opacity="0.45"') + shape([[-0.14, 1.12], [0.14, 1.12], [0, 0.95]], shade(c, -0.12)),
  },
  boat: {
    x: 0.62, y: 0.74, size: 0.085, colour: '#7a4a2c',
    draw: (c) => shape([[-1, 0.45], [1, 0.45], [0.65, 0.95], [-0.65, 0.95]], c) + bar(-0.05, -1, 0.1, 1.45, '#3a2a20') + shape([[0.12, -0.95], [0.12, 0.3], [0.85, 0.3]], '#f4efe2') + shape([[-0.12, -0.7], [-0.12, 0.3], [-0.7, 0.3]], '#e4dccb'),
  },
  tree: {
    x: 0.18, y: 0.72, size: 0.13, colour: '#2f6b3f',
    draw: (c) => bar(-0.12, 0.5, 0.24, 0.6, '#5a3d28') + shape([[0, -1.1], [0.55, -0.1], [-0.55, -0.1]], c) + shape([[0, -0.6], [0.75, 0.6], [-0.75, 0.6]], shade(c, -0.05)),
  },
  heart: {
    x: 0.5, y: 0.3, size: 0.07, colour: '#d8304a',
    draw: (c) => line('M0 1C-1.6 -.1 -1 -1 -.5 -1C-.2 -1 0 -.8 0 -.5C0 -.8 .2 -1 .5 -1C1 -1 1.6 -.1 0 1', `fill="${c}"`),
  },
  flower: {
    x: 0.24, y: 0.82, size: 0.06, colour: '#e4577f',
    draw: (c) => bar(-0.06, 0, 0.12, 1.8, '#3f7a45') + [0, 72, 144, 216, 288].map((turn) => `<g transform="rotate(${turn})">${oval(0, -0.55, 0.34, 0.5, c)}</g>`).join('') + disc(0, 0, 0.28, '#f6c445'),
  },
  hat: {
    x: 0.5, y: 0.2, size: 0.11, colour: '#2a2630',
    draw: (c) => bar(-0.75, -0.95, 1.5, 1.5, shade(c, 0.03), 0.08) + bar(-0.75, 0.2, 1.5, 0.3, shade(c, -0.14)) + bar(-1.25, 0.5, 2.5, 0.24, c, 0.12),
  },
  lantern: {
    x: 0.8, y: 0.5, size: 0.07, colour: '#ffb347',
    draw: (c) => light(0, 0, 2.6, c, 0.6) + bar(-0.5, -0.6, 1, 1.2, c, 0.1) + bar(-0.6, -0.8, 1.2, 0.2, '#2b2422') + bar(-0.6, 0.6, 1.2, 0.2, '#2b2422') + bar(-0.04, -1.6, 0.08, 0.8, '#2b2422'),
  },
} as const satisfies Record<string, Figure> // biome-ignore format: a figure reads as a drawing

export type FigureName = keyof typeof FIGURES

const NAMES = Object.keys(FIGURES).join('|')
const ADDED = new RegExp(
  `\\b(?:add|put|place|draw|give|insert|include|with|wear(?:s|ing)?)\\b.*?\\b(${NAMES})s?\\b`,
)

/** The figure that a clause asks to add, as in "add a red balloon" or "give her a hat". */
export function figureIn(clause: string): FigureName | undefined {
  return ADDED.exec(clause)?.[1] as FigureName | undefined
}

const PLACES: Record<Region, { x?: number; y?: number }> = {
  top: { y: 0.18 },
  bottom: { y: 0.8 },
  left: { x: 0.2 },
  right: { x: 0.8 },
  middle: { x: 0.5, y: 0.5 },
  around: {},
}

type Added = { thing: FigureName; colour?: Colour; aside?: readonly [number, number]; where?: Region }

/** Changes only the pixels under the figure. */
export function addFigure(pixels: Pixels, { thing, colour, aside = [0, 0], where }: Added): Promise<Pixels> {
  const { width: w, height: h } = pixels
  const figure: Figure = FIGURES[thing]
  const { x, y } = { x: figure.x, y: figure.y, ...(where && PLACES[where]) }
  const [right, down] = aside
  const at = `translate(${n((x + right) * w)},${n((y + down) * h)}) scale(${(figure.size * Math.min(w, h)) / UNIT})`
  startNames()
  const drawing = figure.draw(colour ? hex(colour.rgb) : figure.colour)
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${w}" height="${h}"><g transform="${at}">${drawing}</g></svg>`
  return toPixels(fromPixels(pixels).composite([{ input: Buffer.from(svg), left: 0, top: 0 }]))
}
