import type { Size } from './scale.ts'

/**
 * The most bytes for one picture: a tenth of a second through a pty, and no more than a few seconds over a slow
 * connection.
 */
const mostBytes = 2_500_000

/** Draws smaller and smaller until the result is within the limit. `length` gives the size of a result in bytes. */
export async function withinLimit<Drawn>(
  pixels: Size,
  draw: (size: Size) => Promise<Drawn>,
  length: (drawn: Drawn) => number,
): Promise<Drawn> {
  let size = pixels
  for (;;) {
    const drawn = await draw(size)
    const share = mostBytes / length(drawn)
    if (share >= 1 || size.width < 16 || size.height < 16) return drawn
    // The number of bytes grows with the area, a little less than in proportion.
    const factor = Math.sqrt(share) * 0.95
    size = { width: Math.ceil(size.width * factor), height: Math.ceil(size.height * factor) }
  }
}
