// `limn batch` as the command line has it, in this process: real arguments, a real disk, and HTTP to a server.
import { existsSync } from 'node:fs'
import { mkdir, writeFile } from 'node:fs/promises'
import { createServer, request as forward, type IncomingMessage, type ServerResponse } from 'node:http'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { onTestFinished } from 'vitest'
import { listen } from '../../practice/server.ts'
import type { Job } from '../../src/core/batch/job.ts'
import { replay } from '../../src/core/session/apply.ts'
import { emptySession, type Session } from '../../src/core/session/session.ts'
import { runBatch } from '../../src/headless/run-batch.ts'
import { readOptions } from '../../src/options/read-options.ts'
import { listJobs } from '../../src/store/jobs/jobs.ts'
import { readJournal } from '../../src/store/session/journal.ts'
import { temporaryHome } from '../store/temporary-home.ts'
import { placeAt, TestClock } from '../turn/talk.ts'

export type Ran = { readonly code: number; readonly out: string; readonly err: string }

/** A user with a folder of files, and a server that has what it was sent. */
class Batcher {
  readonly home: string
  readonly env: Readonly<Record<string, string>>
  /** Milliseconds by which the user's clock has gone on. */
  later = 0
  readonly #clock = new TestClock()

  constructor(home: string, url: string) {
    this.home = home
    this.env = { GOOGLE_GEMINI_BASE_URL: url, GEMINI_API_KEY: 'a-good-key' }
  }

  get root(): string {
    return join(this.home, 'limn')
  }

  async write(name: string, bytes: string | Uint8Array): Promise<void> {
    await mkdir(join(this.home, name, '..'), { recursive: true })
    await writeFile(join(this.home, name), bytes)
  }

  /** `answer` is what somebody at a terminal says to a question; without it nobody is there. */
  async limn(
    words: string,
    answer?: boolean,
    env: Readonly<Record<string, string>> = this.env,
    stop = new AbortController().signal,
  ): Promise<Ran> {
    const command = readOptions(words.split(' '), existsSync)
    if (command.kind !== 'batch') throw new Error(command.kind === 'wrong' ? command.sentence : command.kind)
    let out = ''
    let err = ''
    const streams = {
      out: async (text: string) => {
        out += text
      },
      err: (text: string) => {
        err += text
      },
    }
    const parts = {
      options: command.options,
      place: await placeAt(this.home, env),
      clock: { ...this.#clock, now: () => new Date(this.#clock.now().getTime() + this.later) },
      practiceUrl: async () => env.GOOGLE_GEMINI_BASE_URL ?? '',
    }
    const somebody = async (text: string) => {
      streams.err(`${text}\n`)
      return answer === true
    }
    const ask = answer === undefined ? undefined : somebody
    const code = await runBatch(parts, command, streams, ask, stop)
    return { code, out, err }
  }
}

/** What a server was asked, in order, as `POST batchGenerateContent`. */
export type Heard = readonly { readonly what: string; readonly body: string }[]

export type Relay = {
  readonly url: string
  readonly heard: Heard
  /**
   * Called with what is asked, before the answer is passed on; what it returns decides about the answer. `hasty`: in
   * gzip, its end told by that of the connection.
   */
  between: (what: string) => 'pass' | 'drop' | 'cut' | 'hasty'
  rewrite: (what: string, bytes: Buffer) => Buffer
}

/** The practice engine behind an address that a test can listen and meddle at. */
export async function relay(faults?: string): Promise<Relay> {
  const practice = await listen({ faults, maxWait: Infinity })
  const heard: { what: string; body: string }[] = []
  const server = createServer((request, response) => {
    void pass(request, response).catch(() => response.destroy())
  })
  const at: Relay = { url: '', heard, between: () => 'pass', rewrite: (_, bytes) => bytes }
  async function pass(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await bytesOf(request)
    const what = nameOf(request)
    heard.push({ what, body: body.toString('utf8') })
    const { 'content-length': _, 'transfer-encoding': _chunked, host: _host, ...headers } = request.headers
    const on = forward(
      `${practice.url}${request.url}`,
      { method: request.method ?? 'GET', headers },
      (answer) => {
        void bytesOf(answer).then((came) => {
          const bytes = at.rewrite(what, came)
          const fate = at.between(what)
          if (fate === 'drop') return
          if (fate === 'hasty') {
            response.useChunkedEncodingByDefault = false
            response.writeHead(200, { 'content-encoding': 'gzip', connection: 'close' })
            return void response.end(gzipSync(bytes))
          }
          response.writeHead(answer.statusCode ?? 500, { ...answer.headers, 'content-length': bytes.length })
          if (fate === 'pass') return void response.end(bytes)
          response.write(bytes.subarray(0, Math.floor(bytes.length * 0.75)), () => response.destroy())
        })
      },
    )
    on.on('error', () => response.destroy())
    on.end(body)
  }
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('The relay has no port.')
  onTestFinished(async () => {
    server.closeAllConnections()
    await new Promise((done) => server.close(done))
    await practice.close()
  })
  return Object.assign(at, { url: `http://127.0.0.1:${address.port}` })
}

function nameOf({ url = '', headers }: IncomingMessage): string {
  const path = url.replace(/\?.*/, '').replace(/^\/(?:upload\/)?v1beta\//, '')
  if (/:batchGenerateContent$/.test(path)) return 'create'
  if (/:download$/.test(path)) return 'download'
  if (/:cancel$/.test(path)) return 'cancel'
  if (path === 'batches') return 'list'
  if (/^batches\//.test(path)) return 'look'
  return headers['x-goog-upload-command'] === 'start' ? 'upload' : 'bytes'
}

async function bytesOf(stream: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = []
  for await (const chunk of stream) chunks.push(chunk as Buffer)
  return Buffer.concat(chunks)
}

export async function batcher(url: string): Promise<Batcher> {
  return new Batcher(await temporaryHome(), url)
}

export async function onlyJob({ root }: Batcher): Promise<Job> {
  const [job, ...others] = await listJobs(root)
  if (!job || others.length > 0) throw new Error(`${others.length + 1} jobs`)
  return job
}

/** As it is on disk. */
export async function sessionOf(user: Batcher, id?: string): Promise<Session> {
  const session = id ?? (await onlyJob(user)).session
  const { facts } = await readJournal(join(user.root, 'sessions', session))
  return replay(emptySession(session, { model: '', aspect: '', size: '' }), facts)
}
