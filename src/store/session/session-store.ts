import { access, mkdir, readFile, rename, rm } from 'node:fs/promises'
import { basename, extname, join } from 'node:path'
import type { NewFile } from '../../core/event.ts'
import type { Fact } from '../../core/session/fact.ts'
import { imagesOf } from '../../core/session/fact-images.ts'
import { codeOf, onDisk } from '../disk-error.ts'
import { isInside, makeFolder, sha256, syncFolder, writeNew, writeOnce } from '../files.ts'
import { type Major, majorFor } from './format-version.ts'
import { appendLine, createJournal, raiseFormat } from './journal.ts'
import { type Lock, lockFolder } from './lock.ts'
import { folderName } from './slug.ts'
import { actFile } from './stored-acts.ts'

export type Now = () => Date

type WritingState = {
  readonly kind: 'writing'
  readonly id: string
  /** The major version that the first line names. */
  readonly major: number
  readonly release: () => void
}

type StoreState =
  | { readonly kind: 'nothing-yet' }
  | WritingState
  | { readonly kind: 'looking'; readonly id: string; readonly because: string }
  | { readonly kind: 'closed'; readonly id: string | undefined }

/** A session that is being written, or only looked at when another limn writes it. */
export class SessionStore {
  readonly #root: string
  readonly #cwd: string
  readonly #now: Now
  #state: StoreState
  #last: Promise<unknown> = Promise.resolve()
  /** Files without a line, from a record that failed or was killed. A later record may need their names. */
  readonly #unrecorded: Set<string>

  constructor(
    root: string,
    cwd: string,
    now: Now,
    state: StoreState = { kind: 'nothing-yet' },
    unrecorded: Iterable<string> = [],
  ) {
    this.#root = root
    this.#cwd = cwd
    this.#now = now
    this.#state = state
    this.#unrecorded = new Set(unrecorded)
  }

  /** Undefined until the first fact: a session without facts leaves nothing on disk. */
  get id(): string | undefined {
    return this.#state.kind === 'nothing-yet' ? undefined : this.#state.id
  }

  get folder(): string | undefined {
    return this.id === undefined ? undefined : sessionFolder(this.#root, this.id)
  }

  /** Why nothing can be written here, as a sentence; undefined when the session can be written. */
  get readOnly(): string | undefined {
    return this.#state.kind === 'looking' ? this.#state.because : undefined
  }

  /** The path of one of the session's files. */
  path(file: string): string {
    if (this.folder === undefined || !isInside(file)) throw new Error(`no such file in the session: ${file}`)
    return join(this.folder, ...file.split('/'))
  }

  /**
   * Writes the files first, then the line; both are on disk when this returns. Calls run one after another.
   * Throws a DiskError, with a sentence, when the disk refuses; the session is then as it was before.
   */
  record(fact: Fact, files: readonly NewFile[] = []): Promise<void> {
    const done = this.#last.then(() => this.#record(fact, files))
    this.#last = done.catch(() => {})
    return done
  }

  /** Closes the session when everything has been written. */
  async close(): Promise<void> {
    await this.#last
    this.releaseSync()
  }

  /** Releases the lock at the end of the process, when nothing can be awaited. */
  releaseSync(): void {
    if (this.#state.kind === 'writing') this.#state.release()
    this.#state = { kind: 'closed', id: this.id }
  }

  async #record(fact: Fact, files: readonly NewFile[]): Promise<void> {
    const folder = await this.#writable(fact)
    // Before the files too: an older limn would adopt files that have no line.
    await this.#raiseFormat(folder, majorFor(fact))
    // An adopted act comes without files: its own file is on disk already.
    const all = fact.type === 'derived' && files.length > 0 ? [actFile(fact), ...files] : files
    for (const { name, bytes } of all) {
      if (name.startsWith('inputs/')) await writeOnce(folder, name, bytes)
      else await this.#write(folder, name, bytes)
    }
    await appendLine(folder, fact)
    for (const name of [...all.map((file) => file.name), ...imagesOf(fact).map(({ file }) => file.file)])
      this.#unrecorded.delete(name)
  }

  async #raiseFormat(folder: string, major: Major): Promise<void> {
    const state = this.#state
    if (state.kind !== 'writing' || state.major >= major) return
    await raiseFormat(folder, major)
    this.#state = { ...state, major }
  }

  async #write(folder: string, name: string, bytes: Uint8Array): Promise<void> {
    if (this.#unrecorded.has(name)) {
      const there = await readFile(join(folder, name)).catch(() => undefined)
      if (there && sha256(there) === sha256(bytes)) return
      // An image whose line failed may have been billed. It is renamed, and adopted when the session is next opened.
      if (there) await setAside(folder, name)
    }
    await writeNew(folder, name, bytes)
    this.#unrecorded.add(name)
  }

  async #writable(fact: Fact): Promise<string> {
    const state = this.#state
    switch (state.kind) {
      case 'writing':
        return sessionFolder(this.#root, state.id)
      case 'looking':
        throw new Error(state.because)
      case 'closed':
        throw new Error('The session is closed.')
      case 'nothing-yet': {
        const major = majorFor(fact)
        const { id, lock } = await createFolder(this.#root, this.#cwd, this.#now(), firstWords(fact), major)
        this.#state = { kind: 'writing', id, major, release: () => lock.release() }
        return sessionFolder(this.#root, id)
      }
    }
  }
}

export function sessionsFolder(root: string): string {
  return join(root, 'sessions')
}

export function sessionFolder(root: string, id: string): string {
  return join(sessionsFolder(root), id)
}

async function createFolder(root: string, cwd: string, now: Date, words: string, major: Major) {
  const sessions = sessionsFolder(root)
  return onDisk(sessions, async () => {
    // The key is here too, and sessions are private.
    await makeFolder(root, 0o700)
    await makeFolder(sessions)
    const wanted = folderName(now, words)
    for (let number = 1; ; number++) {
      const id = number === 1 ? wanted : `${wanted}-${number}`
      const folder = join(sessions, id)
      try {
        await mkdir(folder)
      } catch (error) {
        if (codeOf(error) !== 'EEXIST' || number > 9999) throw error
        continue
      }
      try {
        const lock: Lock = await lockFolder(folder, now)
        if (lock.kind === 'busy') continue
        await createJournal(folder, now, cwd, major)
        await syncFolder(sessions)
        return { id, lock }
      } catch (error) {
        // This call made the folder, so nothing in it belongs to anyone else.
        await rm(folder, { recursive: true, force: true }).catch(() => {})
        throw error
      }
    }
  })
}

/** The words that a new session's folder is named after. */
function firstWords(fact: Fact): string {
  switch (fact.type) {
    case 'prompted':
      return fact.prompt.text
    case 'brought':
      return basename(fact.name, extname(fact.name))
    case 'titled':
      return fact.title
    case 'queued':
      return fact.waiting.line
    case 'referenced':
      return fact.reference.name
    case 'derived':
    case 'set':
    case 'styled':
    case 'unreferenced':
    case 'reference-changed':
    case 'unqueued':
    case 'answered':
    case 'failed':
    case 'let-go':
    case 'tagged':
    case 'moved':
    case 'left':
      return ''
  }
}

async function setAside(folder: string, name: string): Promise<void> {
  const ending = extname(name)
  for (let number = 2; ; number++) {
    const other = `${name.slice(0, name.length - ending.length)}-${number}${ending}`
    const taken = await access(join(folder, other)).then(
      () => true,
      () => false,
    )
    if (!taken) return onDisk(name, () => rename(join(folder, name), join(folder, other)))
  }
}
