import type { IncomingMessage } from 'node:http'
import * as z from 'zod'
import { Refusal } from '../errors.ts'
import { parseJson, parseShape } from '../protocol.ts'
import { newId } from '../storage.ts'
import { uploadGone, uploadOffset } from './file-errors.ts'
import type { Asked, File, Files } from './file-store.ts'

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

/** An upload that has begun. Its bytes stay in memory until the last of them is there. */
type Upload = { asked: Asked; version: string; size: number | undefined; chunks: Buffer[]; received: number }

/** How an upload stands after a request. */
export type Step =
  | { status: 'active'; received: number }
  | { status: 'cancelled' }
  | { status: 'final'; file: File }

/** Google counts chunks in multiples of this, in bytes. */
const GRANULARITY = String(8 * 1024 * 1024)

/**
 * Google's resumable upload: `start` names the file and is answered by an address, to which the bytes go in chunks,
 * the last one with `finalize`. `query` asks how much has come, after a connection has broken.
 */
export class Uploads {
  readonly #open = new Map<string, Upload>()
  readonly #files: Files

  constructor(files: Files) {
    this.#files = files
  }

  /** Returns the headers that tell where the bytes are to go. */
  start(request: IncomingMessage, body: Buffer, version: string): Record<string, string> {
    const { file = {} } = parseShape(Start, body.length > 0 ? parseJson(body.toString('utf8')) : {})
    const declared = header(request, 'header-content-length')
    const size = declared === undefined ? undefined : Number(declared)
    const mimeType = file.mimeType ?? header(request, 'header-content-type') ?? 'application/octet-stream'
    this.#files.admit(file, size ?? 0)
    const id = newId(36)
    const asked = { name: file.name, displayName: file.displayName, mimeType }
    this.#open.set(id, { asked, version, size, chunks: [], received: 0 })
    const query = `upload_id=${id}&upload_protocol=resumable`
    return {
      'x-goog-upload-status': 'active',
      'x-goog-upload-url': `http://${request.headers.host}/upload/${version}/files?${query}`,
      'x-goog-upload-chunk-granularity': GRANULARITY,
    }
  }

  go(id: string, request: IncomingMessage, body: Buffer): Step {
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
    return { status: 'final', file: this.#files.add(upload.asked, bytes, 'UPLOADED', upload.version) }
  }
}

function header({ headers }: IncomingMessage, name: string): string | undefined {
  const value = headers[`x-goog-upload-${name}`]
  return Array.isArray(value) ? value[0] : value
}
