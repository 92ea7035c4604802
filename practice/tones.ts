import type { Operation } from './instructions.ts'
import type { Pixels } from './pixels.ts'

/** Maps an old colour to a new one: three rows of red, green, blue and a constant. */
type Matrix = readonly number[]

const LUMA = [0.2126, 0.7152, 0.0722] as const
const IDENTITY: Matrix = [1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0]
const SEPIA: Matrix = [0.393, 0.769, 0.189, 0, 0.349, 0.686, 0.168, 0, 0.272, 0.534, 0.131, 0]
const NEGATIVE: Matrix = [-1, 0, 0, 255, 0, -1, 0, 255, 0, 0, -1, 255]
const GREY: Matrix = [...LUMA, 0, ...LUMA, 0, ...LUMA, 0]

const partly = (matrix: Matrix, part: number): Matrix =>
  IDENTITY.map((v, i) => v + ((matrix[i] ?? v) - v) * part)
const scaled = (r: number, g: number, b: number, plus = 0): Matrix => [
  r,
  0,
  0,
  plus,
  0,
  g,
  0,
  plus,
  0,
  0,
  b,
  plus,
]

/** Changes the pixels in place. Operations that do not change the tone are handled in filters.ts. */
export function tone(pixels: Pixels, operation: Operation): void {
  if (operation.kind === 'tint') tint(pixels, operation.colour.rgb, operation.strength)
  else multiply(pixels, matrixOf(operation))
}

function matrixOf(operation: Exclude<Operation, { kind: 'tint' }>): Matrix {
  switch (operation.kind) {
    case 'brightness':
      return scaled(1 + operation.amount, 1 + operation.amount, 1 + operation.amount)
    case 'warmth':
      return scaled(1 + operation.amount * 0.5, 1 + operation.amount * 0.08, 1 - operation.amount * 0.6)
    case 'contrast':
      return scaled(1 + operation.amount, 1 + operation.amount, 1 + operation.amount, -128 * operation.amount)
    case 'saturation':
      return partly(GREY, -operation.amount)
    case 'greyscale':
      return partly(GREY, operation.strength)
    case 'sepia':
      return partly(SEPIA, operation.strength)
    case 'invert':
      return partly(NEGATIVE, operation.strength)
    case 'blur':
    case 'sharpen':
    case 'vignette':
    case 'zoom':
    case 'widen':
    case 'rotate':
    case 'mirror':
    case 'crop':
    case 'border':
    case 'add':
      return IDENTITY
  }
}

function multiply({ data }: Pixels, matrix: Matrix): void {
  if (matrix === IDENTITY) return
  const [rr = 1, rg = 0, rb = 0, r0 = 0, gr = 0, gg = 1, gb = 0, g0 = 0, br = 0, bg = 0, bb = 1, b0 = 0] =
    matrix
  for (let i = 0; i < data.length; i += 3) {
    const r = data[i] as number
    const g = data[i + 1] as number
    const b = data[i + 2] as number
    data[i] = rr * r + rg * g + rb * b + r0
    data[i + 1] = gr * r + gg * g + gb * b + g0
    data[i + 2] = br * r + bg * g + bb * b + b0
  }
}

/** Black stays black and white nearly white; everything between takes the colour, by its own lightness. */
function tint({ data }: Pixels, colour: readonly [number, number, number], strength: number): void {
  const own = LUMA.reduce((sum, weight, i) => sum + weight * (colour[i] ?? 0), 0) / 255
  const middle = Math.min(0.75, Math.max(0.25, own))
  const ramps = colour.map((value) =>
    Uint8ClampedArray.from({ length: 256 }, (_, luma) => {
      const light = luma / 255
      return light < middle
        ? value * (light / middle)
        : value + (255 - value) * 0.85 * ((light - middle) / (1 - middle))
    }),
  )
  const [red, green, blue] = ramps as [Uint8ClampedArray, Uint8ClampedArray, Uint8ClampedArray]
  const rest = 1 - strength
  for (let i = 0; i < data.length; i += 3) {
    const r = data[i] as number
    const g = data[i + 1] as number
    const b = data[i + 2] as number
    const luma = (LUMA[0] * r + LUMA[1] * g + LUMA[2] * b) | 0
    data[i] = rest * r + strength * (red[luma] as number)
    data[i + 1] = rest * g + strength * (green[luma] as number)
    data[i + 2] = rest * b + strength * (blue[luma] as number)
  }
}
