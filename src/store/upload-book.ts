import { randomUUID } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import * as z from 'zod'
import { makeFolder, replaceFile } from './files.ts'

/** A file that the server keeps. A request may name it in place of the bytes. */
export type Upload = {
  /** Of the bytes that were sent, which may be a smaller copy. */
  readonly sha256: string
  /** A salted hash of the engine and the key that may name it; the key itself is not kept. */
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

/** The uploads of every limn with this root. They only save work, so a book that cannot be read counts as empty. */
export async function readUploads(root: string): Promise<UploadBook> {
  try {
    return book.parse(JSON.parse(await readFile(fileOf(root), 'utf8')))
  } catch {
    return { salt: randomUUID(), uploads: [] }
  }
}

/** Ignores errors: the only loss is that the next run uploads again. */
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
