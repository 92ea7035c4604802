import type { ServerResponse } from 'node:http'
import { overloaded } from './errors.ts'
import type { FaultOf } from './faults.ts'
import { send } from './http.ts'
import type { Answer } from './protocol.ts'

/** How an answer is sent: all of it, or half of it, after which the connection is cut or left open. */
export type Delivery = {
  response: ServerResponse
  all(answer: Answer): void
  half(answer: Answer, cut: boolean): void
}

export function whole(response: ServerResponse): Delivery {
  return {
    response,
    all: (answer) => send(response, 200, answer),
    half(answer, cut) {
      const text = JSON.stringify(answer)
      const type = 'application/json; charset=UTF-8'
      // Announces the whole length, so that the client can tell that something is missing.
      response.writeHead(200, { 'content-type': type, 'content-length': Buffer.byteLength(text) })
      breakOff(response, text, cut)
    },
  }
}

/** As server-sent events, or without `alt=sse` as one JSON array. */
export function streamed(
  response: ServerResponse,
  sse: boolean,
  fault: FaultOf<'stream'> | undefined,
): Delivery {
  const type = sse ? 'text/event-stream' : 'application/json; charset=UTF-8'
  const textOf = (chunks: readonly object[]) =>
    sse
      ? chunks.map((chunk) => `data: ${JSON.stringify(chunk)}\r\n\r\n`).join('')
      : `[${chunks.map((chunk) => JSON.stringify(chunk)).join(',\r\n')}]`
  return {
    response,
    all(answer) {
      response.writeHead(200, { 'content-type': type }).end(textOf(faulty(chunksOf(answer), fault)))
    },
    half(answer, cut) {
      response.writeHead(200, { 'content-type': type })
      breakOff(response, textOf(chunksOf(answer)), cut)
    },
  }
}

function breakOff(response: ServerResponse, text: string, cut: boolean): void {
  response.write(text.slice(0, Math.ceil(text.length / 2)), () => {
    if (cut) response.socket?.destroy()
  })
}

/** One event for each part, a whole image in one event; the last has an empty text and the finish reason. */
function chunksOf(answer: Answer): Answer[] {
  const { candidates, ...rest } = answer
  const [{ content, ...end } = { index: 0 }] = candidates ?? []
  const parts = content?.parts ?? []
  if (parts.length === 0) return [answer]
  const chunk = (part: (typeof parts)[number], more: object = {}): Answer => ({
    candidates: [{ content: { ...content, parts: [part] }, index: 0, ...more }],
    ...rest,
  })
  return [...parts.map((part) => chunk(part)), chunk({ text: '' }, end)]
}

function faulty(chunks: readonly Answer[], fault: FaultOf<'stream'> | undefined): object[] {
  switch (fault) {
    case undefined:
      return [...chunks]
    case 'stream-error':
      return [...chunks.slice(0, 1), overloaded()]
    case 'stream-usage': {
      const { candidates: _, ...usage } = chunks.at(-1) ?? {}
      return [...chunks, usage]
    }
  }
}
