import { checkTurnSetting } from './checks.ts'
import { defineCommand } from './define.ts'
import { set } from './set.ts'

export const ar = defineCommand({
  name: 'ar',
  summary: 'Set the ratio of the next images, or auto to follow the current one',
  example: '/ar 16:9',
  group: 'look',
  changes: ['settings'],
  arguments: { value: { kind: 'value', of: 'aspect', about: 'a ratio such as 16:9', optional: true } },
  check: ({ value }, before) => checkTurnSetting('aspect', value, before),
  async *run({ value = '' }) {
    yield { type: 'go', to: 'line', line: set.line(`aspect ${value}`) }
  },
})
