import type { File, GoogleGenAI } from '@google/genai'
import type { Clock } from '../host/clock.ts'
import type { Copy } from '../image/resize.ts'
import { sha256Of } from '../store/files.ts'
import { ownerOf, readUploads, type Upload, type UploadBook, writeUploads } from '../store/upload-book.ts'
import type { Engine } from './engine.ts'

/** Google keeps a file for 48 h; one that has less than this left, in milliseconds, is uploaded again. */
const MARGIN = 3_600_000

/** What is taken where the server does not say until when it keeps a file, in milliseconds. */
const KEPT = 47 * 3_600_000

/** Seconds that one upload may take, and times that a file is looked at until it is ready, a second apart. */
const PATIENCE = 120
const LOOKS = 10

/** Refusals of uploaded files after which they go inside the requests for good. */
const REFUSALS = 2

/** Uploaded files, by the name of the session's file. */
export type UploadedFiles = ReadonlyMap<string, Upload>

export const NO_UPLOADED_FILES: UploadedFiles = new Map()

export type UploadWorld = {
  readonly root: string
  readonly clock: Pick<Clock, 'now' | 'sleep'>
  readonly signal: AbortSignal
}

export type Linked =
  /** `fresh`: it has been uploaded just now. */
  | { readonly kind: 'link'; readonly upload: Upload; readonly fresh: boolean }
  | { readonly kind: 'inline' }
  /** Uploads are off from here on. */
  | { readonly kind: 'failed'; readonly why: string }

/** The Files API of one engine, for one key: what has been uploaded, and what is to be. */
export class Uploads {
  readonly #engine: Engine
  readonly #key: string
  readonly #client: () => Promise<GoogleGenAI>
  readonly #why: (error: unknown) => string
  /** Under way, by the hash of their bytes: lines that run side by side upload nothing twice. */
  readonly #underWay = new Map<string, Promise<Linked>>()
  #written: Promise<unknown> = Promise.resolve()
  #refused = 0
  #failed = false

  constructor(
    engine: Engine,
    key: string,
    client: () => Promise<GoogleGenAI>,
    why: (error: unknown) => string,
  ) {
    this.#engine = engine
    this.#key = key
    this.#client = client
    this.#why = why
  }

  /** Vertex AI has no Files API, and another server may take a file's name for a word and draw without the image. */
  get on(): boolean {
    const { kind } = this.#engine
    return !this.#failed && this.#refused < REFUSALS && (kind === 'gemini' || kind === 'practice')
  }

  /** The uploaded file of these bytes. Only `wanted` ones are uploaded where there is none yet. */
  async link(copy: Copy, wanted: boolean, world: UploadWorld): Promise<Linked> {
    const hash = await sha256Of(copy.bytes)
    const kept = this.#find(await readUploads(world.root), hash, world.clock.now())
    if (kept) return { kind: 'link', upload: kept, fresh: false }
    const underWay = this.#underWay.get(hash)
    if (underWay) {
      const linked = await underWay
      return linked.kind === 'link' ? { ...linked, fresh: false } : { kind: 'inline' }
    }
    if (!wanted || !this.on) return { kind: 'inline' }
    const made = this.#make(copy, hash, world).finally(() => this.#underWay.delete(hash))
    this.#underWay.set(hash, made)
    return made
  }

  /** The server has refused requests that name these. */
  async forget(
    names: ReadonlySet<string>,
    { root, clock }: Pick<UploadWorld, 'root' | 'clock'>,
  ): Promise<void> {
    this.#refused += 1
    await this.#change(root, clock.now(), (uploads) => uploads.filter(({ name }) => !names.has(name)))
  }

  async #make({ bytes, mime }: Copy, hash: string, world: UploadWorld): Promise<Linked> {
    const { root, clock } = world
    const signal = AbortSignal.any([world.signal, AbortSignal.timeout(PATIENCE * 1000)])
    try {
      const file = await until(signal, this.#upload(bytes, mime, hash, { ...world, signal }))
      const expires = file.expirationTime ?? new Date(clock.now().getTime() + KEPT).toISOString()
      const found = { sha256: hash, name: file.name ?? '', uri: file.uri ?? '', mime, expires }
      const { owner } = await this.#change(root, clock.now(), (uploads, owner) => [
        ...uploads.filter((one) => one.sha256 !== hash || one.owner !== owner),
        { ...found, owner },
      ])
      return { kind: 'link', upload: { ...found, owner }, fresh: true }
    } catch (error) {
      if (world.signal.aborted) return { kind: 'inline' }
      this.#failed = true
      return { kind: 'failed', why: this.#why(error) }
    }
  }

  async #upload(
    bytes: Uint8Array,
    mime: string,
    hash: string,
    { clock, signal }: UploadWorld,
  ): Promise<File> {
    const client = await this.#client()
    const blob = new Blob([new Uint8Array(bytes)], { type: mime })
    const config = { mimeType: mime, displayName: `limn ${hash.slice(0, 12)}` }
    let file = await client.files.upload({ file: blob, config })
    for (let looks = 0; file.state === 'PROCESSING' && looks < LOOKS && !signal.aborted; looks++) {
      await clock.sleep(1, signal)
      file = await client.files.get({ name: file.name ?? '' })
    }
    if (file.state === 'PROCESSING') throw new Error('the server is still at work on it')
    if (file.state === 'FAILED') throw new Error(`the server says: ${file.error?.message ?? 'failed'}`)
    if (!file.name || !file.uri) throw new Error('the server gave it no name')
    return file
  }

  #find(book: UploadBook, hash: string, now: Date): Upload | undefined {
    const owner = ownerOf(book, this.#engine.id, this.#key)
    return book.uploads.find(
      (one) => one.sha256 === hash && one.owner === owner && Date.parse(one.expires) - now.getTime() > MARGIN,
    )
  }

  /** Reads, changes and writes the book, one change after another. */
  #change(
    root: string,
    now: Date,
    make: (uploads: readonly Upload[], owner: string) => readonly Upload[],
  ): Promise<{ readonly owner: string }> {
    const done = this.#written.then(async () => {
      const book = await readUploads(root)
      const owner = ownerOf(book, this.#engine.id, this.#key)
      await writeUploads(root, { ...book, uploads: make(book.uploads, owner) }, now)
      return { owner }
    })
    this.#written = done
    return done
  }
}

/** The SDK takes no signal for an upload: what nobody waits for any more ends by itself. */
export function until<T>(signal: AbortSignal, work: Promise<T>): Promise<T> {
  return new Promise((done, fail) => {
    const late = () => fail(new Error('it took too long'))
    signal.addEventListener('abort', late, { once: true })
    // A signal that has fired does not fire again.
    if (signal.aborted) late()
    work.then(done, fail)
  })
}
