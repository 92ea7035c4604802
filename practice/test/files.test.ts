import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { ApiError } from '@google/genai'
import { expect, test } from 'vitest'
import type { Answer } from '../protocol.ts'
import { during, halves, imageOf, mean, post, refusal, SMALL, sdk, temporary } from './client.ts'

const config = { responseModalities: ['TEXT', 'IMAGE'], imageConfig: { imageSize: '512' } }
const red = () => halves('#d02020', '#d02020')
const blobOf = (bytes: Buffer) => new Blob([new Uint8Array(bytes)], { type: 'image/png' })

async function failing(call: Promise<unknown>): Promise<{ status: number; message: string }> {
  const error = await call.catch((reason: unknown) => reason)
  expect(error).toBeInstanceOf(ApiError)
  const { status, message } = error as ApiError
  return { status, message: JSON.parse(message).error.message }
}

test('a file uploaded from the disk has the fields that Google documents, and can be used', async () => {
  await during({ now: () => new Date('2026-11-25T10:00:00Z') }, async (url) => {
    const ai = sdk(url)
    const path = join(await temporary(), 'hero.png')
    const bytes = await red()
    await writeFile(path, bytes)
    const file = await ai.files.upload({ file: path, config: { displayName: 'hero' } })
    expect(file).toMatchObject({
      name: expect.stringMatching(/^files\/[a-z0-9]{12}$/),
      displayName: 'hero',
      mimeType: 'image/png',
      sizeBytes: String(bytes.length),
      createTime: '2026-11-25T10:00:00.000Z',
      expirationTime: '2026-11-27T10:00:00.000Z',
      uri: `https://generativelanguage.googleapis.com/v1beta/${file.name}`,
      state: 'ACTIVE',
      source: 'UPLOADED',
    })
    const parts = [{ fileData: { fileUri: file.uri ?? '', mimeType: 'image/png' } }, { text: 'darker' }]
    const answer = await ai.models.generateContent({
      model: SMALL,
      contents: [{ role: 'user', parts }],
      config,
    })
    const [r, g] = await mean(imageOf(answer as unknown as Answer))
    expect(r / g).toBeCloseTo(0xd0 / 0x20, 0)
    expect(answer.usageMetadata?.promptTokensDetails).toContainEqual({ modality: 'IMAGE', tokenCount: 1120 })
  })
})

test('a file of several chunks arrives whole', async () => {
  await during({}, async (url) => {
    const bytes = Buffer.alloc(20 * 1024 * 1024, 'limn ')
    const file = await sdk(url).files.upload({ file: new Blob([bytes], { type: 'text/plain' }) })
    expect(file.sizeBytes).toBe(String(bytes.length))
  })
})

test('files can be listed page by page, requested and deleted', async () => {
  await during({}, async (url) => {
    const { files } = sdk(url)
    for (const name of ['one', 'two', 'three'])
      await files.upload({ file: blobOf(await red()), config: { name } })
    const names: (string | undefined)[] = []
    for await (const each of await files.list({ config: { pageSize: 2 } })) names.push(each.name)
    expect(names.toSorted()).toEqual(['files/one', 'files/three', 'files/two'])
    await files.delete({ name: 'files/two' })
    const gone = 'You do not have permission to access the File two or it may not exist.'
    expect(await failing(files.get({ name: 'files/two' }))).toEqual({ status: 403, message: gone })
    expect((await files.get({ name: 'one' })).name).toBe('files/one')
  })
})

test('after 48 hours a file is gone, also for a request that uses it', async () => {
  let now = new Date('2026-11-25T10:00:00Z')
  await during({ now: () => now }, async (url) => {
    const ai = sdk(url)
    const { name = '', uri = '' } = await ai.files.upload({ file: blobOf(await red()) })
    now = new Date('2026-11-27T09:59:59Z')
    expect((await ai.files.get({ name })).state).toBe('ACTIVE')
    now = new Date('2026-11-27T10:00:00Z')
    expect((await failing(ai.files.get({ name }))).status).toBe(403)
    const contents = [{ role: 'user', parts: [{ fileData: { fileUri: uri } }, { text: 'darker' }] }]
    const error = await refusal(await post(url, { contents }))
    expect(error).toMatchObject({ code: 403, status: 'PERMISSION_DENIED' })
    expect(error.message).toContain('or it may not exist')
    expect((await ai.files.list()).pageLength).toBe(0)
  })
})

