import { change, say, type Work } from '../core/event.ts'
import { type Head, ROOT, type Session, type Version } from '../core/session.ts'
import { currentVersion, headAt, isAlone, isBranch, versionOf } from '../core/tree.ts'
import { defineCommand, type VersionWord } from './define.ts'

export const goto = defineCommand({
  name: 'goto',
  aliases: ['go'],
  summary: 'Make another version the one that the next line edits; v0 is a blank sheet, - the place before',
  example: '/goto v3',
  arguments: { version: { kind: 'version', about: 'a version such as v3, v0 or -' } },
  async *run({ version }, { session }) {
    const head = headOf(session, version)
    if (!head) {
      yield say(missing(session, version.kind === 'number' ? version.number : null), 'bad')
      return
    }
    yield* arrive(session, head, 'goto')
  },
})

function headOf(session: Session, version: VersionWord): Head | undefined {
  if (version.kind === 'previous') return session.previous ?? undefined
  return version.number === 0 ? ROOT : headAt(session, version.number)
}

/** The version that a word means, without going there; the current one without a word. */
export function meant(session: Session, word: VersionWord | undefined): Version | undefined {
  if (word?.kind === 'number') return versionOf(session, word.number)
  return currentVersion(session, word ? (session.previous ?? ROOT) : session.head)
}

export function missing(session: Session, number: number | null): string {
  if (number === null) return 'There is no earlier place to go back to yet.'
  const last = session.versions.at(-1)?.number
  return last === undefined
    ? `There is no v${number}: this session has no image yet.`
    : `There is no v${number}: this session has v1${last > 1 ? ` to v${last}` : ''}.`
}

/** Moves the head, shows where it is now, and says what the next line does. */
export async function* arrive(
  session: Session,
  head: Head,
  by: 'undo' | 'redo' | 'goto',
  shown = true,
): Work {
  yield change({ type: 'moved', by, head })
  if (!shown) return
  const version = currentVersion(session, head)
  if (version) yield { type: 'show', version: version.number, size: 'small' }
  const alone = isAlone(session, head) ? ' alone' : ''
  const next = version ? `next line edits v${version.number}${alone}` : 'next line makes a new image'
  const branch = isBranch(session, head) ? ' and starts a branch' : ''
  yield say(`${next}${branch}; model, size, references unchanged`)
}
