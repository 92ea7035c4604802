import { RequestBody } from './request-body.ts'
import { type Unpacked, unpack } from './response-body.ts'

type Dispatcher = { dispatch(options: object, handler: object): boolean }

/** Where Node keeps the connections of its own fetch. */
const CONNECTIONS = Symbol.for('undici.globalDispatcher.1')

/** Node reads its own fetch when one of its names is first used. */
export function loadFetch(): void {
  Reflect.get(globalThis, 'Headers')
}

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
 * A fetch that puts the images into the request as it goes out, and shows each answer as it came. The SDK passes over
 * what Google says of an answer without an image (`finishMessage`).
 */
export function tapped(seen: (answer: Unpacked) => void, cargo = new RequestBody()): typeof fetch {
  return async (url, init) => {
    const response = await fetch(url, Object.assign({}, init, loaded(init, cargo), { dispatcher: patient }))
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
    const response = await fetch(url, init)
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
