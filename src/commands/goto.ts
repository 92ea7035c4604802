import { change, fail, say, type Task } from '../core/event.ts'
import { headOf } from '../core/session/selection.ts'
import type { Head } from '../core/session/session.ts'
import { currentVersion, isAlone, isBranch } from '../core/session/tree.ts'
import type { Context } from '../turn/context.ts'
import { defineCommand } from './define.ts'

export const goto = defineCommand({
  name: 'goto',
  aliases: ['go'],
  bareVersion: true,
  summary: 'Go to another version, which the next line then edits; v0 is a blank sheet, - the previous place',
  example: '/goto v3',
  group: 'versions',
  changes: [],
  arguments: { version: { kind: 'version', about: 'a version such as v3, v0, @tag, ^ or -' } },
  async *run({ version }, context) {
    const there = headOf(version, context.session)
    if (!there.ok) return yield* fail(there.sentence)
    yield* arrive(context, there.head, 'goto')
  },
})

/** Moves the head, shows where it is now, and says what the next line does. */
export async function* arrive(
  context: Pick<Context, 'session'>,
  head: Head,
  by: 'undo' | 'redo' | 'goto',
  shown = true,
): Task {
  yield change({ type: 'moved', by, head })
  if (!shown) return
  const { session } = context
  const { versions = [] } = session.choice ?? {}
  if (versions.length > 0) {
    yield { type: 'sheet', versions }
    const names = versions.map((number) => `v${number}`).join(' ')
    yield say(`choose from ${names} again; model, size, references unchanged`)
    return
  }
  const version = currentVersion(session, head)
  if (version) yield { type: 'show', version: version.number, size: 'small' }
  const alone = isAlone(session, head) ? ' alone' : ''
  const next = version ? `next line edits v${version.number}${alone}` : 'next line makes a new image'
  const branch = isBranch(session, head) ? ' and starts a branch' : ''
  yield say(`${next}${branch}; model, size, references unchanged`)
}
