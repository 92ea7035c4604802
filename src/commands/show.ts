import { say } from '../core/event.ts'
import { defineCommand } from './define.ts'
import { meant, missing } from './goto.ts'

export const show = defineCommand({
  name: 'show',
  summary: 'Show a version again, without going there',
  example: '/show v3 --full',
  arguments: { version: { kind: 'version', about: 'a version such as v3', optional: true } },
  flags: { full: { kind: 'switch', about: 'as large as the window' } },
  async *run({ version: word, full }, { session }) {
    const number = word?.kind === 'number' ? word.number : null
    const version = meant(session, word)
    if (version) yield { type: 'show', version: version.number, size: full ? 'full' : 'usual' }
    else yield say(number === null ? 'There is no image to show yet.' : missing(session, number), 'bad')
  },
})
