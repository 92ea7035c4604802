import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  addColumns,
  addParts,
  addRows,
  cellSums,
  columnSums,
  partSums,
  rowSums,
  wordsAcross,
  wordsOf,
} from '../../../src/terminal/blocks/cell-sums.ts'
import { mosaics, samplesAcross } from '../../../src/terminal/blocks/mosaic.ts'

/** The value of a sample. */
type Where = (x: number, y: number) => number

test('adding two bytes at a time gives the same sums as adding one by one', () => {
  const shapes = fc.constantFrom(mosaics.quadrants, mosaics.sextants, mosaics.octants)
  const noise = fc.uint8Array({ minLength: 24 * 12 * 3, maxLength: 24 * 12 * 3 })
  // The brightest samples leave no spare room in a sum.
  const white = fc.constant(new Uint8Array(24 * 12 * 3).fill(255))
  const picture = fc.oneof({ weight: 9, arbitrary: noise }, { weight: 1, arbitrary: white })
  fc.assert(
    fc.property(shapes, picture, fc.nat(2), fc.nat(3), ({ height, down }, bytes, column, offset) => {
      const columns = 3
      const stride = columns * samplesAcross * 3
      // At an offset in a larger buffer.
      const memory = new Uint8Array(offset + stride * height)
      const pixels = memory.subarray(offset)
      pixels.set(bytes.subarray(0, stride * height))
      const words = wordsOf(pixels)
      const start = column * wordsAcross
      addParts(words, start, columns * wordsAcross, height / down, down)
      addColumns(down)
      addRows(words, start, columns * wordsAcross, height)

      const sums = (count: number, where: Where) => {
        const all = new Array<number>(count * 3).fill(0)
        for (let y = 0; y < height; y++)
          for (let x = 0; x < samplesAcross; x++)
            for (let channel = 0; channel < 3; channel++) {
              const at = y * stride + (column * samplesAcross + x) * 3 + channel
              all[where(x, y) * 3 + channel]! += pixels[at]!
            }
        return all
      }
      const part: Where = (x, y) => Math.floor((y * down) / height) * 2 + Math.floor((x * 2) / samplesAcross)
      expect([...partSums.subarray(0, down * 6)]).toEqual(sums(2 * down, part))
      expect([...columnSums]).toEqual(sums(samplesAcross, (x) => x))
      expect([...rowSums.subarray(0, height * 3)]).toEqual(sums(height, (_, y) => y))
      expect([...cellSums]).toEqual(sums(1, () => 0))
    }),
  )
})
