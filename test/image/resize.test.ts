import sharp from 'sharp'
import { describe, expect, test } from 'vitest'
import { convert, toAccepted } from '../../src/image/convert.ts'
import { fitWithin } from '../../src/image/resize.ts'
import { sniff } from '../../src/image/sniff.ts'
import { noise, plain } from './samples.ts'

describe('the copy that is sent', () => {
  test('an image that is small enough is unchanged, byte for byte', async () => {
    for (const format of ['png', 'jpeg', 'webp'] as const) {
      const bytes = await noise(200, 100).toFormat(format).toBuffer()
      const copy = await fitWithin(bytes, 200)
      expect(copy.bytes).toBe(bytes)
      expect(copy).toMatchObject({ mime: `image/${format}`, width: 200, height: 100 })
    }
  })

  test('a larger one is scaled to the limit on its long side, as JPEG', async () => {
    const copy = await fitWithin(await noise(300, 150).png().toBuffer(), 128)
    expect(copy).toMatchObject({ mime: 'image/jpeg', width: 128, height: 64 })
    expect(sniff(copy.bytes)).toBe('jpeg')
  })

  test('transparency is kept, as PNG; an opaque alpha channel does not count', async () => {
    const glass = await fitWithin(await plain(300, 300, '#ff000080').png().toBuffer(), 100)
    expect(glass).toMatchObject({ mime: 'image/png', width: 100 })
    expect((await sharp(glass.bytes).stats()).isOpaque).toBe(false)
    const wall = await fitWithin(await plain(300, 300, '#ff0000ff').png().toBuffer(), 100)
    expect(wall.mime).toBe('image/jpeg')
  })

  test('a photo with an EXIF rotation becomes upright, even when it is small', async () => {
    const bytes = await noise(120, 80).withMetadata({ orientation: 6 }).jpeg().toBuffer()
    const copy = await fitWithin(bytes, 2048)
    expect(copy).toMatchObject({ width: 80, height: 120 })
    expect((await sharp(copy.bytes).metadata()).orientation).toBeUndefined()
  })

  test('a format that engines do not accept becomes one that they do', async () => {
    const copy = await fitWithin(await plain(60, 40).tiff().toBuffer(), 2048)
    expect(copy).toMatchObject({ mime: 'image/jpeg', width: 60, height: 40 })
  })
})

describe('saving in another format', () => {
  test('png, jpeg, webp and avif convert to each other with the picture unchanged', async () => {
    const source = await plain(64, 48, '#2060c0').png().toBuffer()
    for (const to of ['jpeg', 'webp', 'avif', 'png'] as const) {
      const bytes = await convert(source, to)
      expect(sniff(bytes)).toBe(to)
      const { dominant } = await sharp(bytes).resize(64, 48).stats()
      expect(
        Math.abs(dominant.r - 0x20) + Math.abs(dominant.g - 0x60) + Math.abs(dominant.b - 0xc0),
      ).toBeLessThan(40)
    }
  })

  test('the same format gives the same bytes', async () => {
    const bytes = await noise(20, 20).jpeg().toBuffer()
    expect(await convert(bytes, 'jpeg')).toBe(bytes)
  })

  test('transparency becomes white in a JPEG', async () => {
    const bytes = await convert(await plain(16, 16, '#00000000').png().toBuffer(), 'jpeg')
    expect((await sharp(bytes).raw().toBuffer()).every((value) => value > 250)).toBe(true)
  })

  test('formats that engines accept are left alone, others become PNG', async () => {
    const webp = await noise(20, 20).webp().toBuffer()
    expect(await toAccepted(webp)).toBe(webp)
    expect(sniff(await toAccepted(await noise(20, 20).gif().toBuffer()))).toBe('png')
  })
})
