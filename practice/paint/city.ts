import { mix, shade } from './oklch.ts'
import { type Canvas, lamp, n, rect, type Scene, sky, vertical } from './scene.ts'

/** Towers in three depths, some windows lit, with their reflection in the water. */
export const city: Scene = {
  name: 'a skyline',
  words: [
    'city',
    'skyline',
    'street',
    'town',
    'building',
    'buildings',
    'tower',
    'towers',
    'urban',
    'tokyo',
    'york',
    'cyberpunk',
    'neon',
    'synthwave',
    'architecture',
    'house',
    'robot',
    'car',
    'bridge',
    'downtown',
  ],
  draw(canvas) {
    const { w, h, u, palette, random } = canvas
    const shore = h * 0.82
    const lampX = random.between(0.3, 0.7) * w
    let towers = ''
    for (let i = 0; i < 3; i++) {
      const t = i / 2
      const colour = mix(mix(palette.far, palette.sky[2], 0.35), palette.near, 0.1 + 0.85 * t)
      towers += row(canvas, shore, h * (0.5 - 0.1 * i), colour, t)
    }
    const [water, waterFill] = vertical([0, palette.sky[1], 0.55], [1, palette.near, 0.95])
    const mirror = `<g transform="translate(0,${n(2 * shore)}) scale(1,-1)" opacity="0.4">${towers}</g>`
    let out =
      sky(canvas) + lamp(canvas, lampX, h * random.between(0.3, 0.42), u * random.between(11, 15)) + towers
    out += `<clipPath id="water">${rect(0, shore, w, h - shore, '#000')}</clipPath><g clip-path="url(#water)">${rect(0, shore, w, h, palette.sky[2])}${mirror}</g>`
    out += water + rect(0, shore, w, h - shore, waterFill)
    for (let i = 0; i < 40; i++) {
      const y = shore + (h - shore) * random.between(0, 1)
      const near = random.chance(0.5) ? lampX + random.between(-16, 16) * u : random.between(0, w)
      out += rect(
        near,
        y,
        u * random.between(1, 8),
        u * 0.18,
        random.chance(0.4) ? palette.accent : palette.light,
        'fill-opacity="0.45"',
      )
    }
    return out
  },
}

function row(canvas: Canvas, foot: number, height: number, colour: string, depth: number): string {
  const { w, u, palette, random } = canvas
  let out = ''
  for (let x = -u * 3; x < w; ) {
    const wide = u * random.between(5, 11)
    const tall = height * (random.chance(0.18) ? random.between(0.95, 1.15) : random.between(0.35, 0.85))
    const top = foot - tall
    const [definition, fill] = vertical([0, colour], [1, mix(colour, palette.sky[2], 0.28 * (1 - depth))])
    out += definition + rect(x, top, wide, tall, fill) + roof(canvas, x, top, wide, colour)
    out += rect(x + wide * 0.82, top, wide * 0.18, tall, shade(colour, -0.04), 'fill-opacity="0.7"')
    if (depth > 0.3) out += windows(canvas, x, top, wide, tall)
    x += wide + u * random.between(-0.4, 1.4)
  }
  return out
}

function roof({ u, random }: Canvas, x: number, top: number, wide: number, colour: string): string {
  if (random.chance(0.25)) return rect(x + wide * 0.48, top - u * 5, u * 0.35, u * 5, colour)
  if (random.chance(0.3)) return rect(x + wide * 0.2, top - u * 1.6, wide * 0.6, u * 1.7, colour)
  if (random.chance(0.25)) {
    return `<polygon points="${n(x)},${n(top + 0.5)} ${n(x + wide / 2)},${n(top - u * 3)} ${n(x + wide)},${n(top + 0.5)}" fill="${colour}"/>`
  }
  return ''
}

function windows({ u, palette, random }: Canvas, x: number, top: number, wide: number, tall: number): string {
  let d = ''
  let bright = ''
  const step = u * 1.5
  for (let wy = top + step; wy < top + tall - step * 2; wy += step) {
    for (let wx = x + step * 0.6; wx < x + wide - step; wx += step) {
      const pane = `M${n(wx)},${n(wy)}h${n(u * 0.7)}v${n(u * 0.8)}h${n(-u * 0.7)}z`
      if (random.chance(palette.night ? 0.34 : 0.2)) d += pane
      else if (random.chance(0.06)) bright += pane
    }
  }
  return `<path d="${d}" fill="${palette.light}" fill-opacity="0.75"/><path d="${bright}" fill="${palette.accent}"/>`
}
