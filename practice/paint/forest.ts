import { mix, shade } from './oklch.ts'
import { type Canvas, glow, n, polygon, rect, type Scene, sky, vertical } from './scene.ts'

/** Rows of conifers, each nearer and less misty, with light between the trunks. */
export const forest: Scene = {
  name: 'a forest',
  words: [
    'forest',
    'tree',
    'trees',
    'woods',
    'pine',
    'pines',
    'jungle',
    'path',
    'cabin',
    'mist',
    'misty',
    'fog',
    'garden',
    'park',
    'deer',
    'moss',
    'leaf',
    'leaves',
    'fairy',
    'mushroom',
  ],
  draw(canvas) {
    const { w, h, u, palette, random } = canvas
    let out = sky(canvas) + glow(w * random.between(0.35, 0.65), h * 0.36, u * 62, palette.light, 0.85)
    const rows = 5
    for (let i = 0; i < rows; i++) {
      const t = i / (rows - 1)
      const colour = mix(mix(palette.far, palette.sky[2], 0.35), palette.near, t)
      const foot = h * (0.66 + 0.34 * t)
      const tall = h * (0.2 + 0.42 * t)
      const gap = u * (5 + 12 * t)
      for (let x = -gap * random.between(0, 1); x < w + gap; x += gap * random.between(0.6, 1.5)) {
        // A gap in the nearest row lets the light through.
        if (i === rows - 1 && Math.abs(x - w * 0.5) < w * 0.2) continue
        out += conifer(canvas, x, foot + u * 2, tall * random.between(0.65, 1.15), colour)
      }
      out += rect(0, foot, w, h - foot + 1, shade(colour, -0.01))
      const [fog, fogFill] = vertical(
        [0, palette.sky[2], 0],
        [0.6, palette.sky[2], 0.62 * (1 - t)],
        [1, palette.sky[2], 0],
      )
      out += fog + rect(0, foot - h * 0.18, w, h * 0.36, fogFill)
    }
    return out + fireflies(canvas)
  },
}

function conifer({ random }: Canvas, x: number, foot: number, tall: number, colour: string): string {
  const wide = tall * random.between(0.2, 0.27)
  const tiers = 7
  const left: [number, number][] = []
  const right: [number, number][] = []
  for (let i = 0; i < tiers; i++) {
    const t = (i + 1) / tiers
    const y = foot - tall * (1 - t * 0.92)
    const reach = wide * t * random.between(0.85, 1.1)
    left.push([x - reach, y + wide * 0.1], [x - reach * 0.5, y - wide * 0.06])
    right.push([x + reach, y + wide * 0.1], [x + reach * 0.5, y - wide * 0.06])
  }
  const trunk = rect(x - wide * 0.07, foot - tall * 0.12, wide * 0.14, tall * 0.14, colour)
  return trunk + polygon([[x, foot - tall], ...right, ...left.reverse()], colour)
}

function fireflies({ w, h, u, palette, random }: Canvas): string {
  let out = ''
  for (let i = 0; i < 14; i++) {
    const x = random.between(0.1, 0.9) * w
    const y = random.between(0.55, 0.95) * h
    out += `${glow(x, y, u * random.between(0.8, 1.8), palette.accent, 0.9)}<circle cx="${n(x)}" cy="${n(y)}" r="${n(u * 0.2)}" fill="#fff"/>`
  }
  return out
}
