// kitty's graphics protocol: image bytes -> escape sequences. q=2 everywhere, so that the terminal answers nothing.
import { diacritics } from './diacritics.ts'

/** A placeholder's row and column each have one of the diacritics. */
export const largestPlaceholderSide = diacritics.length

/** Image ids are known to the whole terminal, and have 24 bits in a placeholder's colour: begin at random, never at 0. */
export function imageIdAt(random: number, offset: number): number {
  return ((Math.floor(random * 0xffffff) + offset) % 0xffffff) + 1
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

function commands(control: string, payload: Payload): string[] {
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

/**
 * Gives the terminal the image and a place of so many cells; its placeholders then show it wherever they are. Each
 * sequence on its own, for tmux.
 */
export function transmit(payload: Payload, id: number, columns: number, rows: number): string[] {
  return [...commands(`a=t,q=2,i=${id}`, payload), `\x1b_Ga=p,U=1,q=2,i=${id},c=${columns},r=${rows}\x1b\\`]
}

/**
 * The image as text, a line a row. Each cell has its own row and column, so that it survives being cut, indented and
 * merged; the image is named by the 24 bits of the foreground colour.
 */
export function placeholders(id: number, columns: number, rows: number): string[] {
  const colour = `\x1b[38;2;${(id >> 16) & 255};${(id >> 8) & 255};${id & 255}m`
  return Array.from({ length: rows }, (_, row) => {
    const cells = Array.from(
      { length: columns },
      (_, column) => `\u{10eeee}${diacritics[row]}${diacritics[column]}`,
    )
    return `${colour}${cells.join('')}\x1b[39m`
  })
}

/** Draws the image at the cursor, which stays where it is (C=1). */
export function drawKitty(payload: Payload, id: number, columns: number, rows: number): string {
  return commands(`a=T,q=2,C=1,i=${id},c=${columns},r=${rows}`, payload).join('')
}

/** Takes images of these ids off the screen and out of the terminal's memory, and no others. */
export function deleteImages(ids: Iterable<number>): string {
  return Array.from(ids, (id) => `\x1b_Ga=d,d=I,i=${id},q=2\x1b\\`).join('')
}
