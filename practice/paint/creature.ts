import { hex, mix, shade } from './oklch.ts'
import { plainColours } from './palettes.ts'
import { circle, ellipse, glow, lamp, polygon, radial, ridge, type Scene, sky, vertical } from './scene.ts'

type Point = readonly [number, number]
type Kind = {
  name: string
  coat: string
  ears: 'pointed' | 'round' | 'long' | 'tufts'
  muzzle: 'long' | 'short' | 'beak'
}

const KINDS: Record<string, Kind> = {
  fox: { name: 'a fox', coat: '#d9622b', ears: 'pointed', muzzle: 'long' },
  wolf: { name: 'a wolf', coat: '#7d8896', ears: 'pointed', muzzle: 'long' },
  dog: { name: 'a dog', coat: '#b98a58', ears: 'pointed', muzzle: 'long' },
  puppy: { name: 'a dog', coat: '#c99a66', ears: 'pointed', muzzle: 'short' },
  cat: { name: 'a cat', coat: '#8d8078', ears: 'pointed', muzzle: 'short' },
  kitten: { name: 'a cat', coat: '#c78d5a', ears: 'pointed', muzzle: 'short' },
  tiger: { name: 'a tiger', coat: '#e08a2e', ears: 'round', muzzle: 'short' },
  lion: { name: 'a lion', coat: '#cf9a45', ears: 'round', muzzle: 'short' },
  bear: { name: 'a bear', coat: '#7a5236', ears: 'round', muzzle: 'short' },
  panda: { name: 'a panda', coat: '#d8d8d4', ears: 'round', muzzle: 'short' },
  mouse: { name: 'a mouse', coat: '#a39a98', ears: 'round', muzzle: 'long' },
  rabbit: { name: 'a rabbit', coat: '#b9a390', ears: 'long', muzzle: 'short' },
  bunny: { name: 'a rabbit', coat: '#d8c6b6', ears: 'long', muzzle: 'short' },
  hare: { name: 'a hare', coat: '#a98a68', ears: 'long', muzzle: 'short' },
  owl: { name: 'an owl', coat: '#8a6a48', ears: 'tufts', muzzle: 'beak' },
  bird: { name: 'a bird', coat: '#3f8fb5', ears: 'tufts', muzzle: 'beak' },
}

const kindOf = (words: readonly string[]) =>
  words.map((word) => KINDS[word] ?? KINDS[word.replace(/e?s$/, '')]).find(Boolean) ?? (KINDS.fox as Kind)

/** The answer's name for the animal in the words. */
export const creatureName = (words: readonly string[]) => kindOf(words).name

/** An animal's head in flat facets before a big sun; the left of the face is lit. */
export const creature: Scene = {
  name: 'an animal',
  words: Object.keys(KINDS),
  draw(canvas) {
    const { w, h, u, palette, random, words } = canvas
    const kind = kindOf(words)
    const asked = plainColours(words)[0]
    const coat = asked ? mix(kind.coat, hex(asked.rgb), 0.45) : kind.coat
    const x = w / 2
    const y = h * 0.54
    const s = u * 30
    let out = sky(canvas) + lamp(canvas, x, y - s * 0.45, s * 1.05, palette.night ? 0.25 : 0.6)
    for (let i = 0; i < 3; i++) {
      const colour = mix(palette.far, palette.near, 0.2 + 0.35 * i)
      const [definition, fill] = vertical([0, mix(colour, palette.sky[2], 0.4)], [1, colour])
      out += `${definition}<path d="${ridge(canvas, h * (0.68 + 0.1 * i), u * 4, random.between(0.6, 1.2))}" fill="${fill}"/>`
    }
    return (
      out +
      body(x, y, s, coat, h) +
      head(x, y, s, coat, kind) +
      glow(x - s * 0.6, y - s, s * 1.2, palette.light, 0.22)
    )
  },
}

const mirrored = (x: number, points: readonly Point[]): Point[] =>
  points.map(([px, py]): Point => [2 * x - px, py])

function body(x: number, y: number, s: number, coat: string, h: number): string {
  const left: Point[] = [
    [x, y + s * 0.4],
    [x - s * 0.5, y + s * 0.5],
    [x - s * 0.95, h + 2],
    [x, h + 2],
  ]
  const chest: Point[] = [
    [x - s * 0.3, y + s * 0.6],
    [x + s * 0.3, y + s * 0.6],
    [x + s * 0.2, y + s * 1.15],
    [x, y + s * 1.5],
    [x - s * 0.2, y + s * 1.15],
  ]
  return (
    polygon(left, shade(coat, -0.08)) +
    polygon(mirrored(x, left), shade(coat, -0.18)) +
    polygon(chest, mix('#fff6e8', coat, 0.14))
  )
}

