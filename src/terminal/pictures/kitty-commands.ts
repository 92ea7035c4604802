// kitty's graphics protocol: image bytes -> escape sequences. q=2 everywhere, so that the terminal answers nothing.

/** Image ids are known to the whole terminal, and have 24 bits in a placeholder's colour: begin at random, never at 0. */
export function imageIdAt(random: number, offset: number): number {
  return ((Math.floor(random * 0xffffff) + offset) % 0xffffff) + 1
}

export function anyImageId(): number {
  return imageIdAt(Math.random(), 0)
}

/** What is sent of an image: a PNG file, pixels deflated by zlib, or where the pixels lie in a file. */
export type Payload =
  | { kind: 'png'; bytes: Uint8Array }
  | ({ kind: 'deflated'; bytes: Uint8Array } & Pixels)
  /** The terminal reads the file and removes it. */
  | ({ kind: 'file'; path: string } & Pixels)

type Pixels = { channels: 3 | 4; width: number; height: number }

// 4,096 bytes of base64 in one escape sequence, the protocol's limit; later chunks have only m and q.
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

/** What a command is to do with the payload is said by its `control` keys, in the first of its chunks. */
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

/** Takes the image off the screen and out of the terminal's memory, and no other. */
export function deleteImage(id: number): string {
  return `\x1b_Ga=d,d=I,i=${id},q=2\x1b\\`
}
