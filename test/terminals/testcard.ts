// A picture whose position, orientation and version are visible in a screenshot: four colours in a frame of a fifth.
import sharp from 'sharp'

export const COLOURS = {
  red: [215, 0, 0],
  green: [0, 175, 0],
  blue: [0, 0, 215],
  yellow: [255, 215, 0],
  frame: [215, 0, 215],
} as const

export type Colour = keyof typeof COLOURS

/** From left to right, the upper two, then the lower two. */
export type Quadrants = readonly [Colour, Colour, Colour, Colour]

export const CARD: Quadrants = ['red', 'green', 'blue', 'yellow']

export const RATIO = 4 / 3

const WIDTH = 512
const HEIGHT = 384
/** The width of the frame, as a fraction of the height. */
export const FRAME = 1 / 8

export const mirrored = ([a, b, c, d]: Quadrants): Quadrants => [b, a, d, c]
export const flipped = ([a, b, c, d]: Quadrants): Quadrants => [c, d, a, b]

export async function drawCard(): Promise<Buffer> {
  const frame = Math.round(HEIGHT * FRAME)
  const width = WIDTH / 2 - frame
  const height = HEIGHT / 2 - frame
  const parts = await Promise.all(
    CARD.map(async (colour, index) => ({
      input: await plain(colour, width, height),
      left: frame + (index % 2) * width,
      top: frame + Math.floor(index / 2) * height,
    })),
  )
  return sharp(await plain('frame', WIDTH, HEIGHT))
    .composite(parts)
    .png()
    .toBuffer()
}

function plain(colour: Colour, width: number, height: number): Promise<Buffer> {
  const [r, g, b] = COLOURS[colour]
  return sharp({ create: { width, height, channels: 3, background: { r, g, b } } })
    .png()
    .toBuffer()
}
