type Dispatcher = { dispatch(options: object, handler: object): boolean }

/** Where Node keeps the connections of its own fetch. */
const CONNECTIONS = Symbol.for('undici.globalDispatcher.1')

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
 * A fetch that shows each answer as it came. The SDK passes over what Google says of an answer without an image
 * (`finishMessage`).
 */
export function tapped(seen: (body: unknown) => void): typeof fetch {
  return async (url, init) => {
    const response = await fetch(url, Object.assign({}, init, { dispatcher: patient }))
    const json = response.json.bind(response)
    return Object.assign(response, {
      json: async () => {
        const body: unknown = await json()
        if (response.ok) seen(body)
        return body
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
