// iTerm2's inline images (OSC 1337 ; File): JPEG or PNG bytes -> one escape sequence.

/** Draws the image at the cursor, in so many cells; numbers without a unit are cells. */
export function drawIterm2(image: Uint8Array, columns: number, rows: number): string {
  const base64 = Buffer.from(image.buffer, image.byteOffset, image.byteLength).toString('base64')
  const keys = `inline=1;width=${columns};height=${rows};size=${image.byteLength};preserveAspectRatio=1`
  return `\x1b]1337;File=${keys}:${base64}\x07`
}
