import { access } from 'node:fs/promises'
import { join } from 'node:path'
import { replay } from '../../core/session/apply.ts'
import { emptySession, type Session } from '../../core/session/session.ts'
import type { TurnSettings } from '../../core/settings/turn-settings-type.ts'
import { DiskError } from '../disk-error.ts'
import { isInside, removeTemporary } from '../files.ts'
import { adopt, type Inspect, unrecordedFiles } from './adopt.ts'
import { majorOf } from './format-version.ts'
import { JOURNAL, type JournalRead, mendJournal, readJournal } from './journal.ts'
import { type Holder, holderText, type Lock, lockFolder } from './lock.ts'
import type { Header } from './read-fact.ts'
import { type Now, SessionStore, sessionFolder } from './session-store.ts'

export type OpenedSession = {
  readonly kind: 'opened'
  readonly session: Session
  readonly store: SessionStore
  readonly header: Header
  /** A sentence for each defect that was found. */
  readonly repairs: readonly string[]
  /** Another limn that writes it, if any; `store.readOnly` then says so in a sentence. */
  readonly holder: Holder | undefined
}

export type OpenResult = OpenedSession | { readonly kind: 'refused'; readonly says: string }

type OpenOptions = {
  /** The settings of a session that has set none itself. */
  readonly settings: TurnSettings
  readonly inspect: Inspect
  readonly now: Now
}

/** Opens a session from disk as it was left. A writer also repairs what a killed limn left unfinished. */
export async function openSession(
  root: string,
  id: string,
  { settings, inspect, now }: OpenOptions,
): Promise<OpenResult> {
  const folder = sessionFolder(root, id)
  if (!isInside(id) || id.includes('/') || !(await exists(join(folder, JOURNAL)))) {
    return { kind: 'refused', says: `There is no session ${JSON.stringify(id)}.` }
  }
  try {
    // Before the lock, so that nothing at all is written to a session of a newer format.
    const { newer } = await readJournal(folder)
    if (newer) return { kind: 'refused', says: newer }

    const lock = await lockOrWhy(folder, now())
    // Read again, since another limn may have written before we got the lock.
    const read = await readJournal(folder)
    const session = replay(emptySession(id, settings), read.facts)
    if (lock.kind !== 'held') {
      const holder = lock.kind === 'busy' ? lock.by : undefined
      const why = lock.kind === 'busy' ? `${holderText(lock.by, now())} has this session open.` : lock.says
      const because = `${why} You can look at it here and save its images.`
      const store = new SessionStore(root, read.header.folder, now, { kind: 'looking', id, because })
      return { kind: 'opened', session, store, header: read.header, repairs: [], holder }
    }
    try {
      return await asWriter(read, session, lock.release)
    } catch (error) {
      lock.release()
      throw error
    }
  } catch (error) {
    if (error instanceof DiskError) return { kind: 'refused', says: error.message }
    throw error
  }

  async function asWriter(read: JournalRead, session: Session, release: () => void): Promise<OpenedSession> {
    await Promise.all(
      ['', 'images', 'answers', 'acts', 'inputs'].map((part) => removeTemporary(join(folder, part))),
    )
    if (read.mend) await mendJournal(folder, read.mend)
    const unrecorded = await unrecordedFiles(folder, session)
    const store = new SessionStore(
      root,
      read.header.folder,
      now,
      { kind: 'writing', id, major: majorOf(read.header.limn), release },
      unrecorded,
    )
    const adopted = await adopt(store, folder, session, inspect, now)
    const repairs = [...read.repairs, ...adopted.repairs]
    return {
      kind: 'opened',
      session: adopted.session,
      store,
      header: read.header,
      repairs,
      holder: undefined,
    }
  }
}

async function lockOrWhy(folder: string, now: Date): Promise<Lock | { kind: 'unwritable'; says: string }> {
  try {
    return await lockFolder(folder, now)
  } catch (error) {
    if (!(error instanceof DiskError)) throw error
    return { kind: 'unwritable', says: error.message }
  }
}

function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  )
}
