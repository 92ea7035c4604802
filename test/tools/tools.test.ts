import sharp from 'sharp'
import { describe, expect, test } from 'vitest'
import { sniff } from '../../src/image/sniff.ts'
import { type Shape, shapeOf } from '../../src/tools/crop-shape.ts'
import { TOOLS, type ToolName, type ToolOptions } from '../../src/tools/tool-list.ts'
import { noise } from '../image/samples.ts'

const WIDTH = 40
const HEIGHT = 30

type Pixels = { readonly width: number; readonly height: number; at(x: number, y: number): readonly number[] }

/** The pixels of the file: upright, with all bits, and without its profile applied. */
async function pixelsOf(bytes: Uint8Array): Promise<Pixels> {
  const { space, depth } = await sharp(bytes).metadata()
  const wide = depth === 'ushort'
  const { data, info } = await sharp(bytes, { autoOrient: true, ignoreIcc: true })
    .toColourspace(space ?? 'srgb')
    .raw({ depth: wide ? 'ushort' : 'uchar' })
    .toBuffer({ resolveWithObject: true })
  const values = wide ? new Uint16Array(data.buffer, data.byteOffset, data.length / 2) : data
  const { width, height, channels } = info
  return {
    width,
    height,
    at: (x, y) => Array.from({ length: channels }, (_, c) => values[(y * width + x) * channels + c] ?? -1),
  }
}

async function made<Name extends ToolName>(
  name: Name,
  bytes: Uint8Array,
  options: ToolOptions[Name],
): Promise<readonly { readonly bytes: Uint8Array; readonly did: string }[]> {
  const { autoOrient } = await sharp(bytes).metadata()
  const { width, height } = autoOrient
  const result = await TOOLS[name].make({ name: 'v1', bytes, width, height }, options)
  if (!result.ok) throw new Error(result.sentence)
  return result.images
}

function shapes(...words: readonly string[]): readonly Shape[] {
  return words.flatMap((word) => shapeOf(word) ?? [])
}

const rgb = () => noise(WIDTH, HEIGHT)
const deep = () => {
  const values = new Uint16Array(WIDTH * HEIGHT * 3).map((_, at) => (at * 4567 + 123) % 65536)
  return sharp(values, { raw: { width: WIDTH, height: HEIGHT, channels: 3 } }).toColourspace('rgb16')
}
const seeThrough = () => {
  const values = new Uint8Array(WIDTH * HEIGHT * 4).map((_, at) => (at * 37) % 256)
  return sharp(values, { raw: { width: WIDTH, height: HEIGHT, channels: 4 } })
}

const FILES: Readonly<Record<string, () => Promise<Buffer>>> = {
  PNG: () => rgb().png().toBuffer(),
  'PNG of 16 bits': () => deep().png().toBuffer(),
  'PNG with transparency': () => seeThrough().png().toBuffer(),
  'grey PNG': () => rgb().toColourspace('b-w').png().toBuffer(),
  'grey PNG of 16 bits': () => deep().toColourspace('grey16').png().toBuffer(),
  'PNG with a profile': () => rgb().withIccProfile('p3').png().toBuffer(),
  'lossless WebP': () => rgb().webp({ lossless: true }).toBuffer(),
  'WebP with losses': () => rgb().webp({ quality: 60 }).toBuffer(),
  'WebP with transparency': () => seeThrough().webp({ lossless: true, exact: true }).toBuffer(),
}

const TURNED: Readonly<Record<'h' | 'v', (x: number, y: number) => readonly [number, number]>> = {
  h: (x, y) => [WIDTH - 1 - x, y],
  v: (x, y) => [x, HEIGHT - 1 - y],
}

