import { derive } from '../tools/derive.ts'
import { defineCommand } from './define.ts'

const TURNS = { '90': 90, '-90': -90, '180': 180 } as const

export const rotate = defineCommand({
  name: 'rotate',
  summary: 'Rotate an image, on this machine and for free: 90 is clockwise, -90 counterclockwise',
  example: '/rotate 90 v3',
  group: 'tools',
  changes: [],
  arguments: {
    degrees: {
      kind: 'choice',
      words: ['90', '-90', '180'],
      meanings: { '90': 'clockwise', '-90': 'counterclockwise', '180': 'upside down' },
      about: 'an angle',
    },
    version: { kind: 'version', about: 'a version such as v3', optional: true },
  },
  async *run({ degrees, version }, context) {
    return yield* derive('rotate', { by: TURNS[degrees] }, version, context)
  },
})
