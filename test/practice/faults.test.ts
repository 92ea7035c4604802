import { readFileSync } from 'node:fs'
import sharp from 'sharp'
import { expect, test } from 'vitest'
import { FAULTS, FAULTS_OF, type FaultName, parseFaults } from '../../src/practice/faults.ts'
import type { Answer } from '../../src/practice/protocol.ts'
import { listen } from '../../src/practice/server.ts'
import { startPractice } from '../../src/practice/start.ts'
import { ask, during, imageOf, model, partsOf, post, refusal, user } from './client.ts'

const hills = { contents: [user('hills')], generationConfig: { imageConfig: { imageSize: '512' } } }

const meet = (faults: string) => during({ faults }, (url) => ask(url, hills))

/** What each fault looks like to a client: a status with words in the body, or a check of the answer. */
const REFUSED = {
  '400-key': [400, 'API key not valid'],
  '403': [403, 'PERMISSION_DENIED'],
  '404': [404, 'is not found for API version v1beta'],
  'too-large': [400, 'exceeds the limit: 104857600 bytes'],
  '413': [413, '<title>413'],
  '429': [429, '"retryDelay":"1.2s"'],
  '429-long': [429, '"retryDelay":"3600s"'],
  'no-billing': [429, 'free_tier_requests, limit: 0'],
  '500': [500, 'INTERNAL'],
  '503': [503, 'experiencing high demand'],
  '504': [504, 'DEADLINE_EXCEEDED'],
  'html-502': [502, '<!DOCTYPE html>'],
  field: [400, 'Unknown name \\"imageConfig\\"'],
  signature: [400, 'missing a thought_signature'],
  'bad-signature': [400, 'invalid thought signature for content at index 1'],
} as const satisfies Partial<Record<FaultName, readonly [number, string]>>

const images = (answer: Answer) => partsOf(answer).filter((part) => part.inlineData && !part.thought)
const kinds = (answer: Answer) =>
  partsOf(answer)
    .map((part) => (part.inlineData ? 'image' : 'text'))
    .join(' ')

const ANSWERED = {
  blocked: (answer) => {
    expect(answer.promptFeedback).toEqual({ blockReason: 'PROHIBITED_CONTENT' })
    expect(answer.candidates).toBeUndefined()
  },
  'no-image': (answer) => {
    expect(answer.candidates).toEqual([{ content: {}, finishReason: 'NO_IMAGE', index: 0 }])
    expect(answer.usageMetadata?.candidatesTokenCount).toBeUndefined()
  },
  safety: (answer) =>
    expect(answer.candidates?.[0]).toMatchObject({
      content: { role: 'model' },
      finishReason: 'IMAGE_SAFETY',
      finishMessage: expect.stringContaining('rephrasing'),
    }),
  recitation: (answer) => expect(answer.candidates?.[0]?.finishReason).toBe('IMAGE_RECITATION'),
  prohibited: (answer) => expect(answer.candidates?.[0]?.finishReason).toBe('IMAGE_PROHIBITED_CONTENT'),
  'text-only': (answer) => {
    expect(kinds(answer)).toBe('text')
    expect(answer.candidates?.[0]?.finishReason).toBe('STOP')
  },
  empty: (answer) => expect(answer.candidates).toEqual([{ content: {}, finishReason: 'STOP', index: 0 }]),
  'no-candidates': (answer) => expect(Object.keys(answer)).toEqual(['usageMetadata']),
  'null-parts': (answer) => expect(answer.candidates?.[0]?.content).toEqual({ parts: null, role: 'model' }),
  several: (answer) => {
    expect(kinds(answer)).toBe('text image text image text image')
    expect(answer.usageMetadata?.candidatesTokensDetails?.[0]?.tokenCount).toBe(3 * 1120)
  },
  drafts: (answer) => expect(kinds(answer)).toBe('image text image text image'),
  thoughts: (answer) =>
    expect(partsOf(answer).map(({ thought = false }) => thought)).toEqual([true, true, false, false]),
  'bad-base64': (answer) => expect(images(answer)[0]?.inlineData?.data).toContain('%'),
  'not-image': async (answer) => {
    expect(images(answer)[0]?.inlineData?.mimeType).toBe('image/png')
    await expect(sharp(imageOf(answer)).metadata()).rejects.toThrow('unsupported image format')
  },
  'max-tokens': (answer) => {
    expect(answer.candidates?.[0]?.finishReason).toBe('MAX_TOKENS')
    expect(kinds(answer)).toBe('text')
  },
  'unknown-finish': (answer) => expect(answer.candidates?.[0]?.finishReason).toBe('SOMETHING_NEW'),
  'no-usage': (answer) => {
    expect(answer.usageMetadata).toBeUndefined()
    expect(images(answer)).toHaveLength(1)
  },
} as const satisfies Partial<Record<FaultName, (answer: Answer) => void | Promise<void>>>

