// Images made for the tests, so that the repository has no binary files.

import zlib from 'node:zlib'
import sharp from 'sharp'

let state = 1

/**
 * Noise does not compress: a cut anywhere is a cut in the picture. About a mean of 128, another picture each time, and
 * the same ones in every run.
 */
export function noise(width: number, height: number) {
  const pixels = new Uint8Array(width * height * 3)
  // Numerical Recipes' generator; the sum of four of its upper bytes is nearly normal.
  const next = () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return state >>> 24
  }
  for (let at = 0; at < pixels.length; at++) {
    pixels[at] = Math.min(
      255,
      Math.max(0, Math.round((next() + next() + next() + next() - 510) * 0.27 + 128)),
    )
  }
  return sharp(pixels, { raw: { width, height, channels: 3 } })
}

export function plain(width: number, height: number, background = '#c03020') {
  return sharp({ create: { width, height, channels: background.length > 7 ? 4 : 3, background } })
}

/** Four quarters: red, green / blue, white. */
export async function quarters(width: number, height: number): Promise<Buffer> {
  const pixels = Buffer.from([255, 0, 0, 0, 255, 0, 0, 0, 255, 255, 255, 255])
  const image = sharp(pixels, { raw: { width: 2, height: 2, channels: 3 } })
  return image.resize(width, height, { kernel: 'nearest', fit: 'fill' }).png().toBuffer()
}

/** A small PNG file whose header claims that many pixels. */
export function pngClaiming(width: number, height: number): Buffer {
  const chunk = (type: string, data: Buffer) => {
    const body = Buffer.concat([Buffer.from(type), data])
    const length = Buffer.alloc(4)
    const sum = Buffer.alloc(4)
    length.writeUInt32BE(data.length)
    sum.writeUInt32BE(zlib.crc32(body))
    return Buffer.concat([length, body, sum])
  }
  const header = Buffer.alloc(13)
  header.writeUInt32BE(width, 0)
  header.writeUInt32BE(height, 4)
  header[8] = 8
  return Buffer.concat([
    Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'),
    chunk('IHDR', header),
    chunk('IDAT', zlib.deflateSync(Buffer.alloc(width * 10))),
    chunk('IEND', Buffer.alloc(0)),
  ])
}

/** Light and shade, soft and hard edges, and grain, which make a photograph hard to draw. */
export async function photograph(width: number, height: number): Promise<Buffer> {
  const scene = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 100 100"
      preserveAspectRatio="none"><defs>
    <linearGradient id="sky" x2="0" y2="1"><stop offset="0" stop-color="#1b3a6b"/><stop offset="0.6" stop-color="#e8a35c"/></linearGradient>
    <radialGradient id="sun"><stop offset="0" stop-color="#fff6d0"/><stop offset="1" stop-color="#f7b04a" stop-opacity="0"/></radialGradient>
    </defs><rect width="100" height="100" fill="url(#sky)"/><circle cx="66" cy="44" r="22" fill="url(#sun)"/>
    <path d="M0 62 L18 40 L30 55 L46 33 L70 63 L84 50 L100 64 V100 H0Z" fill="#3b3550"/>
    <path d="M0 72 Q25 62 50 74 T100 70 V100 H0Z" fill="#27402c"/><path d="M20 100 L48 74 L52 74 L70 100Z" fill="#b59b6d"/>
    <path d="M10 90 l6 -26 6 26Z M80 94 l5 -30 5 30Z M68 86 l3 -16 3 16Z" fill="#182a1c"/>
    <ellipse cx="46" cy="83" rx="9" ry="6" fill="#c4562b"/><circle cx="56" cy="78" r="4" fill="#d8703a"/>
    <path d="M37 83 q-9 -2 -8 -10 q4 5 9 6Z" fill="#f0e6da"/></svg>`
  const grain = await noise(width, height).blur(1.2).linear(0.9, 12).png().toBuffer()
  return sharp(Buffer.from(scene))
    .composite([{ input: grain, blend: 'soft-light' }])
    .png()
    .toBuffer()
}

/** Words in four sizes, as paths, so that they do not depend on the machine's fonts. */
export function lettering(width: number, height: number): Promise<Buffer> {
  const word =
    'M0 0v10M0 0h5M0 5h4M8 0v10M8 0h4q3 2.5 0 5h-4M12 5l3 5M18 10l3 -10l3 10M19.3 6.5h3.4M27 0v10l6 -10v10M36 0v10h5'
  const line = (y: number, size: number, colour: string) =>
    `<path d="${word}" transform="translate(5 ${y}) scale(${size})" fill="none" stroke="${colour}" stroke-width="1.6"/>`
  const page = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 100 100"
    ><rect width="100" height="100" fill="#f4efe4"/>${line(6, 2.1, '#1a1a1a')}${line(36, 1.6, '#b3261e')}${line(60, 1.2, '#0b4f8a')}${line(80, 0.8, '#333')}</svg>`
  return sharp(Buffer.from(page)).removeAlpha().png().toBuffer()
}
