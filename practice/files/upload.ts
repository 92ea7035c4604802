import type { IncomingMessage } from 'node:http'
import * as z from 'zod'
import { Refusal } from '../errors.ts'
import { parseJson, parseShape } from '../protocol.ts'
import { newId } from '../storage.ts'
import { uploadGone, uploadOffset } from './file-errors.ts'
import type { File, FileMetadata, Files } from './file-store.ts'

const Start = z.strictObject({
  file: z
    .strictObject({
      name: z.string().optional(),
      displayName: z.string().optional(),
      mimeType: z.string().optional(),
      sizeBytes: z.union([z.string(), z.number()]).optional(),
    })
    .optional(),
})

/** An upload in progress. Its bytes stay in memory until all have arrived. */
type Upload = {
  metadata: FileMetadata
  version: string
  size: number | undefined
  chunks: Buffer[]
  received: number
}

/** The state of an upload after a request. */
export type Step =
  | { status: 'active'; received: number }
  | { status: 'cancelled' }
  | { status: 'final'; file: File }

/** The chunk size must be a multiple of this, in bytes. */
const GRANULARITY = String(8 * 1024 * 1024)

/**
 * Google's resumable upload: `start` names the file and gets an address, to which the client sends the bytes in chunks,
 * the last one with `finalize`. After a broken connection, `query` asks how much has arrived.
 */
export class Uploads {
  readonly #open = new Map<string, Upload>()
  readonly #files: Files

  constructor(files: Files) {
    this.#files = files
  }

  /** Returns the headers that say where to send the bytes. */
  start(request: IncomingMessage, body: Buffer, version: string): Record<string, string> {
    const { file = {} } = parseShape(Start, body.length > 0 ? parseJson(body.toString('utf8')) : {})
    const declared = header(request, 'header-content-length')
    const size = declared === undefined ? undefined : Number(declared)
    const mimeType = file.mimeType ?? header(request, 'header-content-type') ?? 'application/octet-stream'
    this.#files.admit(file, size ?? 0)
    const id = newId(36)
    const metadata = { name: file.name, displayName: file.displayName, mimeType }
    this.#open.set(id, { metadata, version, size, chunks: [], received: 0 })
    const query = `upload_id=${id}&upload_protocol=resumable`
    return {
      'x-goog-upload-status': 'active',
      'x-goog-upload-url': `http://${request.headers.host}/upload/${version}/files?${query}`,
      'x-goog-upload-chunk-granularity': GRANULARITY,
    }
  }

  receive(id: string, request: IncomingMessage, body: Buffer): Step {
    const upload = this.#open.get(id)
    if (!upload) throw new Refusal(uploadGone())
    const commands = (header(request, 'command') ?? '').split(/[ ,]+/)
    if (commands.includes('cancel')) {
      this.#open.delete(id)
      return { status: 'cancelled' }
    }
    if (commands.includes('upload')) {
      const offset = Number(header(request, 'offset') ?? 0)
      if (offset !== upload.received) throw new Refusal(uploadOffset(offset, upload.received))
      upload.chunks.push(body)
      upload.received += body.length
    }
    if (!commands.includes('finalize')) return { status: 'active', received: upload.received }
    if (upload.size !== undefined && upload.received !== upload.size) {
      throw new Refusal(uploadOffset(upload.size, upload.received))
    }
    this.#open.delete(id)
    const bytes = Buffer.concat(upload.chunks)
    return { status: 'final', file: this.#files.add(upload.metadata, bytes, 'UPLOADED', upload.version) }
  }
}

function header({ headers }: IncomingMessage, name: string): string | undefined {
  const value = headers[`x-goog-upload-${name}`]
  return Array.isArray(value) ? value[0] : value
}
