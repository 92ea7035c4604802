import { checkTurnSetting } from './checks.ts'
import { defineCommand } from './define.ts'
import { set } from './set.ts'

export const size = defineCommand({
  name: 'size',
  summary: 'Set the size of the next images',
  example: '/size 2K',
  group: 'look',
  changes: ['settings'],
  arguments: { value: { kind: 'value', of: 'size', about: 'a size such as 2K', optional: true } },
  check: ({ value }, before) => checkTurnSetting('size', value, before),
  async *run({ value = '' }) {
    yield { type: 'go', to: 'line', line: set.line(`size ${value}`) }
  },
})
