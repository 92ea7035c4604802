import { mix, shade } from './oklch.ts'
import { type Canvas, lamp, n, rect, type Scene, sky, vertical } from './scene.ts'

type Point = readonly [number, number]

/** Peaks with snow on the lit side, reflected in a lake. */
export const mountains: Scene = {
  name: 'mountains',
  words: [
    'mountain',
    'mountains',
    'peak',
    'peaks',
    'alps',
    'alpine',
    'snow',
    'snowy',
    'lake',
    'cliff',
    'volcano',
    'winter',
    'ice',
    'glacier',
    'rock',
    'rocks',
    'canyon',
    'fjord',
    'dragon',
  ],
  draw(canvas) {
    const { w, h, u, palette, random } = canvas
    const shore = h * 0.7
    let land = lamp(canvas, random.between(0.2, 0.8) * w, h * random.between(0.18, 0.28), u * 6)
    for (let i = 0; i < 3; i++) {
      const t = i / 2
      const colour = mix(palette.far, palette.near, 0.12 + 0.62 * t)
      land += range(canvas, shore, h * (0.42 - 0.11 * i), colour, i < 2)
    }
    const [water, waterFill] = vertical(
      [0, palette.sky[2], 0.35],
      [0.3, palette.sky[1], 0.45],
      [1, palette.near, 0.9],
    )
    const mirror = `<g transform="translate(0,${n(2 * shore)}) scale(1,-1)" opacity="0.55">${land}</g>`
    let out = `${sky(canvas)}<clipPath id="lake">${rect(0, shore, w, h - shore, '#000')}</clipPath>`
    out += `<clipPath id="land">${rect(0, 0, w, shore, '#000')}</clipPath>`
    out += `<g clip-path="url(#land)">${land}</g><g clip-path="url(#lake)">${mirror}</g>`
    out += water + rect(0, shore, w, h - shore, waterFill)
    for (let i = 0; i < 26; i++) {
      const y = shore + (h - shore) * random.between(0, 1) ** 1.6
      const length = u * random.between(4, 22)
      out += rect(
        random.between(-0.1, 1) * w,
        y,
        length,
        u * 0.16,
        palette.light,
        'fill-opacity="0.2" rx="1"',
      )
    }
    return (
      out + rect(0, shore - u * 0.3, w, u * 0.5, mix(palette.near, palette.far, 0.3), 'fill-opacity="0.5"')
    )
  },
}

/** Midpoint displacement: halves the line and lifts the middle at random, for a rocky edge. */
function rough({ random }: Canvas, from: Point, to: Point, depth: number, lift: number): Point[] {
  if (depth === 0) return [to]
  const middle: Point = [(from[0] + to[0]) / 2, (from[1] + to[1]) / 2 + random.between(-lift, lift)]
  const canvas = { random } as Canvas
  return [
    ...rough(canvas, from, middle, depth - 1, lift / 2),
    ...rough(canvas, middle, to, depth - 1, lift / 2),
  ]
}

function range(canvas: Canvas, foot: number, height: number, colour: string, snow: boolean): string {
  const { w, u, palette, random } = canvas
  const peaks = Math.max(2, Math.round((w / height) * random.between(0.7, 1)))
  let out = ''
  for (let i = 0; i < peaks; i++) {
    const x = ((i + random.between(0.2, 0.8)) / peaks) * w
    const top = foot - height * random.between(0.65, 1)
    const reach = (foot - top) * random.between(0.85, 1.15)
    const left = rough(canvas, [x - reach, foot], [x, top], 4, u * 2.6)
    const right = rough(canvas, [x, top], [x + reach, foot], 4, u * 2.6)
    const spine = rough(canvas, [x, top], [x + reach * 0.1, foot], 4, u * 1.2).map(
      ([px, py]): Point => [px + random.between(-1, 1) * u * 2.2, py],
    )
    const path = (points: readonly Point[]) => points.map(([px, py]) => `${n(px)},${n(py)}`).join('L')
    const [lit, litFill] = vertical(
      [0, mix(colour, palette.light, 0.32)],
      [1, mix(colour, palette.sky[2], 0.28)],
    )
    const [dark, darkFill] = vertical([0, shade(colour, -0.06)], [1, mix(colour, palette.sky[2], 0.18)])
    out += `${dark}<path d="M${n(x)},${n(top)}L${path(right)}L${path([...spine].reverse())}Z" fill="${darkFill}"/>`
    out += `${lit}<path d="M${n(x - reach)},${n(foot)}L${path(left)}L${path(spine)}Z" fill="${litFill}"/>`
    if (snow) out += cap(canvas, [x, top], (foot - top) * 0.3, left, right, spine)
  }
  return out
}

function cap(
  canvas: Canvas,
  [x, top]: Point,
  depth: number,
  left: Point[],
  right: Point[],
  spine: Point[],
): string {
  const { random, palette } = canvas
  const above = (points: readonly Point[]) => points.filter(([, y]) => y < top + depth)
  const edge = (points: readonly Point[], from: number) =>
    points.map(
      ([px, py], i) => `${n(px)},${n(py + (i % 2 === from ? depth * random.between(0.05, 0.3) : 0))}`,
    )
  const path = (points: readonly Point[]) => points.map(([px, py]) => `${n(px)},${n(py)}`)
  const white = mix(palette.light, '#ffffff', palette.night ? 0.1 : 0.6)
  const inner = above(spine)
  const lit = [
    'M',
    path(above(left)).join('L'),
    'L',
    path(inner).join('L'),
    'L',
    edge(jagged(above(left)[0], inner.at(-1), random), 0).join('L'),
    'Z',
  ].join('')
  const dark = [
    'M',
    `${n(x)},${n(top)}L`,
    path(above(right)).join('L'),
    'L',
    edge(jagged(inner.at(-1), above(right).at(-1), random), 1).join('L'),
    'L',
    path([...inner].reverse()).join('L'),
    'Z',
  ].join('')
  if (inner.length === 0 || above(left).length === 0 || above(right).length === 0) return ''
  return `<path d="${dark}" fill="${mix(white, palette.far, 0.5)}"/><path d="${lit}" fill="${white}"/>`
}

/** The lower edge of the snow, from the far end back to the near end. */
function jagged(near: Point | undefined, far: Point | undefined, random: Canvas['random']): Point[] {
  if (!near || !far) return []
  return [0.85, 0.68, 0.5, 0.34, 0.16].map(
    (t): Point => [
      near[0] + (far[0] - near[0]) * t + random.between(-1, 1),
      near[1] + (far[1] - near[1]) * t,
    ],
  )
}
