// A proxy in front of an engine that counts requests and their bytes.
import {
  createServer,
  request as forward,
  type IncomingMessage,
  type Server,
  type ServerResponse,
} from 'node:http'

export type Counted = {
  /** The path with its query. */
  readonly path: string
  /** Bytes of the body. */
  readonly sent: number
  readonly received: number
}

export type Proxy = { readonly url: string; readonly counted: Counted[]; close(): void }

export async function proxyTo(engine: string): Promise<Proxy> {
  const counted: Counted[] = []
  const proxy = createServer(
    (request, response) => void pass(request, response).catch(() => response.destroy()),
  )
  await new Promise<void>((done) => proxy.listen(0, '127.0.0.1', done))
  return {
    url: `http://127.0.0.1:${portOf(proxy)}`,
    counted,
    close: () => {
      proxy.closeAllConnections()
      proxy.close()
    },
  }

  async function pass(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await bytesOf(request)
    const { host: _, ...headers } = request.headers
    const answer = await new Promise<IncomingMessage>((done, fail) => {
      const on = forward(`${engine}${request.url}`, { method: request.method ?? 'GET', headers }, done)
      on.on('error', fail)
      on.end(body)
    })
    const received = await bytesOf(answer)
    counted.push({ path: request.url ?? '', sent: body.length, received: received.length })
    response.writeHead(answer.statusCode ?? 500, answer.headers)
    response.end(received)
  }
}

async function bytesOf(stream: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = []
  for await (const chunk of stream) chunks.push(chunk as Buffer)
  return Buffer.concat(chunks)
}

function portOf(server: Server): number {
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('The proxy has no port.')
  return address.port
}
