import { expect, test } from 'vitest'
import { modelOf } from '../../../src/core/models/catalogue.ts'
import { differenceOf } from '../../../src/core/request/difference.ts'

const asked = (aspect: string, size: string, width: number, height: number, id = 'gemini-3-pro-image') =>
  differenceOf({ model: id, aspect, size }, modelOf(id), { width, height })

test.each([
  ['1:1', '1K', 1024, 1024],
  ['21:9', '1K', 1584, 672],
  ['9:16', '1K', 768, 1376],
  ['1:8', '4K', 1536, 12_288],
  ['8:1', '4K', 11_712, 1408],
  ['2:3', '2K', 1696, 2528],
  ['auto', '1K', 1408, 704],
])('an image of %s and %s is as it was asked for', (aspect, size, width, height) => {
  expect(asked(aspect, size, width, height)).toBeUndefined()
})

test('an image that came otherwise is told with what it is', () => {
  expect(asked('16:9', '2K', 1024, 1024)).toBe('16:9 and 2K was asked for; the image that came is 1024×1024.')
  expect(asked('auto', '4K', 1024, 1024)).toBe('4K was asked for; the image that came is 1024×1024.')
  expect(asked('3:2', '1K', 1200, 896)).toBe('3:2 was asked for; the image that came is 1200×896.')
})

test('nobody asked a model for a size that takes none', () => {
  expect(asked('auto', '1K', 2048, 2048, 'gemini-2.5-flash-image')).toBeUndefined()
})