describe.each(Object.entries(FILES))('a %s loses nothing', (_, file) => {
  test.each(['h', 'v'] as const)('/flip %s puts each pixel in its place', async (way) => {
    const bytes = await file()
    const [before, [image]] = [await pixelsOf(bytes), await made('flip', bytes, { way })]
    const after = await pixelsOf(image?.bytes ?? bytes)
    expect([after.width, after.height]).toEqual([WIDTH, HEIGHT])
    for (let y = 0; y < HEIGHT; y++)
      for (let x = 0; x < WIDTH; x++) expect(after.at(...TURNED[way](x, y))).toEqual(before.at(x, y))
  })

  test('/rotate 90 puts the first row on the right, and four of them restore the picture', async () => {
    const bytes = await file()
    const before = await pixelsOf(bytes)
    let turned: Uint8Array = bytes
    for (let time = 1; time <= 4; time++) {
      turned = (await made('rotate', turned, { by: 90 }))[0]?.bytes ?? turned
      if (time > 1) continue
      const after = await pixelsOf(turned)
      expect([after.width, after.height]).toEqual([HEIGHT, WIDTH])
      for (let x = 0; x < WIDTH; x++) expect(after.at(HEIGHT - 1, x)).toEqual(before.at(x, 0))
    }
    const again = await pixelsOf(turned)
    expect(again.at(7, 11)).toEqual(before.at(7, 11))
  })

  test('/crop cuts out pixels without scaling; format, depth, channels and profile stay', async () => {
    const bytes = await file()
    const before = await pixelsOf(bytes)
    const [image] = await made('crop', bytes, { shapes: shapes('12x8'), smart: false })
    const after = await pixelsOf(image?.bytes ?? bytes)
    expect([after.width, after.height]).toEqual([12, 8])
    for (let y = 0; y < 8; y++)
      for (let x = 0; x < 12; x++) expect(after.at(x, y)).toEqual(before.at(x + 14, y + 11))
    expect(sniff(image?.bytes ?? bytes)).toBe(sniff(bytes))
    const [own, its] = [await sharp(bytes).metadata(), await sharp(image?.bytes ?? bytes).metadata()]
    for (const name of ['depth', 'channels', 'space', 'hasAlpha', 'icc'] as const)
      expect(its[name]).toEqual(own[name])
  })
})

describe('a JPEG is written again', () => {
  test('at quality 95 with full chroma, and stays close to the original', async () => {
    const bytes = await rgb().jpeg({ quality: 95, chromaSubsampling: '4:2:0' }).toBuffer()
    const [image] = await made('flip', bytes, { way: 'h' })
    const out = image?.bytes ?? bytes
    expect(await sharp(out).metadata()).toMatchObject({ format: 'jpeg', chromaSubsampling: '4:4:4' })
    const reference = await sharp(bytes).flop().jpeg({ quality: 95, chromaSubsampling: '4:4:4' }).toBuffer()
    expect(out.length).toBe(reference.length)
    const [before, after] = [await pixelsOf(bytes), await pixelsOf(out)]
    for (let x = 0; x < WIDTH; x++)
      for (const channel of [0, 1, 2]) {
        const [was = 0, is = 0] = [before.at(x, 5)[channel], after.at(WIDTH - 1 - x, 5)[channel]]
        expect(Math.abs(was - is)).toBeLessThan(12)
      }
  })

  test('its EXIF orientation is applied first and removed; its thumbnail is removed', async () => {
    for (const orientation of [1, 2, 3, 4, 5, 6, 7, 8]) {
      const bytes = await rgb().jpeg({ quality: 100 }).withMetadata({ orientation }).toBuffer()
      const seen = await pixelsOf(bytes)
      const [image] = await made('crop', bytes, { shapes: shapes('9x6'), smart: false })
      const out = image?.bytes ?? bytes
      const { orientation: after = 1, exif } = await sharp(out).metadata()
      expect({ after, exif }).toEqual({ after: 1, exif: undefined })
      const cut = await pixelsOf(out)
      const [left, top] = [Math.round(seen.width / 2 - 4.5), Math.round(seen.height / 2 - 3)]
      const [was = 0, is = 0] = [seen.at(left + 2, top + 3)[1], cut.at(2, 3)[1]]
      expect(Math.abs(was - is), `orientation ${orientation}`).toBeLessThan(16)
    }
  })
})

describe('/crop', () => {
  test('--smart crops around what stands out, and contains all of it', async () => {
    const dot = await sharp({ create: { width: 40, height: 40, channels: 3, background: '#f02010' } })
      .png()
      .toBuffer()
    const plain = sharp({ create: { width: 600, height: 400, channels: 3, background: '#8a8f94' } })
    for (const [left, top] of [
      [20, 20],
      [540, 340],
      [500, 60],
    ] as const) {
      const bytes = await plain
        .clone()
        .composite([{ input: dot, left, top }])
        .png()
        .toBuffer()
      for (const word of ['1:1', '200x200', '9:16']) {
        const [image] = await made('crop', bytes, { shapes: shapes(word), smart: true })
        const { width, height, at } = await pixelsOf(image?.bytes ?? bytes)
        let red = 0
        for (let y = 0; y < height; y++)
          for (let x = 0; x < width; x++) if ((at(x, y)[0] ?? 0) > 200) red += 1
        expect(red, `${word} of a dot at ${left}, ${top}`).toBe(1600)
      }
    }
  })

  test('several shapes are several images, each with its own words', async () => {
    const images = await made('crop', await rgb().png().toBuffer(), {
      shapes: shapes('1:1', '50%,50%,50%,50%'),
      smart: false,
    })
    expect(images.map(({ did }) => did)).toEqual([
      'cropped to 1:1 around its centre',
      'cropped to 50%,50%,50%,50%',
    ])
  })
})
