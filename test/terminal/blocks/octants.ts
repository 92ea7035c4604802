// Which quarters of the height each character of Unicode 16 fills, in the left and the right half of a cell. By the
// names in Unicode's data (octants.txt), independent of limn's own table.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'

/** Parts 1 to 8, from left to right and from the top down. */
const named: Readonly<Record<string, string>> = {
  'LEFT HALF UPPER ONE QUARTER BLOCK': '1',
  'RIGHT HALF UPPER ONE QUARTER BLOCK': '2',
  'UPPER ONE QUARTER BLOCK': '12',
  'MIDDLE LEFT ONE QUARTER BLOCK': '35',
  'MIDDLE RIGHT ONE QUARTER BLOCK': '46',
  'UPPER THREE QUARTERS BLOCK': '123456',
  'LEFT HALF LOWER ONE QUARTER BLOCK': '7',
  'RIGHT HALF LOWER ONE QUARTER BLOCK': '8',
}

/** The mask of each character's parts; the first part is the lowest bit. */
export const octants: ReadonlyMap<string, number> = new Map(
  readFileSync(join(import.meta.dirname, 'octants.txt'), 'utf8')
    .trim()
    .split('\n')
    .map((line) => {
      const [code = '', name = ''] = line.split(';')
      const digits = /^BLOCK OCTANT-([1-8]+)$/.exec(name)?.[1] ?? named[name]
      if (digits === undefined) throw new Error(`what does ${name} fill?`)
      const mask = [...digits].reduce((all, digit) => all | (1 << (Number(digit) - 1)), 0)
      return [String.fromCodePoint(Number.parseInt(code, 16)), mask]
    }),
)
