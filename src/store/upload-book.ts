import { randomUUID } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import * as z from 'zod'
import { makeFolder, replaceFile } from './files.ts'

/** A file that the server keeps, and a request may name in place of the bytes. */
export type Upload = {
  /** Of the bytes as they were sent, which may be a smaller copy. */
  readonly sha256: string
  /** Who may name it: an engine and a key, of which only a salted hash is kept. */
  readonly owner: string
  /** `files/abc`, as the server calls it. */
  readonly name: string
  readonly uri: string
  readonly mime: string
  /** When the server drops it, as an ISO time. */
  readonly expires: string
}

const upload: z.ZodType<Upload> = z.looseObject({
  sha256: z.string(),
  owner: z.string(),
  name: z.string(),
  uri: z.string(),
  mime: z.string(),
  expires: z.iso.datetime({ offset: true }),
})

const book = z.looseObject({ salt: z.string().min(16), uploads: z.array(upload) })

export type UploadBook = { readonly salt: string; readonly uploads: readonly Upload[] }

/** What is known to be uploaded, by any limn of this root. It only saves work: what cannot be read is nothing. */
export async function readUploads(root: string): Promise<UploadBook> {
  try {
    return book.parse(JSON.parse(await readFile(fileOf(root), 'utf8')))
  } catch {
    return { salt: randomUUID(), uploads: [] }
  }
}

/** What cannot be written is not missed, but for another upload in the next run. */
export async function writeUploads(root: string, { salt, uploads }: UploadBook, now: Date): Promise<void> {
  const live = uploads.filter(({ expires }) => Date.parse(expires) > now.getTime())
  const text = `${JSON.stringify({ salt, uploads: live }, undefined, 2)}\n`
  await makeFolder(root, 0o700)
    .then(() => replaceFile(fileOf(root), Buffer.from(text), 0o600))
    .catch(() => undefined)
}

function fileOf(root: string): string {
  return join(root, 'uploads.json')
}
