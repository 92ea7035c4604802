import { createServer, type IncomingHttpHeaders } from 'node:http'
import { onTestFinished } from 'vitest'

type Part = {
  readonly text?: string
  readonly inlineData?: { readonly mimeType: string; readonly data: string }
  readonly fileData?: { readonly mimeType: string; readonly fileUri: string }
  readonly thoughtSignature?: string
}

export type Request = {
  readonly method: string
  readonly path: string
  readonly headers: IncomingHttpHeaders
  /** Of the body. */
  readonly bytes: number
  readonly body: {
    readonly contents: readonly { readonly role: string; readonly parts: readonly Part[] }[]
    readonly generationConfig?: {
      readonly responseModalities?: readonly string[]
      readonly imageConfig?: { readonly aspectRatio?: string; readonly imageSize?: string }
    }
  }
}

type Answer = {
  readonly status: number
  readonly type: string
  readonly text: string
  readonly headers?: Readonly<Record<string, string>>
}

async function serve(answer: (path: string, init: RequestInit, request: Request) => Promise<Answer>) {
  const requests: Request[] = []
  const server = createServer(async (incoming, response) => {
    const chunks: Uint8Array[] = []
    for await (const chunk of incoming) chunks.push(chunk)
    const bytes = Buffer.concat(chunks)
    const body = bytes.toString()
    const { method = '', url: path = '', headers } = incoming
    const request: Request = {
      method,
      path,
      headers,
      bytes: bytes.length,
      body: body.startsWith('{') ? JSON.parse(body) : { contents: [] },
    }
    requests.push(request)
    const kept = Object.entries(headers).flatMap(([name, value]) =>
      /^(?:content-type|x-goog-api-key|authorization|x-goog-upload-.*)$/.test(name)
        ? [[name, String(value)] as [string, string]]
        : [],
    )
    const init = { method, headers: kept, ...(bytes.length === 0 ? {} : { body: bytes }) }
    try {
      const { status, type, text, headers: more = {} } = await answer(path, init, request)
      response.writeHead(status, { 'content-type': type, ...more }).end(text)
    } catch {
      // A break on one side breaks the other.
      response.destroy()
    }
  })
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready))
  onTestFinished(
    () =>
      new Promise<void>((done) => {
        server.close(() => done())
        server.closeAllConnections()
      }),
  )
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('no port')
  return { url: `http://127.0.0.1:${address.port}`, requests }
}

/** A proxy between limn and an engine that records every request. */
export function wiretap(engine: string, seen: (path: string) => void = () => {}) {
  return serve(async (path, init) => {
    seen(path)
    return passOn(engine + path, init)
  })
}

async function passOn(url: string, init: RequestInit): Promise<Answer> {
  const reply = await fetch(url, init)
  const upload = [...reply.headers].filter(([name]) => name.startsWith('x-goog-upload-'))
  const type = reply.headers.get('content-type') ?? ''
  return { status: reply.status, type, text: await reply.text(), headers: Object.fromEntries(upload) }
}

/** An engine whose server refuses some requests, or changes its answers. */
export function crooked(
  engine: string,
  {
    refuse = () => undefined,
    change = (text) => text,
  }: {
    readonly refuse?: (request: Request) => { readonly status: number; readonly body: object } | undefined
    readonly change?: (text: string, request: Request) => string | Promise<string>
  },
) {
  return serve(async (path, init, request) => {
    const refusal = refuse(request)
    if (refusal)
      return { status: refusal.status, type: 'application/json', text: JSON.stringify(refusal.body) }
    const answer = await passOn(engine + path, init)
    return { ...answer, text: await change(answer.text, request) }
  })
}

/** An engine that answers every call with the same thing. */
export function answering(status: number, body: object | string) {
  const text = typeof body === 'string' ? body : JSON.stringify(body)
  return serve(async () => ({
    status,
    type: typeof body === 'string' ? 'text/html' : 'application/json',
    text,
  }))
}

/** A server that redirects every call to another address. */
export function redirecting(status: number, to: (path: string) => string) {
  return serve(async (path) => ({
    status,
    type: 'text/plain',
    text: 'elsewhere',
    headers: { location: to(path) },
  }))
}

/** A proxy before an engine that holds every call until it is released. */
export async function gate(engine: string) {
  const held: (() => void)[] = []
  const waiting: (() => void)[] = []
  const { url, requests } = await serve(async (path, init) => {
    await new Promise<void>((pass) => {
      held.push(pass)
      waiting.shift()?.()
    })
    const reply = await fetch(engine + path, init)
    return { status: reply.status, type: reply.headers.get('content-type') ?? '', text: await reply.text() }
  })
  /** The oldest held call; waits until there is one. */
  const next = async () => {
    if (held.length === 0) await new Promise<void>((here) => waiting.push(here))
    return held.shift()
  }
  return {
    url,
    requests,
    /** Resolves when a call has come in; the call stays held. */
    async arrived(): Promise<void> {
      const pass = await next()
      if (pass) held.unshift(pass)
    },
    async open(): Promise<void> {
      ;(await next())?.()
    },
    /** Waits for a second call, and releases the held one. */
    async openLast(): Promise<void> {
      while (held.length < 2) await new Promise<void>((here) => waiting.push(here))
      held.pop()?.()
    },
  }
}
