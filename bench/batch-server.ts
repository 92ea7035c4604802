// A batch server whose jobs are all done; the answer to each row is the same large image.
import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'

type Job = { readonly label: string; readonly keys: readonly string[] }

/** `image` is base64; `signature` is the length of each answer's signature, in characters. */
export async function serveBatches(
  image: string,
  signature: number,
): Promise<{ readonly url: string; close(): void }> {
  const files: Buffer[] = []
  const jobs: Job[] = []
  const server = createServer((request, response) => void answer(request, response))
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('The server has no port.')
  const url = `http://127.0.0.1:${address.port}`

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { url: path = '', headers } = request
    const body = await bytesOf(request)
    const json = (value: object, more = {}) =>
      response.writeHead(200, { 'content-type': 'application/json', ...more }).end(JSON.stringify(value))
    if (headers['x-goog-upload-command'] === 'start') {
      json({}, { 'x-goog-upload-url': `${url}/bytes` })
    } else if (path.startsWith('/bytes')) {
      const name = `files/${files.push(body) - 1}`
      json(
        { file: { name, uri: `${url}/v1beta/${name}`, state: 'ACTIVE' } },
        { 'x-goog-upload-status': 'final' },
      )
    } else if (path.includes(':batchGenerateContent')) {
      const { displayName, inputConfig } = JSON.parse(body.toString('utf8')).batch
      const lines = files[Number(inputConfig.fileName.slice(6))]?.toString('utf8').trim().split('\n') ?? []
      const keys = lines.map((line) => JSON.parse(line).key as string)
      json(operation(jobs.push({ label: displayName, keys }) - 1, displayName))
    } else if (path.includes(':download')) {
      await results(jobs[Number(/batch-(\d+)/.exec(path)?.[1])]?.keys ?? [], response)
    } else {
      const number = Number(/batches\/(\d+)/.exec(path)?.[1])
      json(operation(number, jobs[number]?.label ?? ''))
    }
  }

  /** Writes one line at a time, as fast as the client reads. */
  async function results(keys: readonly string[], response: ServerResponse): Promise<void> {
    response.writeHead(200, { 'content-type': 'application/jsonl' })
    const thoughtSignature = 's'.repeat(signature)
    const parts = [{ inlineData: { mimeType: 'image/jpeg', data: image }, thoughtSignature }]
    const candidates = [{ content: { role: 'model', parts }, finishReason: 'STOP', index: 0 }]
    for (const key of keys) {
      const line = `${JSON.stringify({ key, response: { candidates } })}\n`
      if (!response.write(line)) await once(response, 'drain')
    }
    response.end()
  }

  return { url, close: () => void server.close().closeAllConnections() }
}

function operation(number: number, displayName: string): object {
  const output = { responsesFile: `files/batch-${number}` }
  const metadata = { displayName, state: 'BATCH_STATE_SUCCEEDED', output }
  return { name: `batches/${number}`, metadata, done: true }
}

async function bytesOf(stream: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = []
  for await (const chunk of stream) chunks.push(chunk as Buffer)
  return Buffer.concat(chunks)
}