function head(x: number, y: number, s: number, coat: string, kind: Kind): string {
  const at = (dx: number, dy: number): Point => [x + dx * s, y + dy * s]
  const chin = kind.muzzle === 'long' ? 0.86 : 0.66
  const face: Point[] = [
    at(0, -0.52),
    at(-0.5, -0.42),
    at(-0.78, 0.1),
    at(-0.5, 0.42),
    at(-0.16, chin - 0.06),
    at(0, chin),
  ]
  const cheek: Point[] = [
    at(-0.78, 0.1),
    at(-0.5, 0.42),
    at(-0.16, chin - 0.06),
    at(0, chin),
    at(0, chin - 0.3),
    at(-0.26, 0.14),
    at(-0.56, 0.16),
  ]
  const brow: Point[] = [at(0, -0.52), at(-0.22, -0.48), at(-0.12, 0.1), at(0, 0.3)]
  const pale = mix('#fff8ec', coat, 0.1)
  const half = (points: Point[], lit: string, dark: string) =>
    polygon(points, lit) + polygon(mirrored(x, points), dark)
  let out = ears(x, at, coat, kind)
  out += half(face, coat, shade(coat, -0.08))
  out += half(cheek, pale, shade(pale, -0.07))
  out += half(brow, mix(coat, '#ffffff', 0.16), mix(coat, '#ffffff', 0.04))
  if (kind.name === 'a tiger') out += stripes(at, x)
  const round = kind.muzzle === 'beak'
  for (const side of [-1, 1]) out += eye(x + side * s * 0.33, y - s * 0.02, s * (round ? 0.17 : 0.085), round)
  if (kind.muzzle === 'beak')
    return out + half([at(0, 0.12), at(-0.13, 0.24), at(0, 0.56)], '#f2b23c', '#c98722')
  const ny = y + s * (chin - 0.12)
  return `${out}${ellipse(x, ny, s * 0.12, s * 0.085, '#1c1620')}${ellipse(x - s * 0.035, ny - s * 0.03, s * 0.035, s * 0.02, '#ffffff', 'fill-opacity="0.6"')}`
}

function ears(
  x: number,
  at: (dx: number, dy: number) => Point,
  coat: string,
  { ears: kind, muzzle, name }: Kind,
): string {
  const dark = name === 'a panda' ? '#26232b' : shade(coat, -0.3)
  if (kind === 'round') {
    const colour = name === 'a panda' ? dark : shade(coat, -0.05)
    return [-1, 1]
      .map((side) => {
        const [ex, ey] = at(side * 0.56, -0.5)
        const r = Math.abs(at(0.24, 0)[0] - x)
        return circle(ex, ey, r, colour) + circle(ex, ey, r * 0.55, dark)
      })
      .join('')
  }
  const [tip, out, base]: [Point, Point, Point] =
    kind === 'long'
      ? [at(-0.34, -1.5), at(-0.6, -0.9), at(-0.42, -0.36)]
      : kind === 'tufts'
        ? [at(-0.7, -0.8), at(-0.72, -0.4), at(-0.5, -0.1)]
        : [at(-0.72, muzzle === 'long' ? -1.12 : -0.92), at(-0.84, -0.35), at(-0.72, -0.02)]
  const outer: Point[] = [tip, out, base, at(-0.1, -0.48)]
  const middle: Point = [(out[0] + at(-0.1, -0.48)[0]) / 2, (out[1] + at(-0.1, -0.48)[1]) / 2]
  const inner = outer.map(([px, py]): Point => [px + (middle[0] - px) * 0.38, py + (middle[1] - py) * 0.38])
  return (
    polygon(outer, mix(coat, '#ffffff', 0.08)) +
    polygon(mirrored(x, outer), shade(coat, -0.1)) +
    polygon(inner, dark) +
    polygon(mirrored(x, inner), dark)
  )
}

function eye(x: number, y: number, r: number, round: boolean): string {
  const [iris, fill] = radial(0.4, 0.4, [0, '#ffdf7e'], [0.7, '#e09a2a'], [1, '#6b3d10'])
  const ball = round
    ? circle(x, y, r * 1.25, '#fff7e4') + iris + circle(x, y, r, fill) + circle(x, y, r * 0.5, '#17121a')
    : iris + ellipse(x, y, r * 1.25, r, fill) + ellipse(x, y, r * 0.55, r * 0.92, '#17121a')
  return ball + circle(x - r * 0.3, y - r * 0.35, r * 0.22, '#ffffff')
}

function stripes(at: (dx: number, dy: number) => Point, x: number): string {
  const left: Point[][] = [
    [at(-0.74, 0), at(-0.42, -0.06), at(-0.76, 0.08)],
    [at(-0.66, -0.18), at(-0.4, -0.2), at(-0.7, -0.1)],
    [at(-0.1, -0.51), at(-0.08, -0.2), at(-0.02, -0.51)],
    [at(-0.3, -0.46), at(-0.2, -0.24), at(-0.22, -0.47)],
  ]
  return left.map((points) => polygon(points, '#2a1a12') + polygon(mirrored(x, points), '#2a1a12')).join('')
}
