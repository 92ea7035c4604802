import { mix, shade } from './oklch.ts'
import { circle, diagonal, glow, n, radial, rect, type Scene, vertical } from './scene.ts'

/** Overlapping shiny discs with thin rings around them. */
export const discs: Scene = {
  name: 'overlapping circles',
  words: [
    'abstract',
    'circle',
    'circles',
    'bubble',
    'bubbles',
    'logo',
    'minimal',
    'minimalist',
    'shape',
    'shapes',
    'music',
    'dream',
    'sphere',
    'spheres',
    'balloon',
    'balloons',
  ],
  draw({ w, h, u, palette, random }) {
    const [ground, fill] = diagonal([0, palette.sky[2]], [0.55, palette.sky[1]], [1, palette.sky[0]])
    let out = ground + rect(0, 0, w, h, fill) + glow(w * 0.25, h * 0.2, u * 70, palette.light, 0.6)
    for (let i = 0; i < 11; i++) {
      const x = w * random.between(0.1, 0.9)
      const y = h * random.between(0.12, 0.88)
      const r = u * random.between(5, 27) * (1 - i / 22)
      const colour = random.pick([
        palette.accent,
        palette.sky[0],
        palette.sky[1],
        palette.far,
        palette.near,
        palette.light,
      ])
      const [ball, ballFill] = radial(
        0.3,
        0.26,
        [0, mix(colour, '#ffffff', 0.55)],
        [0.4, colour],
        [1, shade(colour, -0.14)],
      )
      const shadow = glow(x + r * 0.22, y + r * 0.35, r * 1.35, palette.near, 0.5)
      out += shadow + ball + circle(x, y, r, ballFill, `fill-opacity="${n(random.between(0.82, 1))}"`)
      if (random.chance(0.45)) {
        out += circle(
          x,
          y,
          r * random.between(1.15, 1.5),
          'none',
          `stroke="${palette.light}" stroke-width="${n(u * 0.25)}" stroke-opacity="0.7"`,
        )
      }
    }
    return out
  },
}

/** A grid of quarter circles, half circles and squares, like a poster of the 1920s. */
export const tiles: Scene = {
  name: 'a pattern of tiles',
  words: [
    'pattern',
    'geometric',
    'bauhaus',
    'mosaic',
    'tile',
    'tiles',
    'grid',
    'poster',
    'quilt',
    'wallpaper',
    'texture',
    'design',
    'icon',
  ],
  draw({ w, h, palette, random }) {
    const across = Math.max(2, Math.round((w / Math.min(w, h)) * 5))
    const size = w / across
    const down = Math.ceil(h / size)
    const colours = [
      palette.sky[0],
      palette.sky[1],
      palette.sky[2],
      palette.accent,
      palette.far,
      palette.near,
      palette.light,
    ] as const
    let out = ''
    for (let j = 0; j < down; j++) {
      for (let i = 0; i < across; i++) {
        const back = random.pick(colours)
        const front = random.pick(colours.filter((colour) => colour !== back) as [string, ...string[]])
        out += rect(i * size, j * size, size + 0.6, size + 0.6, back)
        const turn = random.pick([0, 90, 180, 270])
        const at = `translate(${n((i + 0.5) * size)},${n((j + 0.5) * size)}) rotate(${turn}) scale(${n(size)})`
        out += `<g transform="${at}" fill="${front}">${random.pick(FIGURES)}</g>`
      }
    }
    const [light, fill] = vertical([0, '#ffffff', 0.16], [0.5, '#ffffff', 0], [1, '#000000', 0.16])
    return out + light + rect(0, 0, w, h, fill)
  },
}

const FIGURES = [
  '<path d="M-.5,-.5H.5A1,1 0 0 1 -.5,.5Z"/>',
  '<path d="M-.5,-.5A.5,.5 0 0 1 .5,-.5A.5,.5 0 0 1 -.5,-.5Z"/><path d="M-.5,.5A.5,.5 0 0 1 .5,.5Z"/>',
  '<circle r=".36"/>',
  '<path d="M-.5,-.5L.5,.5H-.5Z"/>',
  '<path d="M-.5,.5A.5,.5 0 0 1 .5,.5Z"/><path d="M-.5,0A.5,.5 0 0 1 .5,0Z"/>',
  '<path d="M-.5,-.5A1,1 0 0 1 .5,.5A1,1 0 0 1 -.5,-.5Z"/>',
  '<path d="M-.5,-.5H.5A1,1 0 0 1 -.5,.5V.2A.7,.7 0 0 0 .2,-.5Z"/>',
] as const
