import { Redirected, redirectOf } from './redirected.ts'
import { RequestBody } from './request-body.ts'
import { type Unpacked, unpack } from './response-body.ts'

type Dispatcher = { dispatch(options: object, handler: object): boolean }

/** Where Node keeps the connections of its own fetch. */
const CONNECTIONS = Symbol.for('undici.globalDispatcher.1')

/** Node reads its own fetch when one of its names is first used. */
export function loadFetch(): void {
  Reflect.get(globalThis, 'Headers')
}

/** Redirects of one request that are followed at most. */
const HOPS = 5

/**
 * Node gives up on an answer after 300 s by itself. The SDK takes that away, but not where it is given a fetch; limn
 * has a time of its own.
 */
const patient: Dispatcher = {
  dispatch(options, handler) {
    const node: Dispatcher | undefined = Reflect.get(globalThis, CONNECTIONS)
    if (!node) throw new Error('This Node has no connections to use.')
    return node.dispatch({ ...options, headersTimeout: 0, bodyTimeout: 0 }, handler)
  },
}

/**
 * Every call of limn's goes out here. The key, the prompt and the images go to no address but the one that the user
 * has named: a redirect is an error that names its target, but for a question without a body on the same server, such
 * as the download of a file, which may be kept under another path.
 */
async function send(
  input: Parameters<typeof fetch>[0],
  init: RequestInit = {},
  more: object = { dispatcher: patient },
): Promise<Response> {
  let address = new URL(input instanceof Request ? input.url : input)
  for (let hops = 0; ; hops++) {
    const options: RequestInit = { ...init, redirect: 'manual' }
    const response = await fetch(address, Object.assign(options, more))
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
export function tapped(seen: (answer: Unpacked) => void, cargo = new RequestBody()): typeof fetch {
  return async (url, init) => {
    const response = await send(url, Object.assign({}, init, loaded(init, cargo)))
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
export function handedOver(take: (body: ReadableStream<Uint8Array>) => void): typeof fetch {
  return async (url, init) => {
    const response = await send(url, init, {})
    if (!response.ok || !response.body) return response
    take(response.body)
    return new Response('', { status: response.status })
  }
}

/** With its length told, since not every server takes a body in pieces without. */
function loaded({ body, headers }: RequestInit = {}, cargo: RequestBody): object {
  if (cargo.empty || typeof body !== 'string') return {}
  const { length, pieces } = cargo.unload(body)
  const all = new Headers(headers)
  all.set('content-length', String(length))
  return { headers: all, body: ReadableStream.from(pieces), duplex: 'half' }
}
