import { defineCommand } from './define.ts'

export const quit = defineCommand({
  name: 'quit',
  aliases: ['exit', 'q'],
  summary: 'Leave; limn --continue comes back to this place',
  example: '/quit',
  async *run() {
    yield { type: 'go', to: 'quit' }
  },
})
