import { mix, shade } from './oklch.ts'
import { type Canvas, ellipse, glow, n, polygon, radial, rect, type Scene, vertical } from './scene.ts'

/** Fruit, a bottle and a bowl on a table, with light from a window on the left. */
export const stillLife: Scene = {
  name: 'a still life',
  words: [
    'still',
    'fruit',
    'apple',
    'apples',
    'pear',
    'lemon',
    'lemons',
    'vase',
    'bottle',
    'bowl',
    'cup',
    'mug',
    'coffee',
    'tea',
    'kitchen',
    'table',
    'food',
    'cake',
    'bread',
    'wine',
    'glass',
    'product',
    'teapot',
    'jar',
    'book',
    'chair',
    'lamp',
    'shoe',
    'watch',
  ],
  draw(canvas) {
    const { w, h, u, palette, random } = canvas
    const table = h * 0.66
    const [wall, wallFill] = vertical([0, mix(palette.sky[1], palette.sky[0], 0.5)], [1, palette.sky[2]])
    const wood = mix(palette.near, palette.far, 0.45)
    const [top, topFill] = vertical(
      [0, mix(wood, palette.light, 0.35)],
      [0.12, wood],
      [1, shade(wood, -0.16)],
    )
    let out = wall + rect(0, 0, w, table, wallFill)
    out += polygon(
      [
        [w * 0.08, 0],
        [w * 0.3, 0],
        [w * 0.74, table],
        [w * 0.46, table],
      ],
      palette.light,
      'fill-opacity="0.26"',
    )
    out += polygon(
      [
        [w * 0.36, 0],
        [w * 0.5, 0],
        [w * 0.97, table],
        [w * 0.8, table],
      ],
      palette.light,
      'fill-opacity="0.18"',
    )
    out += glow(w * 0.2, h * 0.1, u * 60, palette.light, 0.5) + top + rect(0, table, w, h - table, topFill)
    const kinds = [bottle, bowl, vase]
    const first = Math.floor(random.between(0, 3))
    out +=
      kinds[first]?.(
        canvas,
        w * 0.5 - u * random.between(16, 22),
        table + u * 5,
        mix(palette.sky[0], palette.near, 0.25),
      ) ?? ''
    out +=
      kinds[(first + 1) % 3]?.(
        canvas,
        w * 0.5 + u * random.between(12, 20),
        table + u * 7,
        mix(palette.accent, palette.far, 0.25),
      ) ?? ''
    const fruits = Math.round(random.between(3, 5))
    for (let i = 0; i < fruits; i++) {
      const x = w * 0.5 + u * (-34 + (68 * (i + 0.5)) / fruits + random.between(-4, 4))
      const colour = random.pick([
        palette.accent,
        palette.sky[1],
        mix(palette.accent, palette.light, 0.4),
        palette.far,
      ])
      out += fruit(canvas, x, table + u * random.between(13, 19), u * random.between(6, 8.5), colour)
    }
    return out
  },
}

/** Lit from the left: the brightest point is at the top left, and a thin light edge is on the right. */
const round = (colour: string) =>
  radial(
    0.32,
    0.28,
    [0, mix(colour, '#ffffff', 0.6)],
    [0.3, mix(colour, '#ffffff', 0.12)],
    [0.78, shade(colour, -0.16)],
    [1, shade(colour, -0.1)],
  )

function shadow(x: number, y: number, rx: number): string {
  const [definition, fill] = radial(0.5, 0.5, [0, '#000000', 0.5], [0.6, '#000000', 0.25], [1, '#000000', 0])
  return definition + ellipse(x + rx * 0.5, y, rx * 1.7, rx * 0.3, fill)
}

function fruit({ palette, u }: Canvas, x: number, foot: number, r: number, colour: string): string {
  const [definition, fill] = round(colour)
  const stem = `<path d="M${n(x)},${n(foot - r * 1.8)}q${n(u * 0.4)},${n(-u * 2)} ${n(u * 1.4)},${n(-u * 2.4)}" fill="none" stroke="${palette.near}" stroke-width="${n(u * 0.5)}" stroke-linecap="round"/>`
  return shadow(x, foot, r) + stem + definition + ellipse(x, foot - r * 0.92, r, r * 0.94, fill)
}

function turned(x: number, foot: number, colour: string, profile: string, rx: number): string {
  const { 0: definition, 1: fill } = sideLit(colour)
  return `${shadow(x, foot, rx)}${definition}<path transform="translate(${n(x)},${n(foot)})" d="${profile}" fill="${fill}"/>`
}

function sideLit(colour: string): [string, string] {
  const [definition, fill] = vertical(
    [0, shade(colour, -0.1)],
    [0.3, mix(colour, '#ffffff', 0.45)],
    [0.5, colour],
    [0.85, shade(colour, -0.2)],
    [1, shade(colour, -0.1)],
  )
  return [definition.replace('x2="0" y2="1"', 'x2="1" y2="0"'), fill]
}

function bottle({ u }: Canvas, x: number, foot: number, colour: string): string {
  const a = u * 6
  const d = `M${-a},0V${n(-u * 24)}C${-a},${n(-u * 31)} ${n(-u * 2)},${n(-u * 30)} ${n(-u * 2)},${n(-u * 36)}V${n(-u * 44)}H${n(u * 2)}V${n(-u * 36)}C${n(u * 2)},${n(-u * 30)} ${a},${n(-u * 31)} ${a},${n(-u * 24)}V0Q0,${n(u * 2)} ${-a},0Z`
  return turned(x, foot, colour, d, a)
}

function vase({ u }: Canvas, x: number, foot: number, colour: string): string {
  const d = `M${n(-u * 5)},0C${n(-u * 16)},${n(-u * 12)} ${n(-u * 11)},${n(-u * 24)} ${n(-u * 4)},${n(-u * 28)}L${n(-u * 5.5)},${n(-u * 34)}Q0,${n(-u * 32.6)} ${n(u * 5.5)},${n(-u * 34)}L${n(u * 4)},${n(-u * 28)}C${n(u * 11)},${n(-u * 24)} ${n(u * 16)},${n(-u * 12)} ${n(u * 5)},0Q0,${n(u * 1.6)} ${n(-u * 5)},0Z`
  return turned(x, foot, colour, d, u * 8)
}

function bowl({ u }: Canvas, x: number, foot: number, colour: string): string {
  const d = `M${n(-u * 17)},${n(-u * 14)}C${n(-u * 15)},${n(-u * 4)} ${n(-u * 8)},0 ${n(-u * 6)},0Q0,${n(u * 1.4)} ${n(u * 6)},0C${n(u * 8)},0 ${n(u * 15)},${n(-u * 4)} ${n(u * 17)},${n(-u * 14)}Z`
  const rim = ellipse(x, foot - u * 14, u * 17, u * 2.6, shade(colour, -0.26))
  return turned(x, foot, colour, d, u * 11) + rim
}
