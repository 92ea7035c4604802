import { derive } from '../tools/derive.ts'
import { defineCommand } from './define.ts'

export const flip = defineCommand({
  name: 'flip',
  summary: 'Mirror an image, on this machine and for free: h swaps left and right, v top and bottom',
  example: '/flip h v3',
  group: 'tools',
  changes: [],
  arguments: {
    way: {
      kind: 'choice',
      words: ['h', 'v'],
      meanings: { h: 'swap left and right', v: 'swap top and bottom' },
      about: 'a way to flip',
      optional: true,
    },
    version: { kind: 'version', about: 'a version such as v3', optional: true },
  },
  async *run({ way = 'h', version }, context) {
    return yield* derive('flip', { way }, version, context)
  },
})
