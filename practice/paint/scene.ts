import { mix } from './oklch.ts'
import type { Palette } from './palettes.ts'
import type { Random } from './random.ts'

/** `w` × `h` are in pixels; `u` is a hundredth of the shorter side, so that scenes look right in every ratio. */
export type Canvas = {
  w: number
  h: number
  u: number
  palette: Palette
  random: Random
  words: readonly string[]
}

/** The answer's name for it, the words that select it, and its SVG. */
export type Scene = { name: string; words: readonly string[]; draw: (canvas: Canvas) => string }

type Stop = readonly [at: number, colour: string, opacity?: number]

let ids = 0
/** Numbers the gradients of one picture. Drawing is synchronous, so restarting the count for each picture is safe. */
export function startNames(): void {
  ids = 0
}

const stops = (list: readonly Stop[]) =>
  list
    .map(
      ([at, colour, opacity = 1]) =>
        `<stop offset="${at}" stop-color="${colour}" stop-opacity="${opacity}"/>`,
    )
    .join('')

/** Returns the definition and the reference to it; the picture needs both. */
export function vertical(...list: Stop[]): [definition: string, fill: string] {
  const id = `g${ids++}`
  return [
    `<linearGradient id="${id}" x1="0" y1="0" x2="0" y2="1">${stops(list)}</linearGradient>`,
    `url(#${id})`,
  ]
}

export function diagonal(...list: Stop[]): [definition: string, fill: string] {
  const id = `g${ids++}`
  return [
    `<linearGradient id="${id}" x1="0" y1="0" x2="1" y2="1">${stops(list)}</linearGradient>`,
    `url(#${id})`,
  ]
}

export function radial(cx: number, cy: number, ...list: Stop[]): [definition: string, fill: string] {
  const id = `g${ids++}`
  return [
    `<radialGradient id="${id}" cx="0.5" cy="0.5" r="0.5" fx="${cx}" fy="${cy}">${stops(list)}</radialGradient>`,
    `url(#${id})`,
  ]
}

export const n = (value: number) => value.toFixed(1)

export function rect(x: number, y: number, w: number, h: number, fill: string, more = ''): string {
  return `<rect x="${n(x)}" y="${n(y)}" width="${n(w)}" height="${n(h)}" fill="${fill}" ${more}/>`
}

export function circle(x: number, y: number, r: number, fill: string, more = ''): string {
  return `<circle cx="${n(x)}" cy="${n(y)}" r="${n(r)}" fill="${fill}" ${more}/>`
}

export function ellipse(x: number, y: number, rx: number, ry: number, fill: string, more = ''): string {
  return `<ellipse cx="${n(x)}" cy="${n(y)}" rx="${n(rx)}" ry="${n(ry)}" fill="${fill}" ${more}/>`
}

export function polygon(points: readonly (readonly [number, number])[], fill: string, more = ''): string {
  return `<polygon points="${points.map(([x, y]) => `${n(x)},${n(y)}`).join(' ')}" fill="${fill}" ${more}/>`
}

/** Soft light around a point: a disc that fades out, instead of a costly blur. */
export function glow(x: number, y: number, r: number, colour: string, opacity: number): string {
  const [definition, fill] = radial(
    0.5,
    0.5,
    [0, colour, opacity],
    [0.35, colour, opacity * 0.45],
    [1, colour, 0],
  )
  return definition + circle(x, y, r, fill)
}

export function sky({ w, h, palette, random }: Canvas): string {
  const [top, middle, horizon] = palette.sky
  const [definition, fill] = vertical([0, top], [0.45, middle], [0.8, horizon], [1, horizon])
  return (
    definition +
    rect(0, 0, w, h, fill) +
    (palette.night ? starfield(w, h * 0.7, random, 110, palette.light) : '')
  )
}

export function starfield(w: number, h: number, random: Random, count: number, colour: string): string {
  const size = Math.min(w, h) / 1000
  let out = ''
  for (let i = 0; i < count; i++) {
    const r = size * (random.chance(0.08) ? random.between(2, 3.2) : random.between(0.6, 1.5))
    out += circle(
      random.between(0, w),
      random.between(0, h),
      r,
      colour,
      `fill-opacity="${n(random.between(0.3, 1))}"`,
    )
  }
  return out
}

/** A sun by day, a moon with maria by night. */
export function lamp(
  { palette }: Canvas,
  x: number,
  y: number,
  r: number,
  halo = palette.night ? 0.4 : 0.75,
): string {
  const light = glow(x, y, r * 5, palette.light, halo)
  if (!palette.night) {
    const [definition, fill] = vertical([0, '#ffffff'], [1, palette.light])
    return light + definition + circle(x, y, r, fill)
  }
  const [definition, fill] = radial(
    0.35,
    0.3,
    [0, '#ffffff'],
    [0.5, palette.light],
    [1, mix(palette.light, palette.sky[1], 0.45)],
  )
  const seas = [
    [-0.35, 0.2, 0.2],
    [0.2, -0.25, 0.15],
    [0.3, 0.35, 0.24],
    [-0.15, -0.5, 0.1],
    [-0.05, 0.62, 0.09],
  ] as const
  const grey = seas.map(([dx, dy, size]) =>
    circle(x + dx * r, y + dy * r, size * r, palette.sky[1], 'fill-opacity="0.13"'),
  )
  return light + definition + circle(x, y, r, fill) + grey.join('')
}

/** A soft ridge from left to right, filled down to the bottom. */
export function ridge({ w, h, random }: Canvas, y: number, swing: number, waves: number): string {
  const parts = [1, 2.3, 4.7].map((f) => ({ f: f * waves, phase: random.between(0, 7), size: 1 / f }))
  let d = `M0,${n(h)}`
  for (let i = 0; i <= 72; i++) {
    const t = i / 72
    const lift = parts.reduce(
      (sum, { f, phase, size }) => sum + Math.sin(t * f * 2 * Math.PI + phase) * size,
      0,
    )
    d += `L${n(t * w)},${n(y + lift * swing)}`
  }
  return `${d}L${n(w)},${n(h)}Z`
}
