import { say } from '../core/event.ts'
import { ROOT } from '../core/session/session.ts'
import { isRoot } from '../core/session/tree.ts'
import { checked } from './checks.ts'
import { defineCommand } from './define.ts'
import { arrive } from './goto.ts'

export const fresh = defineCommand({
  name: 'fresh',
  bareWords: ['--fresh', '—fresh'],
  summary: 'Start a new image in this session; references and settings stay, the conversation is not sent',
  example: '/fresh a lighthouse in fog',
  group: 'again',
  changes: [],
  arguments: { line: { kind: 'line', about: 'what to draw', optional: true } },
  check: async ({ line }, before) => (line === undefined ? undefined : checked(await before.problemOf(line))),
  async *run({ line }, context) {
    if (line !== undefined) {
      yield { type: 'go', to: 'prompt', line, typed: `/fresh ${line}`, parent: ROOT, fresh: true }
      return
    }
    if (isRoot(context.session.head)) yield say('The next line already makes a new image.')
    else yield* arrive(context, ROOT, 'goto')
  },
})
