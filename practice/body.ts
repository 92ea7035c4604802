import type { IncomingMessage } from 'node:http'
import { Refusal, tooLarge } from './errors.ts'

/** Reads to the end even past the limit: a client that is still sending would see a reset, not the answer. */
export async function readBody(request: IncomingMessage, limit: number): Promise<Buffer> {
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length
    if (size <= limit) chunks.push(chunk)
    else chunks.length = 0
  }
  if (size > limit) throw new Refusal(tooLarge(limit))
  return Buffer.concat(chunks)
}
