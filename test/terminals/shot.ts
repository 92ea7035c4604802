import sharp from 'sharp'

/** A screenshot: red, green and blue bytes of every pixel. */
export type Shot = { readonly width: number; readonly height: number; readonly data: Uint8Array }

/** Reads PPM, the cheapest format for frequent screenshots. */
export function readPpm(bytes: Buffer): Shot {
  const head = /^P6\s+(\d+)\s+(\d+)\s+255\s/.exec(bytes.toString('latin1', 0, 64))
  if (!head) throw new Error(`Not a screenshot of the window: ${bytes.toString('latin1', 0, 32)}`)
  return { width: Number(head[1]), height: Number(head[2]), data: bytes.subarray(head[0].length) }
}

export async function readPng(bytes: Buffer): Promise<Shot> {
  const { data, info } = await sharp(bytes).removeAlpha().raw().toBuffer({ resolveWithObject: true })
  return { width: info.width, height: info.height, data }
}

export function writePng(shot: Shot): Promise<Buffer> {
  const { width, height, data } = shot
  return sharp(data, { raw: { width, height, channels: 3 } })
    .png({ palette: false })
    .toBuffer()
}

export function isSame(one: Shot, other: Shot): boolean {
  return one.width === other.width && Buffer.compare(one.data, other.data) === 0
}
