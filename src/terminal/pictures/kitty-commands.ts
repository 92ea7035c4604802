// kitty's graphics protocol: from image bytes to escape sequences. q=2 everywhere, so that the terminal sends no
// answers.

/**
 * Ids are shared by the whole terminal and have 24 bits in a placeholder's colour: they start at random, and are never
 * 0.
 */
export function imageIdAt(random: number, offset: number): number {
  return ((Math.floor(random * 0xffffff) + offset) % 0xffffff) + 1
}

export function anyImageId(): number {
  return imageIdAt(Math.random(), 0)
}

/** The data of an image: a PNG file, pixels deflated by zlib, or the path of a file of pixels. */
export type Payload =
  | { kind: 'png'; bytes: Uint8Array }
  | ({ kind: 'deflated'; bytes: Uint8Array } & Pixels)
  /** The terminal reads the file and removes it. */
  | ({ kind: 'file'; path: string } & Pixels)

type Pixels = { channels: 3 | 4; width: number; height: number }

// The protocol allows 4,096 bytes of base64 in one escape sequence; later chunks have only the keys m and q.
const chunkSize = 4096

function keysOf(payload: Payload): string {
  switch (payload.kind) {
    case 'png':
      return 'f=100'
    case 'deflated':
      return `f=${payload.channels * 8},o=z,s=${payload.width},v=${payload.height}`
    case 'file':
      return `f=${payload.channels * 8},t=t,s=${payload.width},v=${payload.height}`
  }
}

/** The `control` keys, which say what to do with the payload, are in the first chunk. */
export function commands(control: string, payload: Payload): string[] {
  const base64 = (payload.kind === 'file' ? Buffer.from(payload.path) : Buffer.from(payload.bytes)).toString(
    'base64',
  )
  const chunks: string[] = []
  for (let at = 0; at === 0 || at < base64.length; at += chunkSize) {
    const more = at + chunkSize < base64.length ? 1 : 0
    const keys = at === 0 ? `${control},${keysOf(payload)},m=${more}` : `m=${more},q=2`
    chunks.push(`\x1b_G${keys};${base64.slice(at, at + chunkSize)}\x1b\\`)
  }
  return chunks
}

/** Removes this image, and no other, from the screen and from the terminal's memory. */
export function deleteImage(id: number): string {
  return `\x1b_Ga=d,d=I,i=${id},q=2\x1b\\`
}
