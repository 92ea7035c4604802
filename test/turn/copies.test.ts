import { expect, test } from 'vitest'
import { fitWithin } from '../../src/image/resize.ts'
import { Copies } from '../../src/turn/copies.ts'
import { noise } from '../image/samples.ts'

const picture = () => noise(300, 200).png().toBuffer()

test('a large reference is scaled for the first line, and the copy is reused for the next', async () => {
  const copies = new Copies()
  const original = await picture()
  const first = await copies.fitted(original, 100)
  expect(first).toEqual(await fitWithin(original, 100))
  expect(await copies.fitted(Buffer.from(original), 100)).toBe(first)
  expect(copies.bytes).toBe(first.bytes.length)
})

test('another size or another image is another copy', async () => {
  const copies = new Copies()
  const original = await picture()
  expect(await copies.fitted(original, 100)).toMatchObject({ width: 100 })
  expect(await copies.fitted(original, 50)).toMatchObject({ width: 50 })
  const other = await picture()
  expect((await copies.fitted(other, 100)).bytes).not.toEqual((await copies.fitted(original, 100)).bytes)
})

test('an image that is small enough is unchanged, and not cached', async () => {
  const copies = new Copies()
  const original = await picture()
  expect((await copies.fitted(original, 2048)).bytes).toBe(original)
  expect(copies.bytes).toBe(0)
})

test('many references take no more memory than the limit; the least recently used is scaled again', async () => {
  const pictures = await Promise.all([picture(), picture(), picture()])
  const sizes = await Promise.all(pictures.map(async (one) => (await fitWithin(one, 100)).bytes.length))
  const limit = Math.max(...sizes) * 2.5
  const copies = new Copies(limit)
  const [a, b, c] = pictures as [Buffer, Buffer, Buffer]
  const [first, second] = [await copies.fitted(a, 100), await copies.fitted(b, 100)]
  expect(await copies.fitted(a, 100)).toBe(first)
  await copies.fitted(c, 100)
  expect(copies.bytes).toBeLessThanOrEqual(limit)
  expect(await copies.fitted(a, 100)).toBe(first)
  const again = await copies.fitted(b, 100)
  expect(again).not.toBe(second)
  expect(again).toEqual(second)
  const none = new Copies(10)
  expect(await none.fitted(a, 100)).toEqual(first)
  expect(none.bytes).toBe(0)
})
