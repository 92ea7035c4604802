import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import { basename } from 'node:path'
import { type Answer, change, type Event, say } from '../core/event.ts'
import type { Original, Reference } from '../core/session/session.ts'

/**
 * Warns once for each new content of a reference's file that it differs from the copy. A file is read only when its
 * size or its time has changed. A deleted file is not a change: the copy stays.
 */
export async function* noticeChanges(references: readonly Reference[]): AsyncGenerator<Event, void, Answer> {
  for (const { name, source, original, changed } of references) {
    const known = changed ?? original
    const now = known && (await seen(source, known))
    if (!original || !now || now === known) continue
    if (now.sha256 === original.sha256) {
      yield change({ type: 'reference-changed', name, original: now, changed: null })
      continue
    }
    yield change({ type: 'reference-changed', name, changed: now })
    if (now.sha256 !== known.sha256)
      yield say(`${basename(source)} has changed since; /ref update ${name} takes the new file.`, 'warning')
  }
}

/** The file as it is now: `known` itself when size and time are the same, undefined when it cannot be read. */
async function seen(path: string, known: Original): Promise<Original | undefined> {
  try {
    const there = await stat(path)
    if (!there.isFile()) return undefined
    const modified = Math.floor(there.mtimeMs)
    if (there.size === known.bytes && modified === known.modified) return known
    const hash = createHash('sha256')
    for await (const chunk of createReadStream(path)) hash.update(chunk)
    return { bytes: there.size, modified, sha256: hash.digest('hex') }
  } catch {
    return undefined
  }
}
