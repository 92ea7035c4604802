// Images made for the tests, so that no binary files lie in the repository.

import zlib from 'node:zlib'
import sharp from 'sharp'

/** Noise does not compress: a cut anywhere is a cut in the picture. */
export function noise(width: number, height: number) {
  const noise = { type: 'gaussian', mean: 128, sigma: 40 } as const
  return sharp({ create: { width, height, channels: 3, background: '#888', noise } })
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

/** A small PNG file that says it has that many pixels. */
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
