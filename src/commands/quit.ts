import { defineCommand } from './define.ts'

export const quit = defineCommand({
  name: 'quit',
  aliases: ['exit', 'q'],
  bareWords: ['exit', 'quit', 'q'],
  summary: 'Leave limn; limn --continue comes back to this place',
  example: '/quit',
  group: 'limn',
  atOnce: true,
  changes: ['end'],
  async *run() {
    yield { type: 'go', to: 'quit' }
  },
})
