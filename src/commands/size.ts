import { defineCommand } from './define.ts'

export const size = defineCommand({
  name: 'size',
  summary: 'The size of the next images',
  example: '/size 2K',
  arguments: { value: { kind: 'text', about: 'a size such as 2K', optional: true } },
  async *run({ value = '' }) {
    yield { type: 'go', to: 'line', line: `/set size ${value}`.trim() }
  },
})
