import { mkdtemp, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import type { Change, NewFile } from '../core/event.ts'
import { apply } from '../core/session/apply.ts'
import type { Fact } from '../core/session/fact.ts'
import type { Session } from '../core/session/session.ts'
import type { SessionStore } from '../store/session/session-store.ts'

/** Records the facts of one session one after another: first the files, then the line; only then the session changes. */
export class Recorder {
  readonly #store: SessionStore
  readonly #now: () => Date
  readonly #seen: (fact: Fact, session: Session) => void
  #session: Session
  #last: Promise<unknown> = Promise.resolve()

  constructor(
    { session, store }: { readonly session: Session; readonly store: SessionStore },
    now: () => Date,
    seen: (fact: Fact, session: Session) => void,
  ) {
    this.#session = session
    this.#store = store
    this.#now = now
    this.#seen = seen
  }

  get session(): Session {
    return this.#session
  }

  /** Throws the error of the disk; the session is then unchanged, and new images are saved elsewhere. */
  add(change: Change): Promise<void> {
    const done = this.#last.then(() => this.#add(change))
    this.#last = done.catch(() => undefined)
    return done
  }

  /** Resolves when every change so far is on the disk, or has failed. */
  async settled(): Promise<void> {
    await this.#last
  }

  async #add(change: Change): Promise<void> {
    const { fact: draft, files } = change.make(this.#session)
    const fact: Fact = { at: this.#now().toISOString(), ...draft }
    // Another limn writes this session: moving around in it is still possible, but is not recorded.
    const looking = this.#store.readOnly !== undefined && fact.type === 'moved'
    // A setting alone does not make a session: it is written after the first fact of another kind.
    const early = this.#store.id === undefined && fact.type === 'set'
    if (!looking && !early) await this.#write(fact, files)
    const id = this.#store.id ?? this.#session.id
    this.#session = { ...apply(this.#session, fact), id }
    this.#seen(fact, this.#session)
  }

  async #write(fact: Fact, files: readonly NewFile[] | undefined): Promise<void> {
    const first = this.#store.id === undefined
    try {
      await this.#store.record(fact, files)
    } catch (error) {
      if (fact.type === 'answered' && files) throw await rescued(files, error)
      throw error
    }
    // The folder is named after the first fact, so the settings that the session starts with come second.
    if (first) await this.#store.record({ type: 'set', at: fact.at, settings: this.#session.settings })
  }
}

/** Saves a billed image elsewhere when the session's folder cannot be written. */
async function rescued(files: readonly NewFile[], error: unknown): Promise<Error> {
  const why = error instanceof Error ? error.message : String(error)
  const images = files.filter(({ name }) => /^(?:images|thoughts)\//.test(name))
  if (images.length === 0) return new Error(why, { cause: error })
  try {
    const folder = await mkdtemp(join(tmpdir(), 'limn-'))
    for (const { name, bytes } of images) await writeFile(join(folder, basename(name)), bytes)
    return new Error(`${why} The image is kept in ${folder}.`, { cause: error })
  } catch {
    return new Error(`${why} The image could not be kept anywhere else either.`, { cause: error })
  }
}
