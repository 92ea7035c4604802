import { expect, test } from 'vitest'
import { mosaics } from '../../../src/terminal/blocks/mosaic.ts'
import { fills } from '../pictures/decode.ts'

test.each(['quadrants', 'sextants', 'octants'] as const)(
  'every pattern of %s has the character that Unicode names for it',
  (name) => {
    const { glyphs, down } = mosaics[name]
    expect(glyphs).toHaveLength(2 ** (2 * down))
    for (const [mask, glyph] of glyphs.entries()) {
      if (glyph === '') {
        expect(glyphs[glyphs.length - 1 - mask], `the complement of ${mask}`).not.toBe('')
        continue
      }
      const filled = Array.from({ length: 2 * down }, (_, part) =>
        fills(glyph, ((part % 2) + 0.5) / 2, (Math.floor(part / 2) + 0.5) / down),
      )
      const wanted = filled.map((_, part) => ((mask >> part) & 1) === 1)
      expect({ mask, glyph, filled }).toEqual({ mask, glyph, filled: wanted })
    }
  },
)
