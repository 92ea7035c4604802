import { defineCommand } from './define.ts'

export const newSession = defineCommand({
  name: 'new',
  aliases: ['clear'],
  bareWords: ['clear'],
  summary: 'Start a new session; this one stays on disk and nothing is deleted',
  example: '/new Poster for spring',
  group: 'sessions',
  changes: ['session'],
  arguments: { title: { kind: 'line', about: 'a title', optional: true } },
  async *run({ title = '' }) {
    yield { type: 'go', to: 'new', title }
  },
})
