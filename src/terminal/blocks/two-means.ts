// Splits a few colours into two groups: those on either side of a plane across the direction in which they are spread
// farthest.

/** Weights of the errors of red, green and blue, roughly as the eye perceives them. */
const redWeight = 0.3
const greenWeight = 0.55
const blueWeight = 0.15

/** The weighted square of a difference between colours. */
export function spreadOf(red: number, green: number, blue: number): number {
  return redWeight * red * red + greenWeight * green * green + blueWeight * blue * blue
}

/**
 * In sums of differences from the mean, both sides have the same sum with opposite signs. The spread between the sides
 * is the square of that sum times this factor.
 */
export function gainOf(count: number, samples: number): number {
  return 1 / count + 1 / (samples - count)
}

const most = 8
const differences = new Float64Array(most * 3)
const along = new Float64Array(most)
const order = new Uint8Array(most)
/** The result, overwritten by each call. */
const best = { mask: 0, spread: 0 }

/**
 * `sums`: red, green and blue sums of each part, which has `samples` samples. Gives the mask of the parts on one side,
 * never including the first part: the complement is the same picture with the colours exchanged.
 */
export function bestMask(sums: Int32Array, parts: number, samples: number): Readonly<typeof best> {
  let red = 0
  let green = 0
  let blue = 0
  for (let at = 0; at < parts * 3; at += 3) {
    red += sums[at]!
    green += sums[at + 1]!
    blue += sums[at + 2]!
  }
  red /= parts
  green /= parts
  blue /= parts
  let rr = 0
  let gg = 0
  let bb = 0
  let rg = 0
  let rb = 0
  let gb = 0
  for (let at = 0; at < parts * 3; at += 3) {
    const r = sums[at]! - red
    const g = sums[at + 1]! - green
    const b = sums[at + 2]! - blue
    differences[at] = r
    differences[at + 1] = g
    differences[at + 2] = b
    rr += r * r
    gg += g * g
    bb += b * b
    rg += r * g
    rb += r * b
    gb += g * b
  }
  best.mask = best.spread = 0
  if (rr + gg + bb === 0) return best
  // Two steps of the power method towards the direction of the largest variance, starting at the channel with the most.
  const isRed = redWeight * rr > greenWeight * gg && redWeight * rr > blueWeight * bb
  const isGreen = !isRed && greenWeight * gg > blueWeight * bb
  let x = isRed ? rr : isGreen ? rg : rb
  let y = isRed ? rg : isGreen ? gg : gb
  let z = isRed ? rb : isGreen ? gb : bb
  const wx = x * redWeight
  const wy = y * greenWeight
  const wz = z * blueWeight
  x = (rr * wx + rg * wy + rb * wz) * redWeight
  y = (rg * wx + gg * wy + gb * wz) * greenWeight
  z = (rb * wx + gb * wy + bb * wz) * blueWeight
  for (let part = 0; part < parts; part++) {
    const at = part * 3
    const value = differences[at]! * x + differences[at + 1]! * y + differences[at + 2]! * z
    let to = part
    for (; to > 0 && along[to - 1]! > value; to--) {
      along[to] = along[to - 1]!
      order[to] = order[to - 1]!
    }
    along[to] = value
    order[to] = part
  }
  let mask = 0
  let r = 0
  let g = 0
  let b = 0
  for (let count = 1; count < parts; count++) {
    const part = order[count - 1]!
    mask |= 1 << part
    r += differences[part * 3]!
    g += differences[part * 3 + 1]!
    b += differences[part * 3 + 2]!
    const spread = spreadOf(r, g, b) * gainOf(count * samples, parts * samples)
    if (spread <= best.spread) continue
    best.spread = spread
    best.mask = mask
  }
  if ((best.mask & 1) === 1) best.mask ^= (1 << parts) - 1
  return best
}
