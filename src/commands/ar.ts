import { defineCommand } from './define.ts'

export const ar = defineCommand({
  name: 'ar',
  summary: 'The ratio of the next images, or auto to follow the current one',
  example: '/ar 16:9',
  arguments: { value: { kind: 'text', about: 'a ratio such as 16:9', optional: true } },
  async *run({ value = '' }) {
    yield { type: 'go', to: 'line', line: `/set aspect ${value}`.trim() }
  },
})
