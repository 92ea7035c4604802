import { onItsOwnConnection } from '../host/own-connection.ts'
import { Redirected, redirectOf } from './redirected.ts'
import { RequestBody } from './request-body.ts'
import { type Unpacked, unpack } from './response-body.ts'

/** What Node's fetch gives its connections, and what they call while an answer comes. */
type Handler = {
  onData(chunk: Uint8Array): unknown
  onError(error: unknown): void
}

type Dispatcher = { dispatch(options: object, handler: Handler): boolean }

/** Where Node keeps the connections of its own fetch. */
const CONNECTIONS = Symbol.for('undici.globalDispatcher.1')

/** Node reads its own fetch when one of its names is first used. */
export function loadFetch(): void {
  Reflect.get(globalThis, 'Headers')
}

/** Redirects of one request that are followed at most. */
const HOPS = 5

type Reading =
  /** All of it is taken as it comes, however long it takes: limn has a time of its own. */
  | 'whole'
  /** It comes as fast as it is read, and Node gives up when nothing has come for 300 s. */
  | 'in-pieces'

/**
 * Connections of which each serves one call, so that what goes wrong on one has one call to fail. In the SDK's place
 * limn says how long Node waits, since the SDK does not where it is given a fetch.
 */
function connections(reading: Reading): Dispatcher {
  return {
    dispatch(options, handler) {
      const node: Dispatcher | undefined = Reflect.get(globalThis, CONNECTIONS)
      if (!node) throw new Error('This Node has no connections to use.')
      const own = { ...options, reset: true }
      if (reading === 'in-pieces') {
        return onItsOwnConnection(
          (error) => handler.onError(error),
          () => node.dispatch(own, handler),
        )
      }
      const eager = unpaused(handler)
      return onItsOwnConnection(
        (error) => eager.onError(error),
        () => node.dispatch({ ...own, headersTimeout: 0, bodyTimeout: 0 }, eager),
      )
    },
  }
}

/**
 * Never asks for a pause. When a connection ends while it is paused, as behind an answer in gzip, Node 22 and 24 lose
 * the rest of the answer, or throw an AssertionError that nobody can catch.
 */
function unpaused(handler: Handler): Handler {
  return Object.assign(Object.create(handler), {
    onData(this: Handler, chunk: Uint8Array) {
      handler.onData.call(this, chunk)
      return true
    },
  })
}

const whole = connections('whole')
const inPieces = connections('in-pieces')

/**
 * Every call of limn's goes out here. The key, the prompt and the images go to no address but the one that the user
 * has named: a redirect is an error that names its target, but for a question without a body on the same server, such
 * as the download of a file, which may be kept under another path. Answers are asked for as they are, not in gzip.
 */
async function send(
  input: Parameters<typeof fetch>[0],
  init: RequestInit = {},
  dispatcher = whole,
): Promise<Response> {
  let address = new URL(input instanceof Request ? input.url : input)
  const headers = new Headers(init.headers)
  headers.set('accept-encoding', 'identity')
  for (let hops = 0; ; hops++) {
    const options: RequestInit = { ...init, headers, redirect: 'manual' }
    const response = await fetch(address, Object.assign(options, { dispatcher }))
    const to = redirectOf(response, address)
    if (!to) return response
    await response.body?.cancel()
    const here = to.origin === address.origin && (init.method ?? 'GET') === 'GET'
    if (!here || hops === HOPS) throw new Redirected(to)
    address = to
  }
}

/** For calls whose answers the SDK reads itself. */
export const wireFetch: typeof fetch = (input, init) => send(input, init)

/**
 * A fetch that puts the images into the request as it goes out, and shows each answer as it came. The SDK passes over
 * what Google says of an answer without an image (`finishMessage`).
 */
export function observingFetch(seen: (answer: Unpacked) => void, images = new RequestBody()): typeof fetch {
  return async (url, init) => {
    const response = await send(url, Object.assign({}, init, withImages(init, images)))
    const json = response.json.bind(response)
    return Object.assign(response, {
      json: async () => {
        if (!response.ok || !response.body) return json()
        const answer = await unpack(response.body)
        seen(answer)
        return answer.body
      },
    })
  }
}

/**
 * A fetch that gives the body of an answer away as it comes, and an empty one to the SDK: that would pipe it into a
 * file, and a connection that breaks in the middle would end the process.
 */
export function streamingFetch(take: (body: ReadableStream<Uint8Array>) => void): typeof fetch {
  return async (url, init) => {
    const response = await send(url, init, inPieces)
    if (!response.ok || !response.body) return response
    take(response.body)
    return new Response('', { status: response.status })
  }
}

/** With its length told, since not every server takes a body in pieces without. */
function withImages({ body, headers }: RequestInit = {}, images: RequestBody): object {
  if (images.empty || typeof body !== 'string') return {}
  const { length, pieces } = images.assemble(body)
  const all = new Headers(headers)
  all.set('content-length', String(length))
  return { headers: all, body: ReadableStream.from(pieces), duplex: 'half' }
}
