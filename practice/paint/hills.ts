import { mix, shade } from './oklch.ts'
import { type Canvas, lamp, n, polygon, ridge, type Scene, sky, vertical } from './scene.ts'

/** Layers of hills under a low sun, darker towards the viewer. */
export const hills: Scene = {
  name: 'hills',
  words: [
    'hill',
    'hills',
    'landscape',
    'field',
    'fields',
    'valley',
    'meadow',
    'countryside',
    'farm',
    'sunset',
    'sunrise',
    'dawn',
    'horizon',
    'desert',
    'dune',
    'dunes',
    'savanna',
    'road',
    'village',
    'spring',
    'autumn',
    'evening',
    'vineyard',
  ],
  draw(canvas) {
    const { w, h, u, palette, random } = canvas
    const sunX = random.between(0.25, 0.75) * w
    const sunY = random.between(0.34, 0.46) * h
    let out = sky(canvas) + lamp(canvas, sunX, sunY, u * random.between(6, 9)) + birds(canvas, sunX, sunY)
    const layers = 6
    for (let i = 0; i < layers; i++) {
      const t = i / (layers - 1)
      const colour = mix(palette.far, palette.near, t ** 0.85)
      const y = h * (0.52 + 0.4 * t)
      const haze = mix(colour, palette.sky[2], 0.5 * (1 - t) + 0.12)
      const [definition, fill] = vertical([0, haze], [0.55, colour], [1, shade(colour, -0.05)])
      const d = ridge(canvas, y, u * (4 + 4 * t), random.between(0.5, 1.2))
      out += `${definition}<path d="${d}" fill="${fill}"/>`
      if (i >= layers - 3 && i < layers - 1) out += trees(canvas, y, u * (1.5 + 3 * t), shade(colour, -0.08))
    }
    return out
  },
}

function birds({ u, random, palette }: Canvas, x: number, y: number): string {
  let out = ''
  for (let i = 0; i < 5; i++) {
    const bx = x + random.between(-26, 26) * u
    const by = y - random.between(6, 20) * u
    const s = u * random.between(0.7, 1.4)
    out += `<path d="M${n(bx - s)},${n(by - s * 0.4)}Q${n(bx - s * 0.4)},${n(by - s * 0.5)} ${n(bx)},${n(by)}Q${n(bx + s * 0.4)},${n(by - s * 0.5)} ${n(bx + s)},${n(by - s * 0.4)}" fill="none" stroke="${palette.near}" stroke-width="${n(u * 0.22)}" stroke-linecap="round" stroke-opacity="0.75"/>`
  }
  return out
}

function trees({ w, u, random }: Canvas, y: number, size: number, colour: string): string {
  let out = ''
  const clumps = Math.round(random.between(2, 4))
  for (let c = 0; c < clumps; c++) {
    const x = random.between(0.05, 0.95) * w
    for (let i = 0; i < 4; i++) {
      const tx = x + random.between(-5, 5) * u
      const s = size * random.between(0.7, 1.3)
      const foot = y + u * 5
      out += polygon(
        [
          [tx - s * 0.35, foot],
          [tx, foot - s * 2.4],
          [tx + s * 0.35, foot],
        ],
        colour,
      )
    }
  }
  return out
}
