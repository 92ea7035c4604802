import { onOwnConnection } from '../host/call-connection.ts'
import { Redirected, redirectOf } from './redirected.ts'
import { RequestBody } from './request-body.ts'
import { type Unpacked, unpack } from './response-body.ts'

/** The part of undici's handler that is used here: its connections call it while an answer comes. */
type Handler = {
  onData(chunk: Uint8Array): unknown
  onError(error: unknown): void
}

type Dispatcher = { dispatch(options: object, handler: Handler): boolean }

/** Node's name for the dispatcher of its own fetch. */
const CONNECTIONS = Symbol.for('undici.globalDispatcher.1')

/** Node loads its fetch when one of its globals is first read. */
export function loadFetch(): void {
  Reflect.get(globalThis, 'Headers')
}

/** Most redirects that one request follows. */
const HOPS = 5

type Reading =
  /** The whole answer is read as it comes, without a timeout of Node's: limn has its own. */
  | 'whole'
  /** The answer comes as fast as it is read, and Node fails when nothing has come for 300 s. */
  | 'in-pieces'

/**
 * Gives every call a connection of its own, so that an error on it fails one call only. It also sets how long Node
 * waits, since the SDK does not when it is given a fetch.
 */
function connections(reading: Reading): Dispatcher {
  return {
    dispatch(options, handler) {
      const node: Dispatcher | undefined = Reflect.get(globalThis, CONNECTIONS)
      if (!node) throw new Error('This Node has no connections to use.')
      const own = { ...options, reset: true }
      if (reading === 'in-pieces') {
        return onOwnConnection(
          (error) => handler.onError(error),
          () => node.dispatch(own, handler),
        )
      }
      const eager = unpaused(handler)
      return onOwnConnection(
        (error) => eager.onError(error),
        () => node.dispatch({ ...own, headersTimeout: 0, bodyTimeout: 0 }, eager),
      )
    },
  }
}

/**
 * A handler that never pauses its connection. When a paused connection ends, as after an answer in gzip, Node 22 and 24
 * lose the rest of the answer or throw an AssertionError that cannot be caught.
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
 * Sends every request of limn. The key, the prompt and the images are only sent to the address that the user has set: a
 * redirect is an error that names its target. The exception is a GET on the same server, such as the download of a file
 * that is kept under another path. Answers are requested uncompressed, not in gzip.
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

/** A fetch for calls whose answers the SDK reads itself. */
export const wireFetch: typeof fetch = (input, init) => send(input, init)

/**
 * A fetch that puts the images into the request while it is sent, and gives each answer to `seen` as it came. The SDK
 * leaves out what Google says about an answer without an image (`finishMessage`).
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
 * A fetch that gives the body of an answer to `take` as it comes, and an empty body to the SDK. The SDK would pipe the
 * body into a file, and a connection that breaks in the middle would end the process.
 */
export function streamingFetch(take: (body: ReadableStream<Uint8Array>) => void): typeof fetch {
  return async (url, init) => {
    const response = await send(url, init, inPieces)
    if (!response.ok || !response.body) return response
    take(response.body)
    return new Response('', { status: response.status })
  }
}

/** The request with the images in its body, and with its length: some servers reject a chunked body. */
function withImages({ body, headers }: RequestInit = {}, images: RequestBody): object {
  if (images.empty || typeof body !== 'string') return {}
  const { length, pieces } = images.assemble(body)
  const all = new Headers(headers)
  all.set('content-length', String(length))
  return { headers: all, body: ReadableStream.from(pieces), duplex: 'half' }
}
