import { mkdtemp, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import type { Change, NewFile } from '../core/event.ts'
import { apply } from '../core/session/apply.ts'
import type { Fact, Session } from '../core/session/session.ts'
import type { SessionStore } from '../store/session/session-store.ts'

/** Facts of one session, recorded one after another: files, then the line, and only then the session changes. */
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

  /** Throws what the disk says; the session is then as it was, and images that came are put aside. */
  add(change: Change): Promise<void> {
    const done = this.#last.then(() => this.#add(change))
    this.#last = done.catch(() => undefined)
    return done
  }

  /** When all that was begun is on disk, or has failed. */
  async settled(): Promise<void> {
    await this.#last
  }

  async #add(change: Change): Promise<void> {
    const { fact: draft, files } = change.make(this.#session)
    const fact: Fact = { at: this.#now().toISOString(), ...draft }
    // Another limn writes this session: looking around in it is still possible.
    const looking = this.#store.readOnly !== undefined && fact.type === 'moved'
    // A setting alone is no session yet: what is set then is written behind the first fact of another kind.
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

/** An image that was paid for is kept somewhere, whatever the session's disk says. */
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
