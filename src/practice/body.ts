import type { IncomingMessage } from 'node:http'
import { Refusal, tooLarge } from './errors.ts'

/** Google takes 100 MB in one request, base64 counted. */
const LIMIT = 100 * 1024 * 1024

/** Reads to the end even when it is too much: a client that is still sending would see a reset, not the answer. */
export async function readBody(request: IncomingMessage, limit = LIMIT): Promise<string> {
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length
    if (size <= limit) chunks.push(chunk)
    else chunks.length = 0
  }
  if (size > limit) throw new Refusal(tooLarge())
  return Buffer.concat(chunks).toString('utf8')
}
