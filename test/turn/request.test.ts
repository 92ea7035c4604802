import { readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import sharp from 'sharp'
import { describe, expect, onTestFinished, test, vi } from 'vitest'
import type { Mention, Reference } from '../../src/core/session/session.ts'
import { readInput } from '../../src/turn/mentions.ts'
import { answering, type Request, wiretap } from '../gemini/wire.ts'
import { engine, SMALL, type Talk, talk } from './talk.ts'

const PRO = { ...SMALL, model: 'gemini-3-pro-image', size: '1K' }

async function tapped(faults?: string, settings = SMALL) {
  const wire = await wiretap(await engine(faults))
  return { one: await talk({ url: wire.url, settings }), requests: wire.requests }
}

const imagesOf = (parts: Request['body']['contents'][number]['parts'] = []) =>
  parts.flatMap(({ inlineData }) => (inlineData ? [inlineData] : []))
const wordsOf = (parts: Request['body']['contents'][number]['parts'] = []) =>
  parts.flatMap(({ text }) => (text === undefined ? [] : [text]))

/** Attaches a plain picture, as /ref add does. */
async function refer(one: Talk, name: string, width: number, height: number): Promise<Reference> {
  const path = join(one.place.folder, `${name}.png`)
  const colour = { r: 200, g: width % 255, b: height % 255 }
  await writeFile(
    path,
    await sharp({ create: { width, height, channels: 3, background: colour } })
      .png()
      .toBuffer(),
  )
  const input = await readInput(path, one.place)
  if (!input.ok) throw new Error(input.sentence)
  const reference = { name, file: input.file, source: path }
  await one.record.add({
    type: 'change',
    make: () => ({ fact: { type: 'referenced', reference }, files: input.files }),
  })
  return reference
}

describe('what is sent', () => {
  test('a call of the beta version, with the key in a header only', async () => {
    const { one, requests } = await tapped()
    await one.line('a red fox')
    const [request] = requests
    expect(request).toMatchObject({
      method: 'POST',
      path: '/v1beta/models/gemini-3.1-flash-image:generateContent',
      headers: { 'x-goog-api-key': 'a-good-key', 'content-type': 'application/json' },
    })
    expect(request?.path).not.toContain('key')
    expect(JSON.stringify(request?.body)).not.toContain('a-good-key')
  })

  test('words and an image are requested, and ratio and size only when they are set', async () => {
    const { one, requests } = await tapped()
    await one.line('a red fox')
    await one.line('wider', { settings: { ...SMALL, aspect: '16:9' } })
    await one.line('again', { settings: { model: 'gemini-2.5-flash-image', aspect: 'auto', size: '1K' } })
    const asked = requests.map(({ body }) => body.generationConfig)
    expect(asked).toEqual([
      { responseModalities: ['TEXT', 'IMAGE'], imageConfig: { imageSize: '512' } },
      { responseModalities: ['TEXT', 'IMAGE'], imageConfig: { aspectRatio: '16:9', imageSize: '512' } },
      { responseModalities: ['TEXT', 'IMAGE'] },
    ])
  })

  test("the model's own image and signatures are sent back byte for byte", async () => {
    const { one, requests } = await tapped()
    await one.line('a red fox')
    await one.line('brighter')
    const [, answer] = requests[1]?.body.contents ?? []
    const [version] = one.session.versions
    expect(imagesOf(answer?.parts)[0]?.data).toBe(
      (await readFile(one.store.path(version?.file.file ?? ''))).toString('base64'),
    )
    expect(answer?.parts.map(({ thoughtSignature }) => thoughtSignature?.length)).toEqual([1024, 450_000])
  })

  test('a reference is sent as a copy of 2048 px at most, and the original is kept', async () => {
    const { one, requests } = await tapped()
    const large = await refer(one, 'large', 3000, 1500)
    const small = await refer(one, 'small', 300, 200)
    await one.line('a red fox')
    const [first, second] = imagesOf(requests[0]?.body.contents.at(-1)?.parts)
    const sent = await sharp(Buffer.from(first?.data ?? '', 'base64')).metadata()
    expect([sent.width, sent.height]).toEqual([2048, 1024])
    expect(second?.data).toBe((await readFile(one.store.path(small.file.file))).toString('base64'))
    expect((await sharp(await readFile(one.store.path(large.file.file))).metadata()).width).toBe(3000)
  })

  test('a reference over three lines is in each request once, in the newest message', async () => {
    const { one, requests } = await tapped()
    await refer(one, 'hero', 60, 40)
    for (const line of ['a red fox', 'brighter', 'darker']) await one.line(line)
    for (const { body } of requests) {
      const all = body.contents.map(({ parts }) => wordsOf(parts).filter((text) => text === '[hero]').length)
      expect(all).toEqual([...Array(all.length - 1).fill(0), 1])
      expect(wordsOf(body.contents.at(-1)?.parts).at(-1)).toMatch(/fox|brighter|darker/)
    }
  })

  test('a version of another branch is sent as a mention, under its number', async () => {
    const { one, requests } = await tapped()
    await one.line('a red fox')
    await one.line('a blue sea', { fresh: true, parent: { turn: null, version: null } })
    const [first] = one.session.versions
    const mentions: Mention[] = first ? [{ name: 'v1', file: first.file, version: 1 }] : []
    await one.line('with the fox of v1', { mentions })
    const newest = requests.at(-1)?.body.contents.at(-1)
    expect(wordsOf(newest?.parts)).toEqual(['[v1]', 'with the fox of v1'])
    expect(requests[1]?.body.contents).toHaveLength(1)
  })

  test('the request of the sixth line is no larger than that of the third', async () => {
    const { one, requests } = await tapped()
    for (const line of ['a red fox', 'brighter', 'darker', 'warmer', 'cooler', 'sepia']) await one.line(line)
    const sizes = requests.map(({ body }) => JSON.stringify(body).length)
    // Similar pictures differ by some bytes.
    expect(sizes[5]).toBeLessThan((sizes[3] ?? 0) * 1.1)
    expect(requests[5]?.body.contents).toHaveLength(5)
    expect(wordsOf(requests[5]?.body.contents[0]?.parts)[0]).toContain('- a red fox\n- brighter\n- darker')
  })
})

describe('another model in the same conversation', () => {
  test('takes it over with the bypass in place of signatures', async () => {
    const { one, requests } = await tapped()
    await one.line('a red fox')
    expect(await one.line('brighter', { settings: PRO })).toMatchObject({ kind: 'answered', main: 2 })
    const [, answer] = requests[1]?.body.contents ?? []
    expect(answer?.parts.map(({ thoughtSignature }) => thoughtSignature)).toEqual([
      'skip_thought_signature_validator',
      'skip_thought_signature_validator',
    ])
    expect(one.words).toEqual([])
  })

  test('can come from the first Nano Banana, which signs nothing, and go back to it', async () => {
    const nb1 = { ...SMALL, model: 'gemini-2.5-flash-image' }
    const { one, requests } = await tapped(undefined, nb1)
    await one.line('a red fox')
    expect(await one.line('brighter', { settings: SMALL })).toMatchObject({ kind: 'answered', main: 2 })
    expect(await one.line('darker', { settings: nb1 })).toMatchObject({ kind: 'answered', main: 3 })
    expect(JSON.stringify(requests[2]?.body)).not.toContain('thoughtSignature')
    expect(one.session.versions.map(({ file }) => file.mime)).toEqual([
      'image/png',
      'image/jpeg',
      'image/png',
    ])
  })
})

describe('signatures that the server does not accept', () => {
  test('are left out with a warning, and the conversation stays', async () => {
    const { one, requests } = await tapped('slow:0,signature')
    await one.line('a red fox')
    expect(await one.line('brighter')).toMatchObject({ kind: 'answered', main: 2 })
    expect(one.words).toEqual([expect.stringMatching(/signatures.*sent again without/)])
    expect(requests[2]?.body.contents[1]?.parts[0]?.thoughtSignature).toBe('skip_thought_signature_validator')
  })

  test('twice: a fresh chat from the current image, also with a warning', async () => {
    const { one, requests } = await tapped('slow:0,bad-signature:2')
    await one.line('a red fox')
    expect(await one.line('brighter')).toMatchObject({ kind: 'answered', main: 2 })
    expect(one.words).toEqual([
      expect.stringMatching(/sent again without/),
      expect.stringMatching(/fresh chat from the current image/),
    ])
    const { contents } = requests[3]?.body ?? { contents: [] }
    expect(contents).toHaveLength(1)
    expect(wordsOf(contents[0]?.parts)).toEqual([expect.stringContaining('- a red fox'), '[v1]', 'brighter'])
    expect(imagesOf(contents[0]?.parts)).toHaveLength(1)
  })

  test('three times: a failure without a fourth request', async () => {
    const { one, requests } = await tapped('slow:0,signature:9')
    await one.line('a red fox')
    expect(await one.line('brighter')).toMatchObject({ kind: 'failed', failure: { kind: 'signature' } })
    expect(requests).toHaveLength(4)
  })

  test('whose file is missing are replaced by the bypass', async () => {
    const { one } = await tapped()
    await one.line('a red fox')
    await rm(one.store.path('answers/t1-2.signature'))
    expect(await one.line('brighter')).toMatchObject({ kind: 'answered', main: 2 })
  })
})

describe('what cannot be sent', () => {
  test('an image that is missing on the disk: nothing is sent or billed', async () => {
    const { one, requests } = await tapped()
    await one.line('a red fox')
    await rm(one.store.path('images/v1.jpg'))
    expect(await one.line('brighter')).toMatchObject({ kind: 'failed', failure: { kind: 'unreadable' } })
    expect(requests).toHaveLength(1)
  })

  test('a model with an invalid name', async () => {
    const { one, requests } = await tapped()
    // It has no price.
    one.answers.push(true)
    const outcome = await one.line('a red fox', { settings: { ...SMALL, model: 'a?b' } })
    expect(outcome).toMatchObject({ kind: 'failed', failure: { kind: 'model-gone', model: 'a?b' } })
    expect(requests).toHaveLength(0)
  })

  test('a key that cannot be a header', async () => {
    for (const key of ['AIzaWithA\nnewline', 'AIzaMitÄöü—']) {
      const one = await talk({ access: { key, source: 'file' } })
      expect(await one.line('a red fox')).toMatchObject({ kind: 'failed', failure: { kind: 'bad-key' } })
      expect(await readFile(one.store.path('session.jsonl'), 'utf8')).not.toContain('AIza')
    }
  })
})

describe('the key', () => {
  test.each([
    "Permission denied: Consumer 'api_key:the-secret-key' has been suspended.",
    'The key the-secret-key is restricted. AIzaSyAnother_Key-0123456789 is not.',
    "Consumer 'api_key:AQ.another' is unknown.",
    'The key AQ.another_Key-0123456789 is restricted.',
  ])('is in no failure and no file, when a server says: %s', async (message) => {
    const { url } = await answering(403, { error: { code: 403, message, status: 'PERMISSION_DENIED' } })
    const one = await talk({ url, access: { key: 'the-secret-key', source: 'file' } })
    await one.line('a red fox')
    const told = JSON.stringify(one.session.turns) + (await readFile(one.store.path('session.jsonl'), 'utf8'))
    expect(told).toContain('(the key)')
    expect(told).not.toMatch(/the-secret-key|AIza|AQ\.another/)
  })
})

test('an answer that could be continued is not continued unless the user asks', async () => {
  const { url, requests } = await answering(200, {
    candidates: [
      {
        content: { role: 'model', parts: [{ text: 'I will' }], continuationToken: 'x' },
        finishReason: 'CONTINUATION',
        continuationToken: 'x',
      },
    ],
    continuationToken: 'x',
  })
  expect(await (await talk({ url })).line('a red fox')).toMatchObject({ nothing: { kind: 'other' } })
  expect(requests).toHaveLength(1)
})

test('nothing from the SDK reaches the console, whatever the environment', async () => {
  const said: unknown[][] = []
  for (const name of ['log', 'info', 'warn', 'error', 'debug'] as const) {
    const before = console[name]
    console[name] = (...words: unknown[]) => said.push(words)
    onTestFinished(() => {
      console[name] = before
    })
  }
  vi.stubEnv('GEMINI_API_KEY', 'one')
  vi.stubEnv('GOOGLE_GENAI_USE_VERTEXAI', 'true')
  vi.stubEnv('GOOGLE_CLOUD_PROJECT', 'project')
  vi.stubEnv('GOOGLE_GENAI_API_VERSION', 'v1')
  onTestFinished(() => {
    vi.unstubAllEnvs()
  })
  const { one, requests } = await tapped('several')
  await one.line('a red fox')
  await one.line('brighter')
  expect(said).toEqual([])
  expect(requests[0]?.path).toMatch(/^\/v1beta\/models\//)
  expect(requests[0]?.headers['x-goog-api-key']).toBe('a-good-key')
})
