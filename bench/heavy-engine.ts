// A server of Gemini's protocol in its own process, for bench/thirty-turns.ts. Its answers are as large as real ones,
// each with a different image, and it reports the bytes of every request to the parent. It paints once and ignores the
// prompts.
import { randomBytes } from 'node:crypto'
import { createServer } from 'node:http'
import { crc32 } from 'node:zlib'
import sharp from 'sharp'
import { paint } from '../practice/painter.ts'

/** Characters of the signature of an image; a real one of 597,616 was observed. */
const SIGNATURE = 600_000
/** Bytes of a PNG by its side in pixels, like Gemini's. */
const WEIGHT: ReadonlyMap<number, number> = new Map([
  [1024, 1_400_000],
  [4096, 18_000_000],
])

export type Weighed = { readonly sent: number }

const side = Number(process.argv[2])
const picture = await heavyPng(side, WEIGHT.get(side) ?? 0)
let turn = 0

const server = createServer(async (request, response) => {
  let sent = 0
  for await (const chunk of request) sent += (chunk as Buffer).length
  turn += 1
  process.send?.({ sent } satisfies Weighed)
  const parts = [
    { text: `Picture ${turn}.`, thoughtSignature: signature(1000) },
    {
      inlineData: { mimeType: 'image/png', data: numbered(picture, turn).toString('base64') },
      thoughtSignature: signature(SIGNATURE),
    },
  ]
  response.writeHead(200, { 'content-type': 'application/json' })
  response.end(
    JSON.stringify({
      candidates: [{ content: { role: 'model', parts }, finishReason: 'STOP', index: 0 }],
      usageMetadata: { promptTokenCount: 1300, candidatesTokenCount: 1120, totalTokenCount: 2420 },
    }),
  )
})
server.requestTimeout = 0
server.keepAliveTimeout = 0
server.listen(0, '127.0.0.1', () => process.send?.(server.address()))
process.on('disconnect', () => process.exit())

function signature(characters: number): string {
  return randomBytes((characters / 4) * 3).toString('base64')
}

/** A painting with enough grain to reach the number of bytes. */
async function heavyPng(pixels: number, weight: number): Promise<Buffer> {
  const { pixels: painted } = await paint('a harbour at dawn', '1', { width: 512, height: 512 })
  const small = { width: 512, height: 512, channels: 3 } as const
  const { data } = await sharp(painted.data, { raw: small })
    .resize(pixels, pixels)
    .raw()
    .toBuffer({ resolveWithObject: true })
  const noise = randomBytes(data.length)
  const grain = 2 ** Math.max(1, Math.floor((weight * 8) / data.length))
  for (let at = 0; at < data.length; at++) data[at] = ((data[at] ?? 0) & 0xc0) + ((noise[at] ?? 0) % grain)
  const png = await sharp(data, { raw: { width: pixels, height: pixels, channels: 3 } })
    .png({ compressionLevel: 6 })
    .toBuffer()
  // The missing bytes are a chunk that decoders ignore.
  return png.length < weight ? withChunk(png, randomBytes(weight - png.length)) : png
}

function numbered(png: Buffer, number: number): Buffer {
  return withChunk(png, Buffer.from(`number ${number}`))
}

/** A private chunk before the last one, IEND, which is 12 bytes. */
function withChunk(png: Buffer, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from('beNc'), data])
  const frame = Buffer.alloc(8)
  frame.writeUInt32BE(data.length, 0)
  frame.writeUInt32BE(crc32(body), 4)
  return Buffer.concat([
    png.subarray(0, -12),
    frame.subarray(0, 4),
    body,
    frame.subarray(4),
    png.subarray(-12),
  ])
}
