// The practice engine at an address for GOOGLE_GEMINI_BASE_URL. It records every request and answer, and can hold an
// answer until the test releases it.
import { createHash } from 'node:crypto'
import { createServer, request as forward, type IncomingMessage, type ServerResponse } from 'node:http'
import { onTestFinished } from 'vitest'
import type { Answer, Part } from '../../practice/protocol.ts'
import { listen } from '../../practice/server.ts'

export type Asked = {
  readonly model: string
  readonly contents: readonly { readonly role: 'user' | 'model'; readonly parts: readonly Part[] }[]
  readonly generationConfig: Readonly<Record<string, unknown>>
}

export type Engine = {
  /** The environment in which limn uses this engine. */
  readonly env: Readonly<Record<string, string>>
  readonly asked: readonly Asked[]
  readonly answers: readonly Answer[]
  /** Holds the next answer; `come` resolves when its request has arrived. */
  holdNext(): { readonly come: Promise<void>; release(): void }
  /** Of the next file that is downloaded, keeps all lines back but the first ones. */
  holdDownloadAfter(lines: number): void
}

type Gate = { come(): void; readonly free: Promise<void> }

export async function startEngine(faults?: string): Promise<Engine> {
  const practice = await listen({ faults, maxWait: Infinity })
  const asked: Asked[] = []
  const answers: Answer[] = []
  const gates: Gate[] = []
  let firstLines: number | undefined
  const server = createServer((request, response) => {
    void pass(request, response).catch(() => response.destroy())
  })

  async function pass(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await bytesOf(request)
    const model = /models\/([^/:]+):generateContent$/.exec(request.url ?? '')?.[1]
    if (model !== undefined) {
      asked.push({ ...(JSON.parse(body.toString('utf8')) as Omit<Asked, 'model'>), model })
      const gate = gates.shift()
      gate?.come()
      await gate?.free
    }
    const { 'content-length': _, 'transfer-encoding': _chunked, host: _host, ...headers } = request.headers
    const on = forward(
      `${practice.url}${request.url}`,
      { method: request.method ?? 'GET', headers },
      (answer) => {
        void bytesOf(answer).then(
          (bytes) => {
            if (model !== undefined && answer.statusCode === 200) {
              answers.push(JSON.parse(bytes.toString('utf8')) as Answer)
            }
            response.writeHead(answer.statusCode ?? 500, answer.headers)
            if (firstLines === undefined || !/:download/.test(request.url ?? ''))
              return void response.end(bytes)
            const lines = bytes.toString('utf8').split('\n').slice(0, firstLines)
            firstLines = undefined
            response.write(`${lines.join('\n')}\n`)
          },
          () => response.destroy(),
        )
      },
    )
    on.on('error', () => response.destroy())
    on.end(body)
  }

  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('The engine has no port.')
  onTestFinished(async () => {
    server.closeAllConnections()
    await new Promise((done) => server.close(done))
    await practice.close()
  })
  return {
    env: { GOOGLE_GEMINI_BASE_URL: `http://127.0.0.1:${address.port}`, GEMINI_API_KEY: 'test' },
    asked,
    answers,
    holdNext() {
      let come = () => {}
      let release = () => {}
      const arrived = new Promise<void>((done) => {
        come = done
      })
      const free = new Promise<void>((done) => {
        release = done
      })
      gates.push({ come, free })
      return { come: arrived, release }
    },
    holdDownloadAfter(lines) {
      firstLines = lines
    },
  }
}

async function bytesOf(stream: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = []
  for await (const chunk of stream) chunks.push(chunk as Buffer)
  return Buffer.concat(chunks)
}

export type SentImage = {
  readonly role: 'user' | 'model'
  /** The index of its content in the request. */
  readonly at: number
  /** The label before it, such as `[hero]`. */
  readonly name: string | undefined
  readonly bytes: Buffer
  readonly sha256: string
  readonly signature: string | undefined
}

/** All images of a request, in order. */
export function imagesOf(asked: Asked | undefined): readonly SentImage[] {
  return (asked?.contents ?? []).flatMap(({ role, parts }, at) =>
    parts.flatMap((part, index) => {
      if (!part.inlineData) return []
      const bytes = Buffer.from(part.inlineData.data, 'base64')
      const name = /^\[([^\]]+)\](?:$| image |: )/.exec(parts[index - 1]?.text ?? '')?.[1]
      return [{ role, at, name, bytes, sha256: sha256(bytes), signature: part.thoughtSignature }]
    }),
  )
}

/** All texts of a request, in order. */
export function textsOf(asked: Asked | undefined): readonly string[] {
  return (asked?.contents ?? []).flatMap(({ parts }) =>
    parts.flatMap(({ text }) => (text === undefined ? [] : [text])),
  )
}

export function signaturesOf(asked: Asked | undefined): readonly string[] {
  return (asked?.contents ?? []).flatMap(({ parts }) =>
    parts.flatMap(({ thoughtSignature }) => (thoughtSignature === undefined ? [] : [thoughtSignature])),
  )
}

/** The bytes of an answer's image that is not a thought. */
export function imageOf(answer: Answer | undefined): Buffer {
  const parts = answer?.candidates?.[0]?.content?.parts ?? []
  const image = parts.findLast((part) => part.inlineData && !part.thought)
  return Buffer.from(image?.inlineData?.data ?? '', 'base64')
}

export function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex')
}
