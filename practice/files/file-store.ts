import { createHash } from 'node:crypto'
import { invalidArgument, Refusal } from '../errors.ts'
import { storageFull } from '../quotas.ts'
import { newId, readRecord, type Storage } from '../storage.ts'
import { fileExists, fileGone } from './file-errors.ts'

/** A file as Google shows it. Sizes and times are strings, as always in the JSON of protocol buffers. */
export type File = {
  name: string
  displayName?: string
  mimeType: string
  sizeBytes: string
  createTime: string
  updateTime: string
  expirationTime: string
  /** Base64 of the hexadecimal digest: Google encodes it twice. */
  sha256Hash: string
  uri: string
  state: 'PROCESSING' | 'ACTIVE' | 'FAILED'
  source: 'UPLOADED' | 'GENERATED'
  error?: { code: number; message: string }
}

export type FileMetadata = { name?: string | undefined; displayName?: string | undefined; mimeType: string }

/** Google keeps a file for two days, and accepts at most 2 GB in one file and 20 GB in all. */
const HOURS_KEPT = 48
const LARGEST_FILE = 2 * 1024 ** 3
const STORAGE = 20 * 1024 ** 3

const NAME = /^files\/[a-z0-9](?:[a-z0-9-]{0,38}[a-z0-9])?$/
const HOST = 'https://generativelanguage.googleapis.com'

export class Files {
  readonly #storage: Storage
  readonly #now: () => Date

  constructor(storage: Storage, now: () => Date) {
    this.#storage = storage
    this.#now = now
  }

  /** Checks, before the bytes arrive, that there is room and that the name is free. Throws a Refusal if not. */
  admit({ name }: Pick<FileMetadata, 'name'>, bytes: number): void {
    if (name !== undefined && !NAME.test(name)) {
      throw new Refusal(invalidArgument(`* CreateFileRequest.file.name: ${name} is not a valid file name.\n`))
    }
    if (name !== undefined && this.#find(name)) throw new Refusal(fileExists())
    if (bytes > LARGEST_FILE) {
      throw new Refusal(invalidArgument(`File size ${bytes} exceeds the limit of ${LARGEST_FILE} bytes.`))
    }
    const used = this.list().reduce((sum, file) => sum + Number(file.sizeBytes), 0)
    if (used + bytes > STORAGE) throw new Refusal(storageFull())
  }

  add(metadata: FileMetadata, bytes: Buffer, source: File['source'], version: string): File {
    const name = metadata.name ?? `files/${newId(12)}`
    const now = this.#now()
    const digest = createHash('sha256').update(bytes).digest('hex')
    const file: File = {
      name,
      ...(metadata.displayName !== undefined && { displayName: metadata.displayName }),
      mimeType: metadata.mimeType,
      sizeBytes: String(bytes.length),
      createTime: now.toISOString(),
      updateTime: now.toISOString(),
      expirationTime: new Date(now.getTime() + HOURS_KEPT * 3_600_000).toISOString(),
      sha256Hash: Buffer.from(digest).toString('base64'),
      uri: `${HOST}/${version}/${name}`,
      state: 'ACTIVE',
      source,
    }
    this.#storage.write(`${name}.bin`, bytes)
    this.#storage.write(`${name}.json`, JSON.stringify(file))
    return file
  }

  /** Newest first. */
  list(): File[] {
    return this.#storage
      .names('files')
      .filter((each) => each.endsWith('.json'))
      .flatMap((each) => this.#find(`files/${each.slice(0, -'.json'.length)}`) ?? [])
      .sort((a, b) => b.createTime.localeCompare(a.createTime))
  }

  get(name: string): File {
    const file = this.#find(name)
    if (!file) throw new Refusal(fileGone(name))
    return file
  }

  /** The file and its content, for a request that uses it. */
  read(name: string): { file: File; bytes: Buffer } {
    const file = this.get(name)
    const bytes = this.#storage.read(`${name}.bin`)
    if (!bytes) throw new Refusal(fileGone(name))
    return { file, bytes }
  }

  remove(name: string): void {
    this.get(name)
    this.#forget(name)
  }

  #find(name: string): File | undefined {
    const file = NAME.test(name) ? readRecord<File>(this.#storage, `${name}.json`) : undefined
    if (!file) return undefined
    if (Date.parse(file.expirationTime) > this.#now().getTime()) return file
    this.#forget(name)
    return undefined
  }

  #forget(name: string): void {
    this.#storage.remove(`${name}.json`)
    this.#storage.remove(`${name}.bin`)
  }
}
