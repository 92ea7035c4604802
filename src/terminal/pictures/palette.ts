// Maps 24-bit colours to the colours that a terminal has.
export type Colour = readonly [red: number, green: number, blue: number]

// xterm's 16 colours; a theme may have others, which we cannot know.
const sixteen: readonly Colour[] = [
  [0, 0, 0],
  [205, 0, 0],
  [0, 205, 0],
  [205, 205, 0],
  [0, 0, 238],
  [205, 0, 205],
  [0, 205, 205],
  [229, 229, 229],
  [127, 127, 127],
  [255, 0, 0],
  [0, 255, 0],
  [255, 255, 0],
  [92, 92, 255],
  [255, 0, 255],
  [0, 255, 255],
  [255, 255, 255],
]

// Colours 16 to 231 are a cube with six levels a side, 232 to 255 a ramp of greys.
const levels = [0, 95, 135, 175, 215, 255]

function distance(a: Colour, b: Colour): number {
  return 2 * (a[0] - b[0]) ** 2 + 4 * (a[1] - b[1]) ** 2 + 3 * (a[2] - b[2]) ** 2
}

function nearestLevel(value: number): number {
  let best = 0
  for (const [index, level] of levels.entries()) {
    if (Math.abs(level - value) < Math.abs(levels[best]! - value)) best = index
  }
  return best
}

export function nearest256([red, green, blue]: Colour): number {
  const [r, g, b] = [nearestLevel(red), nearestLevel(green), nearestLevel(blue)]
  const cube: Colour = [levels[r]!, levels[g]!, levels[b]!]
  const step = Math.min(23, Math.max(0, Math.round(((red + green + blue) / 3 - 8) / 10)))
  const grey = 8 + 10 * step
  const colour: Colour = [red, green, blue]
  return distance([grey, grey, grey], colour) < distance(cube, colour) ? 232 + step : 16 + 36 * r + 6 * g + b
}

export function nearest16(colour: Colour): number {
  let best = 0
  for (const [index, candidate] of sixteen.entries()) {
    if (distance(candidate, colour) < distance(sixteen[best]!, colour)) best = index
  }
  return best
}

/** All 256 colours, by number; the first 16 are those of `nearest16`. */
export const palette: readonly Colour[] = Array.from({ length: 256 }, (_, index): Colour => {
  if (index < 16) return sixteen[index]!
  const grey = 8 + 10 * (index - 232)
  if (index > 231) return [grey, grey, grey]
  const cube = index - 16
  return [levels[Math.floor(cube / 36)]!, levels[Math.floor(cube / 6) % 6]!, levels[cube % 6]!]
})
