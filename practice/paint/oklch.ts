export type Rgb = readonly [number, number, number]

/** Lightness (0-1), chroma (0-0.37) and hue (degrees): a perceptual space, in which mixtures stay clean. */
type Oklch = { l: number; c: number; h: number }

const toLinear = (v: number) => (v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4)
const toGamma = (v: number) => (v <= 0.0031308 ? v * 12.92 : 1.055 * v ** (1 / 2.4) - 0.055)

export function toOklch(rgb: Rgb): Oklch {
  const [r, g, b] = each(rgb, (v) => toLinear(v / 255))
  const l = Math.cbrt(0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b)
  const m = Math.cbrt(0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b)
  const s = Math.cbrt(0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b)
  const a = 1.9779984951 * l - 2.428592205 * m + 0.4505937099 * s
  const bb = 0.0259040371 * l + 0.7827717662 * m - 0.808675766 * s
  return {
    l: 0.2104542553 * l + 0.793617785 * m - 0.0040720468 * s,
    c: Math.hypot(a, bb),
    h: (Math.atan2(bb, a) * 180) / Math.PI,
  }
}

export function fromOklch({ l, c, h }: Oklch): Rgb {
  const a = c * Math.cos((h * Math.PI) / 180)
  const b = c * Math.sin((h * Math.PI) / 180)
  const l3 = (l + 0.3963377774 * a + 0.2158037573 * b) ** 3
  const m3 = (l - 0.1055613458 * a - 0.0638541728 * b) ** 3
  const s3 = (l - 0.0894841775 * a - 1.291485548 * b) ** 3
  const linear: Rgb = [
    4.0767416621 * l3 - 3.3077115913 * m3 + 0.2309699292 * s3,
    -1.2684380046 * l3 + 2.6097574011 * m3 - 0.3413193965 * s3,
    -0.0041960863 * l3 - 0.7034186147 * m3 + 1.707614701 * s3,
  ]
  return each(linear, (v) => Math.round(255 * toGamma(Math.min(1, Math.max(0, v)))))
}

/** Changes each of the three values in the same way. */
export function each([r, g, b]: Rgb, change: (value: number, index: 0 | 1 | 2) => number): Rgb {
  return [change(r, 0), change(g, 1), change(b, 2)]
}

export function hex(rgb: Rgb): string {
  return `#${rgb.map((v) => v.toString(16).padStart(2, '0')).join('')}`
}

export function parseHex(value: string): Rgb {
  const [r, g, b] = [1, 3, 5].map((at) => Number.parseInt(value.slice(at, at + 2), 16))
  return [r ?? 0, g ?? 0, b ?? 0]
}

/** Mixes two colours; `part` is the share of the second. */
export function mix(from: string, to: string, part: number): string {
  const a = parseHex(from)
  const b = parseHex(to)
  return hex(each(a, (v, i) => Math.round(v + (b[i] - v) * part)))
}

/** The same colour, lighter (above 0) or darker (below 0); the hue and most of the chroma stay. */
export function shade(colour: string, by: number): string {
  const { l, c, h } = toOklch(parseHex(colour))
  return hex(fromOklch({ l: Math.min(0.98, Math.max(0.04, l + by)), c: c * (1 - Math.abs(by) * 0.5), h }))
}
