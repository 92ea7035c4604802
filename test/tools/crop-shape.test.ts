import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { rectangleOf, shapeOf } from '../../src/tools/crop-shape.ts'

const CENTRE = { x: 0.5, y: 0.5 }
const PICTURE = { name: 'v3', width: 1000, height: 600 }

function cut(word: string, at = CENTRE, picture = PICTURE) {
  const shape = shapeOf(word)
  if (!shape) throw new Error(`${word} is no shape`)
  return rectangleOf(shape, picture, at)
}

describe('the shapes of /crop', () => {
  test.each([
    ['1:1', { left: 200, top: 0, width: 600, height: 600 }],
    ['16:9', { left: 0, top: 19, width: 1000, height: 563 }],
    ['1.85:1', { left: 0, top: 30, width: 1000, height: 541 }],
    ['800x300', { left: 100, top: 150, width: 800, height: 300 }],
    ['800×300', { left: 100, top: 150, width: 800, height: 300 }],
    ['10%,20%,50%,40%', { left: 100, top: 120, width: 500, height: 240 }],
    ['0%,0%,50%,100%', { left: 0, top: 0, width: 500, height: 600 }],
  ])('%s of 1000×600 is cut out of its centre, or where it says', (word, rectangle) => {
    expect(cut(word)).toEqual(rectangle)
  })

  test.each([
    [
      '800x700',
      '800x700 does not fit: v3 has 1000×600 pixels, and /crop does not scale. 685x600 is the largest crop of that shape.',
    ],
    [
      '9999x1',
      '9999x1 does not fit: v3 has 1000×600 pixels, and /crop does not scale. 1000x1 is the largest crop of that shape.',
    ],
    ['5:3', '5:3 is all of v3 (1000×600): there is nothing to cut off.'],
    ['1000x600', '1000x600 is all of v3 (1000×600): there is nothing to cut off.'],
    [
      '60%,0%,50%,50%',
      '60%,0%,50%,50% reaches beyond the picture: left plus width, and top plus height, can be at most 100%.',
    ],
    ['9999:1', '9999:1 leaves nothing of v3, which has 1000×600 pixels.'],
    ['0%,0%,0.01%,50%', '0%,0%,0.01%,50% leaves nothing of v3, which has 1000×600 pixels.'],
  ])('%s is not cut out of 1000×600, with the reason', (word, sentence) => {
    expect(cut(word)).toBe(sentence)
  })

  test.each(['16', '16:0', '0x5', 'square', '10,20,50,40', '10%,20%,50%', '-1:2', '1:2:3', '800x'])(
    '%s is no shape',
    (word) => {
      expect(shapeOf(word)).toBeUndefined()
    },
  )

  test('every crop lies inside the picture, has its ratio to a pixel, and contains the point if possible', () => {
    const side = fc.integer({ min: 1, max: 9000 })
    const part = fc.double({ min: 0, max: 1, noNaN: true })
    fc.assert(
      fc.property(side, side, side, side, part, part, (width, height, wide, high, x, y) => {
        const picture = { name: 'v1', width, height }
        const found = cut(`${wide}:${high}`, { x, y }, picture)
        if (typeof found === 'string') return
        expect(found.left).toBeGreaterThanOrEqual(0)
        expect(found.top).toBeGreaterThanOrEqual(0)
        expect(found.left + found.width).toBeLessThanOrEqual(width)
        expect(found.top + found.height).toBeLessThanOrEqual(height)
        expect(found.width === width || found.height === height).toBe(true)
        const exact = found.height === height ? (height * wide) / high : (width * high) / wide
        expect(Math.abs((found.height === height ? found.width : found.height) - exact)).toBeLessThanOrEqual(
          0.5,
        )
        expect(found.left).toBeLessThanOrEqual(x * width + 1)
        expect(found.left + found.width).toBeGreaterThanOrEqual(x * width - 1)
        expect(found.top).toBeLessThanOrEqual(y * height + 1)
        expect(found.top + found.height).toBeGreaterThanOrEqual(y * height - 1)
      }),
    )
  })
})
