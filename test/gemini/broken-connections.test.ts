import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { gzipSync } from 'node:zlib'
import { expect, onTestFinished, test } from 'vitest'
import { engine, talk } from '../turn/talk.ts'

/** A proxy before an engine that compresses every answer with gzip, requested or not, and then closes the connection. */
async function hasty(engine: string) {
  const encodings: (string | undefined)[] = []
  const server = createServer(async (request, response) => {
    encodings.push(request.headers['accept-encoding'])
    const body = Buffer.concat(await Array.fromAsync(request))
    const answer = await fetch(`${engine}${request.url}`, {
      method: request.method ?? '',
      headers: { 'content-type': 'application/json', 'x-goog-api-key': 'a-good-key' },
      body,
    })
    const zipped = gzipSync(Buffer.from(await answer.arrayBuffer()))
    // The end of the connection marks the end of the answer.
    response.useChunkedEncodingByDefault = false
    response.writeHead(200, {
      'content-type': 'application/json',
      'content-encoding': 'gzip',
      connection: 'close',
    })
    response.end(zipped)
  })
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready))
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, encodings }
}

test('an answer in gzip whose connection closes right after it is read whole, though limn asks for no compression', async () => {
  const { url, encodings } = await hasty(await engine())
  const one = await talk({
    url,
    settings: { model: 'gemini-3-pro-image', aspect: 'auto', size: '2K' },
    values: { askAbove: 'off' },
  })
  expect(await one.line('a red fox')).toMatchObject({ kind: 'answered', main: 1 })
  expect(encodings).toEqual(['identity'])
})