test('a file that is not ready, or of another address, cannot be used', async () => {
  await during({ faults: 'file-processing:3' }, async (url) => {
    const ai = sdk(url)
    const { name = '', uri = '', state } = await ai.files.upload({ file: blobOf(await red()) })
    expect(state).toBe('PROCESSING')
    expect((await ai.files.get({ name })).state).toBe('PROCESSING')
    const using = (fileUri: string) =>
      post(url, { contents: [{ role: 'user', parts: [{ fileData: { fileUri } }, { text: 'darker' }] }] })
    const early = await refusal(await using(uri))
    expect(early).toMatchObject({ code: 400, status: 'FAILED_PRECONDITION' })
    expect(early.message).toContain('is not in an ACTIVE state and usage is not allowed.')
    expect((await ai.files.get({ name })).state).toBe('ACTIVE')
    const elsewhere = await refusal(await using('https://example.com/a.png'))
    expect(elsewhere.message).toBe('Cannot fetch content from the provided URL.')
  })
})

test('a file that failed says why', async () => {
  await during({ faults: 'file-failed' }, async (url) => {
    const file = await sdk(url).files.upload({ file: blobOf(await red()) })
    expect(file).toMatchObject({ state: 'FAILED', error: { code: 13 } })
  })
})

test('an upload fails if it is refused, cut off or finds no room; the next one succeeds', async () => {
  await during({ faults: 'upload-503,storage-full,upload-cut' }, async (url) => {
    const { files } = sdk(url)
    const upload = async () => files.upload({ file: blobOf(await red()) })
    expect((await failing(upload())).status).toBe(503)
    const full = await failing(upload())
    expect(full.status).toBe(429)
    expect(full.message).toContain('file_storage_bytes, limit: 21474836480')
    await expect(upload()).rejects.toThrow('fetch failed')
    expect((await upload()).state).toBe('ACTIVE')
  })
})

test('a file over the limit of one file or of all is refused before the bytes are sent', async () => {
  await during({}, async (url) => {
    const start = (bytes: number, name = 'a') =>
      fetch(`${url}/upload/v1beta/files`, {
        method: 'POST',
        headers: {
          'x-goog-api-key': 'any',
          'x-goog-upload-protocol': 'resumable',
          'x-goog-upload-command': 'start',
          'x-goog-upload-header-content-length': String(bytes),
        },
        body: JSON.stringify({ file: { name: `files/${name}` } }),
      })
    expect((await refusal(await start(3 * 1024 ** 3))).message).toContain('exceeds the limit')
    expect((await refusal(await start(1, 'No name!'))).message).toContain('not a valid file name')
  })
})

test('an upload reports how far it is, and continues only from there', async () => {
  await during({}, async (url) => {
    const command = (to: string, what: string, offset: number, body?: string) =>
      fetch(to, {
        method: 'POST',
        headers: { 'x-goog-upload-command': what, 'x-goog-upload-offset': String(offset) },
        ...(body !== undefined && { body }),
      })
    const started = await fetch(`${url}/upload/v1beta/files`, {
      method: 'POST',
      headers: { 'x-goog-api-key': 'any', 'x-goog-upload-header-content-length': '6' },
    })
    const to = started.headers.get('x-goog-upload-url') ?? ''
    expect((await command(to, 'upload', 0, 'abc')).headers.get('x-goog-upload-status')).toBe('active')
    expect((await command(to, 'query', 0)).headers.get('x-goog-upload-size-received')).toBe('3')
    expect((await refusal(await command(to, 'upload, finalize', 0, 'abc'))).message).toContain('out of step')
    const last = await command(to, 'upload, finalize', 3, 'def')
    expect(last.headers.get('x-goog-upload-status')).toBe('final')
    expect(await last.json()).toMatchObject({
      file: { sizeBytes: '6', mimeType: 'application/octet-stream' },
    })
    expect((await refusal(await command(to, 'upload', 6, 'x'))).code).toBe(404)
  })
})

test('with a folder, files outlive the engine', async () => {
  const folder = await temporary()
  const name = await during({ folder }, async (url) => {
    return (await sdk(url).files.upload({ file: blobOf(await red()) })).name ?? ''
  })
  await during({ folder }, async (url) => {
    expect((await sdk(url).files.get({ name })).state).toBe('ACTIVE')
  })
})
