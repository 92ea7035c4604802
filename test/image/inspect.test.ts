import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { inspect } from '../../src/image/inspect.ts'
import { extensionOf, mimeOf, sniff } from '../../src/image/sniff.ts'
import { noise, plain, pngClaiming } from './samples.ts'

const text = (words: string) => new TextEncoder().encode(words)

async function why(bytes: Uint8Array) {
  const found = await inspect(bytes, { verify: true })
  return found.ok ? 'ok' : found.why
}

describe('an image file is recognized by its bytes', () => {
  for (const format of ['png', 'jpeg', 'webp', 'gif', 'avif', 'tiff'] as const) {
    test(`a whole ${format} is found, with its size`, async () => {
      const bytes = await noise(120, 80).toFormat(format).toBuffer()
      expect(sniff(bytes)).toBe(format)
      expect(await inspect(bytes, { verify: true })).toEqual({
        ok: true,
        image: { format, mime: `image/${format}`, width: 120, height: 80 },
      })
    })

    test(`a ${format} cut short is found to be so`, async () => {
      const bytes = await noise(120, 80).toFormat(format).toBuffer()
      expect(await why(bytes.subarray(0, bytes.length * 0.9))).toBe('truncated')
      expect(await why(bytes.subarray(0, bytes.length * 0.4))).toBe('truncated')
    })
  }

  test('an SVG drawing is found, also after an XML header and a comment', async () => {
    const svg = '<svg xmlns="http://www.w3.org/2000/svg" width="30" height="20"/>'
    expect(sniff(text(svg))).toBe('svg')
    expect(sniff(text(`\ufeff<?xml version="1.0"?>\n<!-- made by hand -->\n${svg}`))).toBe('svg')
    expect(sniff(text('<html><svg></svg></html>'))).toBeUndefined()
    expect(await inspect(text(svg))).toMatchObject({ ok: true, image: { width: 30, height: 20 } })
  })

  test('each format has its MIME type and its extension', () => {
    expect([mimeOf('jpeg'), extensionOf('jpeg')]).toEqual(['image/jpeg', 'jpg'])
    expect([mimeOf('svg'), extensionOf('svg')]).toEqual(['image/svg+xml', 'svg'])
  })

  test('a photo with an EXIF rotation has the size that is seen', async () => {
    const bytes = await noise(120, 80).withMetadata({ orientation: 6 }).jpeg().toBuffer()
    expect(await inspect(bytes)).toMatchObject({ ok: true, image: { width: 80, height: 120 } })
  })
})

describe('everything that can be wrong with a file has a sentence', () => {
  test('an empty file', async () => {
    expect(await inspect(new Uint8Array())).toMatchObject({
      ok: false,
      why: 'empty',
      sentence: 'The file is empty.',
    })
  })

  test('a text with the ending .png', async () => {
    expect(await why(text('Dear diary, today I drew a picture of a bear, and then BM'))).toBe('not-an-image')
    expect(await why(text('BMW is a maker of cars'))).toBe('not-an-image')
  })

  test('a decompression bomb of 30,000 by 30,000 pixels is refused before it is decoded', async () => {
    const found = await inspect(pngClaiming(30_000, 30_000), { verify: true })
    expect(found).toMatchObject({
      ok: false,
      why: 'too-large',
      sentence: expect.stringContaining('30,000 × 30,000'),
    })
  })

  test('formats that cannot be read here are named', async () => {
    const heic = text('\0\0\0\x18ftypheic\0\0\0\0mif1heic')
    expect(await inspect(heic)).toMatchObject({
      ok: false,
      why: 'unsupported',
      sentence: expect.stringContaining('HEIC'),
    })
    const bmp = Buffer.concat([Buffer.from('BM\x36\0\x0c\0\0\0\0\0', 'latin1'), Buffer.alloc(50)])
    expect(await inspect(bmp)).toMatchObject({
      ok: false,
      why: 'unsupported',
      sentence: expect.stringContaining('BMP'),
    })
  })

  test('no bytes make it throw, whatever their header', async () => {
    const header = fc.constantFrom(
      '',
      '\x89PNG\r\n\x1a\n',
      '\xff\xd8\xff',
      'GIF89a',
      'RIFF1234WEBP',
      'II*\0',
      '<svg ',
    )
    await fc.assert(
      fc.asyncProperty(header, fc.uint8Array({ maxLength: 200 }), async (start, rest) => {
        const bytes = Buffer.concat([Buffer.from(start, 'latin1'), rest])
        expect(['empty', 'not-an-image', 'truncated', 'unsupported', 'too-large', 'ok']).toContain(
          await why(bytes),
        )
      }),
      { numRuns: 60 },
    )
  })

  test('a small picture of one colour is whole', async () => {
    expect(await why(await plain(1, 1).png().toBuffer())).toBe('ok')
  })
})
