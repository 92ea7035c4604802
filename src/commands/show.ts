import { say } from '../core/event.ts'
import { selectVersions } from '../core/selection.ts'
import { defineCommand } from './define.ts'

export const show = defineCommand({
  name: 'show',
  summary: 'Show versions again, without going there; --sheet puts them on one sheet with their names',
  example: '/show v5..v8 --sheet',
  arguments: {
    versions: { kind: 'versions', about: 'versions such as v3, v5..v9 or leaves', optional: true },
  },
  flags: {
    full: { kind: 'switch', about: 'as large as the window' },
    sheet: { kind: 'switch', about: 'beside each other in one picture' },
  },
  async *run({ versions = [], full, sheet }, { session }) {
    const selected = selectVersions(versions, session)
    if (!selected.ok) {
      yield say(selected.sentence, 'bad')
      return
    }
    const numbers = selected.versions.map(({ number }) => number)
    if (sheet) yield { type: 'sheet', versions: numbers }
    else for (const version of numbers) yield { type: 'show', version, size: full ? 'full' : 'usual' }
  },
})
