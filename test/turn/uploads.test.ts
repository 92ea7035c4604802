import { readFile, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { GoogleGenAI } from '@google/genai'
import sharp from 'sharp'
import { describe, expect, onTestFinished, test } from 'vitest'
import { listen } from '../../practice/server.ts'
import { readInput } from '../../src/turn/mentions.ts'
import { run } from '../commands/stage.ts'
import { crooked, type Request, wiretap } from '../gemini/wire.ts'
import { temporaryHome } from '../store/temporary-home.ts'
import { engine, type Talk, talk } from './talk.ts'

type Part = Request['body']['contents'][number]['parts'][number]

/** Noise, which PNG does not make small. */
function noise(width: number, seed: number) {
  const pixels = Buffer.alloc(width * width * 3)
  for (let at = 0, state = seed; at < pixels.length; at++) {
    state = (Math.imul(state, 1_103_515_245) + 12_345) | 0
    pixels[at] = state >>> 16
  }
  return sharp(pixels, { raw: { width, height: width, channels: 3 } })
    .png()
    .toBuffer()
}

/** Adds a reference of about `width` × `width` × 3 bytes, in force from the next line on. */
async function refer(one: Talk, name: string, width = 260): Promise<Buffer> {
  const path = join(one.place.folder, `${name}.png`)
  const bytes = await noise(
    width,
    [...name].reduce((sum, letter) => sum * 31 + letter.charCodeAt(0), 7),
  )
  await writeFile(path, bytes)
  const input = await readInput(path, one.place)
  if (!input.ok) throw new Error(input.sentence)
  const reference = { name, file: input.file, source: path }
  await one.record.add({
    type: 'change',
    make: () => ({ fact: { type: 'referenced', reference }, files: input.files }),
  })
  return bytes
}

type World = {
  readonly faults?: string
  readonly url?: string
  readonly home?: string
  readonly key?: string
}

async function practising({ faults, url, home, key = 'a-good-key' }: World = {}) {
  const wire = await wiretap(url ?? (await engine(faults)))
  const access = { key, source: 'file' }
  const one = await talk({ url: wire.url, practice: true, access, ...(home ? { home } : {}) })
  const { requests } = wire
  return {
    one,
    requests,
    url: wire.url,
    calls: () => requests.filter(asks),
    uploads: () => requests.filter(({ path }) => /^\/upload\/.*upload_id=/.test(path)),
    starts: () => requests.filter(({ path }) => /^\/upload\/v1beta\/files$/.test(path)),
  }
}

const lines = ['a red fox', 'brighter', 'darker', 'warmer', 'cooler', 'sepia']

async function send(one: Talk, count: number): Promise<void> {
  for (const line of lines.slice(0, count)) {
    expect(await one.line(line)).toMatchObject({ kind: 'answered' })
  }
}

const newest = (request: Request | undefined): readonly Part[] => request?.body.contents.at(-1)?.parts ?? []
const asks = ({ path }: Request) => path.includes(':generateContent')
/** How each reference was sent. */
const ways = (request: Request | undefined) =>
  newest(request).flatMap((part) => (part.fileData ? ['name'] : part.inlineData ? ['bytes'] : []))

describe('a reference that is sent again and again', () => {
  test('is uploaded once, before the third line, and named from then on', async () => {
    const { one, calls, uploads } = await practising()
    const hero = await refer(one, 'hero')
    const oil = await refer(one, 'oil')
    await send(one, 5)
    expect(calls().map(ways)).toEqual([
      ['bytes', 'bytes'],
      ['bytes', 'bytes'],
      ['name', 'name'],
      ['name', 'name'],
      ['name', 'name'],
    ])
    expect(
      uploads()
        .map(({ bytes }) => bytes)
        .toSorted(),
    ).toEqual([hero.length, oil.length].toSorted())
    expect(one.words).toEqual([
      expect.stringMatching(/^2 references were uploaded once \(0\.4 MB\).*\/set uploads off/),
    ])
    const within = (call: Request | undefined) => JSON.stringify(call?.body).includes(hero.toString('base64'))
    expect(calls().map(within)).toEqual([true, true, false, false, false])
  })

  test('keeps its label, and the engine sees the picture', async () => {
    const { one, calls } = await practising()
    await refer(one, 'hero')
    await refer(one, 'oil')
    await send(one, 3)
    const parts = newest(calls()[2])
    expect(parts.map((part) => part.text ?? part.fileData?.mimeType)).toEqual([
      expect.stringContaining('image 1 is hero, image 2 is oil'),
      '[hero] image 1',
      'image/png',
      '[oil] image 2',
      'image/png',
      'darker',
    ])
    const { outcome } = one.session.turns[2] ?? {}
    expect(outcome?.kind === 'answered' && outcome.words).toMatch(/\[hero\], \[oil\]/)
  })

  test('is listed by /ref list, with how long the server keeps it', async () => {
    const { one } = await practising()
    await refer(one, 'hero')
    await refer(one, 'dot', 20)
    await send(one, 2)
    expect((await run(one, '/ref list')).words).toHaveLength(1)
    await send(one, 1)
    expect((await run(one, '/ref list')).words[1]).toMatch(
      /^Uploaded: hero \(the server keeps it for another \d+ h\)\.$/,
    )
  })

  test('is never uploaded when it is small', async () => {
    const { one, calls, starts } = await practising()
    await refer(one, 'dot', 20)
    await send(one, 4)
    expect(starts()).toHaveLength(0)
    expect(ways(calls()[3])).toEqual(['bytes'])
  })

  test('is not uploaded when the user has turned that off, nor to another server of the protocol', async () => {
    const wire = await wiretap(await engine())
    const off = await talk({ url: wire.url, practice: true, values: { uploads: 'off' } })
    const server = await talk({ url: wire.url })
    for (const one of [off, server]) {
      await refer(one, 'hero')
      await send(one, 4)
    }
    expect(wire.requests.filter(({ path }) => path.startsWith('/upload'))).toEqual([])
    expect(wire.requests.map(ways)).toEqual(Array.from({ length: 8 }, () => ['bytes']))
  })

  test('is uploaded once by lines that run side by side', async () => {
    const { one, uploads, calls } = await practising()
    await refer(one, 'hero')
    await send(one, 2)
    const parent = { parent: one.session.head }
    await Promise.all([one.line('warmer', parent), one.line('cooler', parent), one.line('sepia', parent)])
    expect(uploads()).toHaveLength(1)
    expect(calls().slice(2).map(ways)).toEqual([['name'], ['name'], ['name']])
  })
})

describe('an uploaded file', () => {
  test('is known in the next run, and to the next session', async () => {
    const home = await temporaryHome()
    const url = await engine()
    const first = await practising({ home, url })
    await refer(first.one, 'hero')
    await send(first.one, 3)
    const second = await practising({ home, url })
    await refer(second.one, 'hero')
    await send(second.one, 1)
    expect(second.starts()).toHaveLength(0)
    expect(second.calls().map(ways)).toEqual([['name']])
    expect(second.one.words).toEqual([])
  })

  test('belongs to its key, which no file contains', async () => {
    const home = await temporaryHome()
    const url = await engine()
    const first = await practising({ home, url })
    await refer(first.one, 'hero')
    await send(first.one, 3)
    const path = join(first.one.place.root, 'uploads.json')
    expect(await readFile(path, 'utf8')).not.toContain('a-good-key')
    expect((await stat(path)).mode & 0o077).toBe(0)
    const other = await practising({ home, url, key: 'another-key' })
    await refer(other.one, 'hero')
    await send(other.one, 1)
    expect(other.calls().map(ways)).toEqual([['bytes']])
  })

  test('is uploaded again before the server deletes it', async () => {
    // 48 hours later it is 20:58; the lines are sent from 20:48 on.
    const server = await listen({ now: () => new Date('2026-11-20T20:58:00Z') })
    onTestFinished(() => server.close())
    const { one, uploads, calls } = await practising({ url: server.url })
    await refer(one, 'hero')
    await send(one, 4)
    expect(uploads()).toHaveLength(2)
    const [third, fourth] = calls()
      .slice(2)
      .map((call) => newest(call).find(({ fileData }) => fileData)?.fileData)
    expect(third?.fileUri).not.toBe(fourth?.fileUri)
  })

  test('that the server has lost is sent inside the request, without being billed twice, and uploaded again', async () => {
    const { one, calls, uploads, url } = await practising()
    await refer(one, 'hero')
    await send(one, 3)
    const ai = new GoogleGenAI({
      apiKey: 'any',
      vertexai: false,
      httpOptions: { baseUrl: url, apiVersion: 'v1beta' },
    })
    const drop = async () => {
      for await (const { name = '' } of await ai.files.list()) await ai.files.delete({ name })
    }
    await drop()
    expect(await one.line('warmer')).toMatchObject({ kind: 'answered', main: 4 })
    expect(calls().map(ways)).toEqual([['bytes'], ['bytes'], ['name'], ['name'], ['bytes']])
    expect(one.words.at(-1)).toMatch(
      /no longer has the uploaded images; sent again with the images in the request/,
    )
    expect(await one.line('cooler')).toMatchObject({ kind: 'answered', main: 5 })
    expect(uploads()).toHaveLength(2)
    // Nothing is uploaded a third time to a server that loses files twice.
    await drop()
    await one.line('sepia')
    await one.line('blur')
    expect(uploads()).toHaveLength(2)
    expect(calls().slice(-2).map(ways)).toEqual([['bytes'], ['bytes']])
    expect(one.session.turns).toHaveLength(7)
  })

  test('is uploaded again when the book of uploads cannot be read', async () => {
    const { one, uploads } = await practising()
    await refer(one, 'hero')
    await send(one, 3)
    await writeFile(join(one.place.root, 'uploads.json'), '{"salt":')
    expect(await one.line('warmer')).toMatchObject({ kind: 'answered' })
    expect(uploads()).toHaveLength(2)
  })
})

describe('a request that names a file', () => {
  const gone = (code: number, status: string, message: string) => ({ error: { code, status, message } })

  test.each([
    [
      403,
      'PERMISSION_DENIED',
      'You do not have permission to access the File abc or it may not exist.',
      true,
    ],
    [403, 'PERMISSION_DENIED', 'The caller does not have permission', true],
    [404, 'NOT_FOUND', 'Requested entity was not found.', true],
    [400, 'INVALID_ARGUMENT', 'Invalid JSON payload received. Unknown name "fileData"', true],
    [400, 'FAILED_PRECONDITION', 'The File abc is not in an ACTIVE state and usage is not allowed.', true],
    [404, 'NOT_FOUND', 'models/nano is not found for API version v1beta', false],
    [403, 'PERMISSION_DENIED', 'Your API key was reported as leaked.', false],
    [400, 'INVALID_ARGUMENT', 'API key not valid.', false],
    [500, 'INTERNAL', 'An internal error has occurred.', false],
  ])('and is answered by %s %s %s', async (code, status, message, again) => {
    const url = await engine()
    const body = gone(code, status, message)
    const wire = await crooked(url, {
      refuse: (request) =>
        asks(request) && ways(request).includes('name') ? { status: code, body } : undefined,
    })
    const one = await talk({ url: wire.url, practice: true })
    await refer(one, 'hero')
    await send(one, 2)
    expect(await one.line('darker')).toMatchObject({ kind: again ? 'answered' : 'failed' })
    expect(wire.requests.filter(asks)).toHaveLength(again ? 4 : 3)
  })
})

describe('an upload that does not work', () => {
  test.each([
    ['storage-full', /the 20 GB that Google keeps for a project are full/],
    ['upload-503', /overloaded/],
    ['upload-cut', /connection broke/],
    ['file-failed', /the server says: The file failed to be processed/],
    ['file-processing:99', /still processing it/],
    ['file-gone', /may not do that|permission/],
  ])('%s is said once, and the lines go with the bytes inside', async (faults, why) => {
    const { one, calls, starts } = await practising({ faults })
    await refer(one, 'hero')
    await send(one, 5)
    expect(one.words).toEqual([
      expect.stringMatching(/^References cannot be uploaded: .*inside each request, as before\.$/),
    ])
    expect(one.words[0]).toMatch(why)
    expect(starts()).toHaveLength(1)
    expect(calls().map(ways)).toEqual(Array.from({ length: 5 }, () => ['bytes']))
  })

  test('that is not ready at once is checked until it is', async () => {
    const { one, calls } = await practising({ faults: 'file-processing:3' })
    await refer(one, 'hero')
    await send(one, 3)
    expect(one.clock.waited).toEqual([1, 1, 1])
    expect(ways(calls()[2])).toEqual(['name'])
  })

  test('because the call is aborted sends nothing', async () => {
    const address = await engine()
    let cut = () => {}
    const wire = await wiretap(address, (path) => path.startsWith('/upload') && cut())
    const one = await talk({ url: wire.url, practice: true })
    await refer(one, 'hero')
    await send(one, 2)
    cut = () => one.cut.abort()
    expect(await one.line('darker')).toMatchObject({ kind: 'failed', failure: { kind: 'aborted' } })
    expect(wire.requests.filter(asks)).toHaveLength(2)
    expect(one.words).toEqual([])
  })
})
