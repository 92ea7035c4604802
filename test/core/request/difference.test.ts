import { expect, test } from 'vitest'
import { modelOf } from '../../../src/core/models/model-catalogue.ts'
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

test('a different image is reported with its size', () => {
  expect(asked('16:9', '2K', 1024, 1024)).toBe('You asked for 16:9 and 2K; the image is 1024×1024.')
  expect(asked('auto', '4K', 1024, 1024)).toBe('You asked for 4K; the image is 1024×1024.')
  expect(asked('3:2', '1K', 1200, 896)).toBe('You asked for 3:2; the image is 1200×896.')
})

test('a model that takes no size was not asked for one', () => {
  expect(asked('auto', '1K', 2048, 2048, 'gemini-2.5-flash-image')).toBeUndefined()
})
