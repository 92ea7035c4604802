import sharp from 'sharp'
import { expect, test } from 'vitest'
import { contactSheet } from '../../src/image/contact-sheet.ts'

const plain = (background: string, width: number, height: number) =>
  sharp({ create: { width, height, channels: 3, background } })
    .png()
    .toBuffer()

/** The mean colour of a part of an image. */
async function colourAt(bytes: Uint8Array, left: number, top: number, width = 40, height = 40) {
  const part = await sharp(bytes).extract({ left, top, width, height }).png().toBuffer()
  const { channels } = await sharp(part).stats()
  return channels.slice(0, 3).map(({ mean }) => Math.round(mean))
}

test('a contact sheet shows the images in order, each with its name under it', async () => {
  const images = [
    { bytes: await plain('#ff0000', 640, 320), version: 5 },
    { bytes: await plain('#00ff00', 640, 320), version: 6 },
    { bytes: await plain('#0000ff', 320, 640), version: 7 },
    { bytes: await plain('#ffff00', 640, 640), version: 8 },
    { bytes: await plain('#00ffff', 640, 640), version: 10 },
  ]
  const sheet = await contactSheet(images)
  const { width = 0, height = 0 } = await sharp(sheet).metadata()
  expect([width, height]).toEqual([8 + 3 * 328, 8 + 2 * 358])
  expect(await colourAt(sheet, 20, 20)).toEqual([255, 0, 0])
  expect(await colourAt(sheet, 20 + 328, 20)).toEqual([0, 255, 0])
  expect(await colourAt(sheet, 20 + 2 * 328 + 100, 20)).toEqual([0, 0, 255])
  expect(await colourAt(sheet, 20, 20 + 358)).toEqual([255, 255, 0])
  const [ink = 0] = await colourAt(sheet, 8, 8 + 164, 36, 22)
  expect(ink).toBeGreaterThan(60)
})
