import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { readBody } from './body.ts'
import { type Engine, type Options, openEngine } from './engine-state.ts'
import { invalidKey, Refusal, unregistered } from './errors.ts'
import { refuse } from './http.ts'
import { type Route, readRoute } from './route.ts'
import { serve } from './serve.ts'

export type Server = { url: string; close(): Promise<void> }

const MB = 1024 * 1024

/** Serves the protocol on loopback, on a port that the system chooses. */
export async function listen(options: Options = {}): Promise<Server> {
  const engine = openEngine(options)
  const server = createServer((request, response) => {
    const gone = new AbortController()
    response.on('close', () => gone.abort())
    // A client that goes away is not an error, and there is nobody left to answer.
    response.on('error', () => gone.abort())
    answer(request, response, engine, gone.signal).catch((error: unknown) => {
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
    async close() {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()))
      server.closeAllConnections()
      await engine.batches.close()
      await closed
    },
  }
}

async function answer(
  request: IncomingMessage,
  response: ServerResponse,
  engine: Engine,
  gone: AbortSignal,
): Promise<void> {
  const route = readRoute(request.method ?? '', request.url ?? '')
  // Read first: a client that is still sending would see a reset instead of the refusal.
  const body = await readBody(request, limitOf(route))
  checkKey(request, route)
  await serve({ route, request, body, response, engine, gone })
}

/** The largest request that Google accepts, in bytes, with base64: 100 MB, and 20 MB for a batch job. */
function limitOf({ kind }: Route): number {
  if (kind === 'batch') return 20 * MB
  return kind === 'bytes' ? 2048 * MB : 100 * MB
}

/** Vertex takes a bearer token in place of a key. Any key is accepted except `bad-key`. */
function checkKey({ headers }: IncomingMessage, route: Route): void {
  // The address of an upload is itself a secret, and Google asks for no key there.
  if (route.kind === 'bytes') return
  const key = headers['x-goog-api-key'] ?? ''
  if (key === 'bad-key') throw new Refusal(invalidKey())
  const bearer = 'vertex' in route && route.vertex && /^Bearer .+/.test(headers.authorization ?? '')
  if (key === '' && !bearer) throw new Refusal(unregistered())
}
