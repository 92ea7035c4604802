// iTerm2's inline images (OSC 1337): JPEG or PNG bytes -> escape sequences.

/**
 * Bytes of base64 in one part; iTerm2 takes sequences up to 1,048,576 bytes (its documentation of inline images), so
 * that a larger picture needs parts.
 */
const partSize = 262_144

type CellArea = {
  /** Without it, as wide as the rows make it. */
  readonly columns?: number
  readonly rows: number
}

/**
 * Draws the image at the cursor, in so many cells; numbers without a unit are cells. `multipart`: iTerm2 has it since
 * 3.5, others are not known to.
 */
export function drawIterm2(image: Uint8Array, { columns, rows }: CellArea, multipart = false): string {
  const base64 = Buffer.from(image.buffer, image.byteOffset, image.byteLength).toString('base64')
  const width = columns === undefined ? '' : `width=${columns};`
  const keys = `inline=1;${width}height=${rows};size=${image.byteLength};preserveAspectRatio=1`
  if (!multipart || base64.length <= partSize) return `\x1b]1337;File=${keys}:${base64}\x07`
  const parts: string[] = []
  for (let at = 0; at < base64.length; at += partSize) {
    parts.push(`\x1b]1337;FilePart=${base64.slice(at, at + partSize)}\x07`)
  }
  return `\x1b]1337;MultipartFile=${keys}\x07${parts.join('')}\x1b]1337;FileEnd\x07`
}
