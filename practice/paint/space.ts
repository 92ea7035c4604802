import { fromOklch, hex, mix, parseHex, shade, toOklch } from './oklch.ts'
import {
  type Canvas,
  circle,
  diagonal,
  ellipse,
  glow,
  n,
  radial,
  rect,
  type Scene,
  starfield,
} from './scene.ts'

/** Dust in two colours, stars, and a planet, sometimes with a ring. */
export const space: Scene = {
  name: 'a planet among stars',
  words: [
    'space',
    'star',
    'stars',
    'galaxy',
    'planet',
    'cosmos',
    'cosmic',
    'nebula',
    'universe',
    'astronaut',
    'rocket',
    'moon',
    'alien',
    'orbit',
    'comet',
    'saturn',
    'mars',
  ],
  draw(canvas) {
    const { w, h, u, palette, random } = canvas
    const main = deep(palette.sky[1], 0.2)
    const [ground, groundFill] = diagonal(
      [0, deep(palette.sky[0], 0.1)],
      [0.6, main],
      [1, deep(palette.sky[0], 0.06)],
    )
    let out = ground + rect(0, 0, w, h, groundFill)
    const tilt = random.between(-0.5, 0.5)
    for (let i = 0; i < 7; i++) {
      const t = i / 6
      const x = w * t + random.between(-12, 12) * u
      const y = h * (0.5 + tilt * (t - 0.5) * 1.4) + random.between(-18, 18) * u
      const colour = random.pick([palette.sky[1], palette.sky[2], palette.accent, palette.far])
      out += glow(x, y, u * random.between(16, 32), colour, random.between(0.2, 0.42))
    }
    out += starfield(w, h, random, 240, mix(palette.light, '#ffffff', 0.5))
    for (let i = 0; i < 5; i++) out += sparkle(canvas)
    return out + planet(canvas) + moonlet(canvas)
  },
}

function deep(colour: string, light: number): string {
  const { c, h } = toOklch(parseHex(colour))
  return hex(fromOklch({ l: light, c: Math.min(c, 0.09), h }))
}

function sparkle({ w, h, u, random, palette }: Canvas): string {
  const x = random.between(0, w)
  const y = random.between(0, h)
  const s = u * random.between(1.2, 2.6)
  const d = `M${n(x - s)},${n(y)}Q${n(x)},${n(y)} ${n(x)},${n(y - s)}Q${n(x)},${n(y)} ${n(x + s)},${n(y)}Q${n(x)},${n(y)} ${n(x)},${n(y + s)}Q${n(x)},${n(y)} ${n(x - s)},${n(y)}Z`
  return `${glow(x, y, s * 1.6, palette.light, 0.5)}<path d="${d}" fill="#ffffff"/>`
}

function planet({ w, h, u, random, palette }: Canvas): string {
  const x = w * random.between(0.36, 0.64)
  const y = h * random.between(0.4, 0.6)
  const r = u * random.between(19, 26)
  const body = mix(palette.sky[2], palette.accent, random.between(0.15, 0.6))
  const [definition, fill] = radial(
    0.28,
    0.26,
    [0, mix(body, '#ffffff', 0.45)],
    [0.45, body],
    [0.8, shade(body, -0.28)],
    [1, shade(body, -0.48)],
  )
  const angle = random.between(-28, 28)
  let bands = ''
  for (let i = 0; i < 7; i++) {
    const by = y + r * random.between(-0.85, 0.85)
    const colour = i % 2 ? shade(body, -0.18) : mix(body, '#ffffff', 0.5)
    bands += ellipse(x, by, r * 1.1, r * random.between(0.02, 0.08), colour, 'fill-opacity="0.32"')
  }
  const round = `<clipPath id="globe">${circle(x, y, r, '#000')}</clipPath>`
  const globe = `${definition}${circle(x, y, r, fill)}${round}<g clip-path="url(#globe)"><g transform="rotate(${n(angle)} ${n(x)} ${n(y)})">${bands}</g></g>`
  const air = glow(x, y, r * 1.7, palette.light, 0.3)
  if (!random.chance(0.7)) return air + globe
  const ring = (sweep: 0 | 1) =>
    [1.95, 1.72, 1.5]
      .map((part, i) => {
        const rx = r * part
        return `<path d="M${n(x - rx)},${n(y)}A${n(rx)},${n(rx * 0.26)} 0 0 ${sweep} ${n(x + rx)},${n(y)}" fill="none" stroke="${i === 1 ? palette.accent : palette.light}" stroke-width="${n(r * (0.13 - i * 0.025))}" stroke-opacity="0.62"/>`
      })
      .join('')
  const turned = (inside: string) => `<g transform="rotate(${n(angle)} ${n(x)} ${n(y)})">${inside}</g>`
  return air + turned(ring(1)) + globe + turned(ring(0))
}

function moonlet({ w, h, u, random, palette }: Canvas): string {
  const r = u * random.between(2.5, 5)
  const [definition, fill] = radial(
    0.3,
    0.3,
    [0, '#ffffff'],
    [0.5, palette.light],
    [1, shade(palette.far, -0.3)],
  )
  return definition + circle(w * random.between(0.08, 0.25), h * random.between(0.1, 0.3), r, fill)
}
