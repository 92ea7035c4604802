import type { ServerResponse } from 'node:http'
import { internal, Refusal } from './errors.ts'

/** A string is a page of HTML, bytes are a file, everything else is JSON. */
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

/** Promises the whole and gives half; then the connection is cut, or stays as it is. */
export function half(response: ServerResponse, text: string, cut: boolean): void {
  response.writeHead(200, {
    'content-type': 'application/json; charset=UTF-8',
    'content-length': Buffer.byteLength(text),
  })
  response.write(text.slice(0, Math.ceil(text.length / 2)), () => {
    if (cut) response.socket?.destroy()
  })
}

export function refuse(response: ServerResponse, error: unknown): void {
  if (response.headersSent) return void response.destroy()
  if (error instanceof Refusal) send(response, error.status, error.body)
  else send(response, 500, internal())
}
