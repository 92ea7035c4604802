// sRGB bytes and linear light, in which colours mix as they do on the screen (IEC 61966-2-1).

function linearOf(value: number): number {
  const part = value / 255
  return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4
}

/** The linear light of each byte, 0 to 1. */
export const linear: Float32Array = Float32Array.from({ length: 256 }, (_, value) => linearOf(value))

// Indexed by the square root, because dark bytes lie close together in linear light: 4096 steps are at most 0.2 of a
// byte wide.
const steps = 4095
const bytes = Uint8Array.from({ length: steps + 1 }, (_, step) => {
  const value = (step / steps) ** 2
  const part = value <= 0.0031308 ? value * 12.92 : 1.055 * value ** (1 / 2.4) - 0.055
  return Math.round(part * 255)
})

/** The byte for linear light; values outside 0 to 1 are clamped. */
export function byteOf(light: number): number {
  if (light <= 0) return 0
  return light >= 1 ? 255 : bytes[(Math.sqrt(light) * steps + 0.5) | 0]!
}
