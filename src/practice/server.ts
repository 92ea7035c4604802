import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { setTimeout as wait } from 'node:timers/promises'
import { readBody } from './body.ts'
import { internal, invalidKey, modelNotFound, Refusal, routeNotFound, unregistered } from './errors.ts'
import { type Fault, faultQueue, parseFaults } from './faults.ts'
import { modelPage, modelResource } from './listing.ts'
import { BEHAVIOUR } from './misbehave.ts'
import { findModel } from './models.ts'
import { parseRequest } from './protocol.ts'
import { reply } from './reply.ts'
import { type Route, readRoute } from './route.ts'

export type Server = { url: string; close(): Promise<void> }

/** Serves the protocol on loopback, on a port that the system chooses. */
export async function listen(options: { faults?: string | undefined } = {}): Promise<Server> {
  const nextFault = faultQueue(parseFaults(options.faults))
  const server = createServer((request, response) => {
    const gone = new AbortController()
    response.on('close', () => gone.abort())
    // A client that goes away is no error of ours, and nothing is left to tell it.
    response.on('error', () => gone.abort())
    answer(request, response, nextFault, gone.signal).catch((error: unknown) => {
      if (!gone.signal.aborted) refuse(response, error)
    })
  })
  server.requestTimeout = 0
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject).listen(0, '127.0.0.1', resolve)
  })
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('The practice engine has no port.')
  return {
    url: `http://127.0.0.1:${address.port}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

async function answer(
  request: IncomingMessage,
  response: ServerResponse,
  nextFault: () => Fault | undefined,
  gone: AbortSignal,
): Promise<void> {
  const route = readRoute(request.method ?? '', request.url ?? '')
  // Read first: a refusal that comes while the client is still sending is lost as a reset connection.
  const body = await readBody(request)
  checkKey(request, route)
  switch (route.kind) {
    case 'unknown':
      throw new Refusal(routeNotFound())
    case 'models':
      return send(response, 200, modelPage(route))
    case 'model': {
      const model = findModel(route.model)
      if (!model) throw new Refusal(modelNotFound(route.model, route.version))
      return send(response, 200, modelResource(model))
    }
    case 'generate':
      return generate(route, body, response, nextFault(), gone)
  }
}

async function generate(
  { model: id, version }: Route & { kind: 'generate' },
  body: string,
  response: ServerResponse,
  fault: Fault | undefined,
  gone: AbortSignal,
): Promise<void> {
  const model = findModel(id)
  if (!model) throw new Refusal(modelNotFound(id, version))
  const behaviour = fault && BEHAVIOUR[fault.name]
  if (behaviour?.kind === 'page') return send(response, behaviour.status, behaviour.html)
  if (behaviour?.kind === 'break' && behaviour.how === 'reset') return void response.socket?.destroy()
  if (behaviour?.kind === 'break' && behaviour.how === 'hang') return
  const request = parseRequest(body)
  const call = { request, model, version }
  if (behaviour?.kind === 'refuse') throw new Refusal(behaviour.body(call))
  if (behaviour?.kind === 'answer') return send(response, 200, behaviour.answer(call))
  if (behaviour?.kind === 'late') await wait((fault?.seconds ?? 0) * 1000, undefined, { signal: gone })
  const normal = await reply(request, model)
  const said = behaviour?.kind === 'spoil' ? await behaviour.spoil(normal, call) : normal
  if (behaviour?.kind === 'break') cut(response, JSON.stringify(said))
  else send(response, 200, said)
}

/** Vertex takes a bearer in place of a key. Any key does here, but for `bad-key`, which is never right. */
function checkKey({ headers }: IncomingMessage, route: Route): void {
  const key = headers['x-goog-api-key'] ?? ''
  if (key === 'bad-key') throw new Refusal(invalidKey())
  const bearer = 'vertex' in route && route.vertex && /^Bearer .+/.test(headers.authorization ?? '')
  if (key === '' && !bearer) throw new Refusal(unregistered())
}

function send(response: ServerResponse, status: number, body: object | string): void {
  const text = typeof body === 'string' ? body : JSON.stringify(body)
  const type = typeof body === 'string' ? 'text/html; charset=UTF-8' : 'application/json; charset=UTF-8'
  response.writeHead(status, { 'content-type': type, 'content-length': Buffer.byteLength(text) }).end(text)
}

function cut(response: ServerResponse, text: string): void {
  const half = text.slice(0, Math.ceil(text.length / 2))
  response.writeHead(200, {
    'content-type': 'application/json; charset=UTF-8',
    'content-length': Buffer.byteLength(text),
  })
  response.write(half, () => response.socket?.destroy())
}

function refuse(response: ServerResponse, error: unknown): void {
  if (response.headersSent) return void response.destroy()
  if (error instanceof Refusal) send(response, error.status, error.body)
  else send(response, 500, internal())
}
