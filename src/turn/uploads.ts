import type { Chat } from '../gemini/chat.ts'
import type { Clock } from '../host/clock.ts'
import type { Copy } from '../image/resize.ts'
import { sha256Of } from '../store/files.ts'
import { readUploads, type Upload, type UploadBook, writeUploads } from '../store/upload-book.ts'

/** Google keeps a file for 48 h. One with less than this left, in milliseconds, is uploaded again. */
const MARGIN = 3_600_000

/** How long a file is assumed to be kept when the server does not say, in milliseconds. */
const KEPT = 47 * 3_600_000

/** Seconds that one upload may take, and most checks whether its file is ready, a second apart. */
const UPLOAD_TIMEOUT = 120
const LOOKS = 10

/** After so many refusals of uploaded files, images are always sent inside the requests. */
const REFUSALS = 2

export type UploadContext = {
  readonly root: string
  readonly clock: Pick<Clock, 'now' | 'sleep'>
  readonly signal: AbortSignal
}

export type Linked =
  /** `fresh`: it was uploaded just now. */
  | { readonly kind: 'link'; readonly upload: Upload; readonly fresh: boolean }
  | { readonly kind: 'inline' }
  /** The upload failed; no more are tried. */
  | { readonly kind: 'failed'; readonly why: string }

/** Uploads the images that one chat sends again and again, and knows those that are uploaded. */
export class Uploads {
  readonly #chat: Chat
  /** Running uploads by the hash of their bytes, so that lines that run side by side upload nothing twice. */
  readonly #underWay = new Map<string, Promise<Linked>>()
  #written: Promise<unknown> = Promise.resolve()
  #refused = 0
  #failed = false

  constructor(chat: Chat) {
    this.#chat = chat
  }

  /** Off for other servers of the protocol, which may ignore a file's name and draw without the image. */
  get on(): boolean {
    const { files, engine } = this.#chat
    return files !== undefined && engine.kind !== 'server' && !this.#failed && this.#refused < REFUSALS
  }

  /** The uploaded file with these bytes. If there is none yet, it is uploaded when `wanted`. */
  async link(copy: Pick<Copy, 'bytes' | 'mime'>, wanted: boolean, context: UploadContext): Promise<Linked> {
    const hash = await sha256Of(copy.bytes)
    const kept = this.#find(await readUploads(context.root), hash, context.clock.now())
    if (kept) return { kind: 'link', upload: kept, fresh: false }
    const underWay = this.#underWay.get(hash)
    if (underWay) {
      const linked = await underWay
      return linked.kind === 'link' ? { ...linked, fresh: false } : { kind: 'inline' }
    }
    if (!wanted || !this.on) return { kind: 'inline' }
    const made = this.#make(copy, hash, context).finally(() => this.#underWay.delete(hash))
    this.#underWay.set(hash, made)
    return made
  }

  /** Forgets files that the server has refused. */
  async forget(
    names: ReadonlySet<string>,
    { root, clock }: Pick<UploadContext, 'root' | 'clock'>,
  ): Promise<void> {
    this.#refused += 1
    await this.#change(root, clock.now(), (uploads) => uploads.filter(({ name }) => !names.has(name)))
  }

  async #make(
    { bytes, mime }: Pick<Copy, 'bytes' | 'mime'>,
    hash: string,
    context: UploadContext,
  ): Promise<Linked> {
    const { root, clock, signal } = context
    const { files } = this.#chat
    if (!files) return { kind: 'inline' }
    const name = `limn ${hash.slice(0, 12)}`
    const options = { clock, signal, seconds: UPLOAD_TIMEOUT, looks: LOOKS }
    const uploaded = await files.upload({ bytes, mime, name }, options)
    if (!uploaded.ok) {
      if (signal.aborted) return { kind: 'inline' }
      this.#failed = true
      return { kind: 'failed', why: uploaded.why }
    }
    const { expires = new Date(clock.now().getTime() + KEPT).toISOString(), ...file } = uploaded.value
    const found = { ...file, sha256: hash, expires }
    const { owner } = await this.#change(root, clock.now(), (uploads, owner) => [
      ...uploads.filter((one) => one.sha256 !== hash || one.owner !== owner),
      { ...found, owner },
    ])
    return { kind: 'link', upload: { ...found, owner }, fresh: true }
  }

  #find(book: UploadBook, hash: string, now: Date): Upload | undefined {
    const owner = this.#owner(book)
    return book.uploads.find(
      (one) => one.sha256 === hash && one.owner === owner && Date.parse(one.expires) - now.getTime() > MARGIN,
    )
  }

  #owner({ salt }: UploadBook): string {
    return this.#chat.files?.owner(salt) ?? ''
  }

  /** Reads, changes and writes the book of uploads, one change after another. */
  #change(
    root: string,
    now: Date,
    make: (uploads: readonly Upload[], owner: string) => readonly Upload[],
  ): Promise<{ readonly owner: string }> {
    const done = this.#written.then(async () => {
      const book = await readUploads(root)
      const owner = this.#owner(book)
      await writeUploads(root, { ...book, uploads: make(book.uploads, owner) }, now)
      return { owner }
    })
    this.#written = done
    return done
  }
}
