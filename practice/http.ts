import type { ServerResponse } from 'node:http'
import { internal, Refusal } from './errors.ts'

/** Sends a string as HTML, bytes as a file, and everything else as JSON. */
export function send(
  response: ServerResponse,
  status: number,
  body: object | string,
  headers: Record<string, string> = {},
): void {
  const [type, bytes] = bodyOf(body)
  response
    .writeHead(status, { 'content-type': type, 'content-length': Buffer.byteLength(bytes), ...headers })
    .end(bytes)
}

function bodyOf(body: object | string): [type: string, bytes: string | Buffer] {
  if (typeof body === 'string') return ['text/html; charset=UTF-8', body]
  if (Buffer.isBuffer(body)) return ['application/octet-stream', body]
  return ['application/json; charset=UTF-8', JSON.stringify(body)]
}

export function refuse(response: ServerResponse, error: unknown): void {
  if (response.headersSent) return void response.destroy()
  if (error instanceof Refusal) send(response, error.status, error.body)
  else send(response, 500, internal())
}