test.each(Object.entries(REFUSED))('%s is answered by %j', async (name, [status, words]) => {
  await during({ faults: name }, async (url) => {
    const response = await post(url, hills)
    expect(response.status).toBe(status)
    expect(await response.text()).toContain(words)
  })
})

test.each(Object.entries(ANSWERED))('%s is an answer without what one hoped for', async (name, check) => {
  await check(await meet(name))
})

test('reset leaves no answer, and the next call is well', async () => {
  await during({ faults: 'reset' }, async (url) => {
    await expect(post(url, hills)).rejects.toThrow('fetch failed')
    await ask(url, hills)
  })
})

test('cut leaves half an answer', async () => {
  await during({ faults: 'cut' }, async (url) => {
    const response = await post(url, hills)
    expect(response.status).toBe(200)
    await expect(response.text()).rejects.toThrow('terminated')
  })
})

test('hang says nothing until the client gives up or the engine is closed', async () => {
  const server = await listen({ faults: 'hang' })
  const call = post(server.url, hills)
  const models = await fetch(`${server.url}/v1beta/models`, { headers: { 'x-goog-api-key': 'any' } })
  expect(models.status).toBe(200)
  const failed = expect(call).rejects.toThrow('fetch failed')
  await server.close()
  await failed
})

test('slow answers late, and normally', async () => {
  const started = performance.now()
  expect(images(await meet('slow:0.3'))).toHaveLength(1)
  expect(performance.now() - started).toBeGreaterThanOrEqual(300)
})

test('every fault of the list is met in these tests', () => {
  const met = [...Object.keys(REFUSED), ...Object.keys(ANSWERED), 'reset', 'cut', 'hang', 'slow']
  expect(Object.keys(FAULTS).sort()).toEqual(met.sort())
})

test('faults come in the order of the list, each as often as it says, and then no more', async () => {
  await during({ faults: '503:2, no-image' }, async (url) => {
    expect((await post(url, hills)).status).toBe(503)
    expect((await post(url, hills)).status).toBe(503)
    expect((await ask(url, hills)).candidates?.[0]?.finishReason).toBe('NO_IMAGE')
    expect(images(await ask(url, hills))).toHaveLength(1)
  })
})

test('a reply of several images goes back with one of them, and the chat goes on', async () => {
  await during({ faults: 'several' }, async (url) => {
    const [words = {}, , , , , last = {}] = partsOf(await ask(url, hills))
    const contents = [user('hills'), { role: 'model', parts: [words, last] }, user('brighter')]
    expect(images(await ask(url, { contents }))).toHaveLength(1)
  })
})

test('thoughts that were sent along may stay in the history', async () => {
  await during({ faults: 'thoughts' }, async (url) => {
    const first = await ask(url, hills)
    await ask(url, { contents: [user('hills'), model(first), user('brighter')] })
  })
})

test('a list that makes no sense is refused in a sentence, before anything is started', async () => {
  expect(() => parseFaults('503:2,blockd')).toThrow('knows no fault "blockd". Did you mean "blocked"?')
  expect(() => parseFaults('nonsense-entirely')).toThrow('It knows: 403, 404, 413,')
  expect(() => parseFaults('slow')).toThrow('write slow:SECONDS')
  expect(() => parseFaults('503:x')).toThrow('write 503:2 for two calls in a row')
  expect(parseFaults(' 503:2, slow:0.5:3,')).toEqual([
    { name: '503', count: 2, seconds: 0 },
    { name: 'slow', count: 3, seconds: 0.5 },
  ])
  await expect(startPractice({ faults: 'blockd' })).rejects.toThrow('Did you mean "blocked"?')
})

test('a fault in the worker is met like any other', async () => {
  const engine = await startPractice({ faults: '503' })
  expect((await refusal(await post(engine.url, hills))).status).toBe('UNAVAILABLE')
  await engine.close()
})

test('the page on the practice engine tells every fault as the engine does', () => {
  const page = readFileSync(new URL('../../docs/practice.md', import.meta.url), 'utf8')
  const rows = [...page.matchAll(/^\| `([\w-]+)` \| (.+) \|$/gm)].map(([, name, line]) => [name, line])
  expect(Object.fromEntries(rows)).toEqual(Object.assign({}, ...Object.values(FAULTS_OF)))
})
