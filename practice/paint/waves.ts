import { mix, shade } from './oklch.ts'
import { type Canvas, lamp, n, type Scene, sky, vertical } from './scene.ts'

/** Rows of rounded waves, each with a line of foam, and a setting sun. */
export const waves: Scene = {
  name: 'the sea',
  words: [
    'sea',
    'ocean',
    'wave',
    'waves',
    'water',
    'beach',
    'boat',
    'ship',
    'sail',
    'river',
    'fish',
    'whale',
    'island',
    'coast',
    'surf',
    'storm',
    'lighthouse',
    'dolphin',
  ],
  draw(canvas) {
    const { w, h, u, palette, random } = canvas
    const horizon = h * 0.5
    let out =
      sky(canvas) + lamp(canvas, random.between(0.3, 0.7) * w, horizon - u * random.between(2, 9), u * 9)
    const rows = 9
    const boat = Math.floor(random.between(2, 4))
    for (let i = 0; i < rows; i++) {
      const t = i / (rows - 1)
      const colour = mix(palette.far, palette.near, t ** 0.9)
      const y = horizon + (h - horizon) * t ** 1.25 * 0.94
      if (i === boat) out += sail(canvas, random.between(0.2, 0.8) * w, y + u, u * 9)
      const length = u * (8 + 22 * t)
      const d = swell(canvas, y, u * (0.8 + 3.4 * t), length)
      const [definition, fill] = vertical(
        [0, mix(colour, palette.sky[2], 0.42)],
        [0.18, colour],
        [1, shade(colour, -0.06)],
      )
      out += `${definition}<path d="${d}L${n(w)},${n(h)}L0,${n(h)}Z" fill="${fill}"/>`
      out += `<path d="${d}" fill="none" stroke="${mix(palette.light, '#ffffff', 0.4)}" stroke-width="${n(u * (0.14 + 0.3 * t))}" stroke-opacity="${n(0.75 - 0.3 * t)}"/>`
    }
    return out
  },
}

/** Leaning crests: each rises quickly and falls slowly. */
function swell({ w, random }: Canvas, y: number, height: number, length: number): string {
  let x = -random.between(0, 1) * length
  let d = `M${n(x)},${n(y)}`
  while (x < w) {
    const l = length * random.between(0.75, 1.25)
    const up = height * random.between(0.6, 1.1)
    d += `C${n(x + l * 0.3)},${n(y)} ${n(x + l * 0.34)},${n(y - up)} ${n(x + l * 0.5)},${n(y - up)}`
    d += `C${n(x + l * 0.62)},${n(y - up)} ${n(x + l * 0.6)},${n(y)} ${n(x + l)},${n(y)}`
    x += l
  }
  return d
}

function sail({ palette }: Canvas, x: number, foot: number, size: number): string {
  const mast = foot - size
  const cloth = mix('#ffffff', palette.light, 0.5)
  return (
    `<path d="M${n(x)},${n(mast)}L${n(x + size * 0.46)},${n(foot - size * 0.22)}L${n(x)},${n(foot - size * 0.22)}Z" fill="${cloth}"/>` +
    `<path d="M${n(x - size * 0.05)},${n(mast + size * 0.12)}L${n(x - size * 0.36)},${n(foot - size * 0.22)}L${n(x - size * 0.05)},${n(foot - size * 0.22)}Z" fill="${palette.accent}"/>` +
    `<path d="M${n(x - size * 0.45)},${n(foot - size * 0.18)}L${n(x + size * 0.52)},${n(foot - size * 0.18)}L${n(x + size * 0.32)},${n(foot)}L${n(x - size * 0.3)},${n(foot)}Z" fill="${palette.near}"/>`
  )
}
