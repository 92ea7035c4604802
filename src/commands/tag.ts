import { change, fail, say, type Task } from '../core/event.ts'
import { nameProblem } from '../core/session/reference.ts'
import { selectVersion } from '../core/session/selection.ts'
import type { Session } from '../core/session/session.ts'
import { defineCommand } from './define.ts'

export const tag = defineCommand({
  name: 'tag',
  summary: 'Give a version a lasting name: @final then means it, in lines and in commands',
  example: '/tag final v7',
  group: 'versions',
  changes: [],
  arguments: {
    name: { kind: 'text', about: 'a name', optional: true },
    version: { kind: 'version', about: 'a version such as v3', optional: true },
  },
  flags: { remove: { kind: 'switch', about: 'remove the name; the version stays' } },
  async *run({ name: typed, version: word, remove }, { session }) {
    if (typed === undefined && word !== undefined) {
      return yield* fail(`What should ${word} be called? /tag NAME ${word}`)
    }
    if (typed === undefined) {
      const rows = session.tags.map(({ name, version }) => [`@${name}`, `v${version}`])
      yield rows.length > 0 ? { type: 'list', rows } : say('No version has a name yet; /tag NAME gives one.')
      return
    }
    const name = typed.replace(/^@/, '')
    const before = session.tags.find((one) => one.name.toLowerCase() === name.toLowerCase())
    if (remove) {
      if (!before) {
        return yield* fail(`No version is tagged ${name}; /tag lists the names.`)
      }
      yield change({ type: 'tagged', name: before.name, version: null })
      yield say(`v${before.version} is no longer @${before.name}.`)
      return
    }
    return yield* tagVersion(name, word, session)
  },
})

/** Tags the version that a word means, or the current one. */
export async function* tagVersion(name: string, word: string | undefined, session: Session): Task {
  const problem = nameProblem(name, session.references)
  if (problem !== undefined) return yield* fail(problem)
  const selected = selectVersion(word, session)
  if (!selected.ok) return yield* fail(selected.sentence)
  const { number } = selected.version
  const before = session.tags.find((one) => one.name.toLowerCase() === name.toLowerCase())
  yield change({ type: 'tagged', name, version: number })
  const moved = before && before.version !== number ? `; it was v${before.version}` : ''
  yield say(`v${number} is @${name}${moved}.`)
}
