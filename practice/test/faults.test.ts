import { readFileSync } from 'node:fs'
import sharp from 'sharp'
import { expect, test } from 'vitest'
import { FAULTS, FAULTS_OF, type FaultName, parseFaults } from '../faults.ts'
import type { Answer } from '../protocol.ts'
import { listen } from '../server.ts'
import { startPractice } from '../start.ts'
import { ask, during, imageOf, mean, model, partsOf, post, refusal, SMALL, user } from './client.ts'

const hills = { contents: [user('hills')], generationConfig: { imageConfig: { imageSize: '512' } } }

const meet = (faults: string) => during({ faults }, (url) => ask(url, hills))

/** What a client sees of each fault: a status with a phrase in the body, or a check of the answer. */
const REFUSED = {
  '400-key': [400, 'API key not valid'],
  'expired-key': [400, 'API key expired'],
  '401': [401, 'UNAUTHENTICATED'],
  'no-key': [403, 'unregistered callers'],
  'leaked-key': [403, 'reported as leaked'],
  'api-off': [403, 'SERVICE_DISABLED'],
  location: [400, 'FAILED_PRECONDITION'],
  'free-tier': [400, 'enable billing'],
  'bad-image': [400, 'Unable to process input image'],
  'invalid-image': [400, 'Provided image is not valid.'],
  '400-bare': [400, 'Request contains an invalid argument.'],
  setting: [400, "aspect_ratio must be one of '1:1'"],
  'text-signature': [400, 'Text part is missing a thought_signature'],
  '429-fraction': [429, '"retryDelay":"34.4s"'],
  '429-bare': [429, 'Resource has been exhausted'],
  'no-quota': [429, 'paid_tier_requests, limit: 0'],
  'spend-cap': [429, 'monthly spending cap'],
  'no-credit': [429, 'credits are depleted'],
  'html-200': [200, '<html>'],
  'empty-200': [200, ''],
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

const blocked = (blockReason: string) => (answer: Answer) => {
  expect(answer).toMatchObject({ promptFeedback: { blockReason }, usageMetadata: {} })
  expect(answer.candidates).toBeUndefined()
}
const ended = (finishReason: string) => (answer: Answer) => {
  expect(answer.candidates).toMatchObject([{ finishReason }])
  expect(images(answer)).toEqual([])
}

const ANSWERED = {
  'blocked-safety': blocked('SAFETY'),
  'blocked-image': blocked('IMAGE_SAFETY'),
  'blocked-word': blocked('BLOCKLIST'),
  'blocked-armor': blocked('MODEL_ARMOR'),
  'blocked-jailbreak': blocked('JAILBREAK'),
  'blocked-other': blocked('OTHER'),
  'blocked-unspecified': blocked('BLOCKED_REASON_UNSPECIFIED'),
  'image-other': ended('IMAGE_OTHER'),
  'finish-safety': ended('SAFETY'),
  'finish-prohibited': ended('PROHIBITED_CONTENT'),
  'finish-word': ended('BLOCKLIST'),
  'finish-spii': ended('SPII'),
  'finish-recitation': ended('RECITATION'),
  'finish-language': ended('LANGUAGE'),
  'finish-malformed': ended('MALFORMED_RESPONSE'),
  'finish-malformed-call': ended('MALFORMED_FUNCTION_CALL'),
  'finish-unexpected-call': ended('UNEXPECTED_TOOL_CALL'),
  'finish-endless-calls': ended('TOO_MANY_TOOL_CALLS'),
  'finish-other': ended('OTHER'),
  'finish-unspecified': ended('FINISH_REASON_UNSPECIFIED'),
  'finish-continuation': ended('CONTINUATION'),
  'refusal-usage': ({ usageMetadata: usage }) => {
    expect(usage?.candidatesTokenCount).toBe(usage?.thoughtsTokenCount)
    expect(usage?.totalTokenCount).toBe((usage?.promptTokenCount ?? 0) + (usage?.thoughtsTokenCount ?? 0))
  },
  'no-content': (answer) => expect(answer.candidates).toEqual([{ finishReason: 'STOP', index: 0 }]),
  'thought-only': (answer) => {
    expect(partsOf(answer).every(({ thought }) => thought)).toBe(true)
    expect(kinds(answer)).toBe('text image')
  },
  'image-first': (answer) => expect(kinds(answer)).toBe('image text'),
  'image-alone': (answer) => expect(kinds(answer)).toBe('image'),
  'finish-with-image': (answer) => {
    expect(answer.candidates?.[0]?.finishReason).toBe('IMAGE_OTHER')
    expect(images(answer)).toHaveLength(1)
  },
  'no-finish': (answer) => {
    expect(answer.candidates?.[0]?.finishReason).toBeUndefined()
    expect(images(answer)).toHaveLength(1)
  },
  'no-role': (answer) => expect(Object.keys(answer.candidates?.[0]?.content ?? {})).toEqual(['parts']),
  unsigned: (answer) => expect(partsOf(answer).some(({ thoughtSignature }) => thoughtSignature)).toBe(false),
  mislabelled: async (answer) => {
    expect(images(answer)[0]?.inlineData?.mimeType).toBe('image/png')
    expect((await sharp(imageOf(answer)).metadata()).format).toBe('jpeg')
  },
  drift: async (answer) => {
    const [r, , b] = await mean(imageOf(answer))
    const [red, , blue] = await mean(imageOf(await meet('slow:0')))
    expect(r / b).toBeGreaterThan((red / blue) * 1.01)
  },
  deaf: async (answer) => expect((await sharp(imageOf(answer)).metadata()).width).toBe(1024),
  'odd-usage': ({ usageMetadata: usage }) => {
    const { promptTokenCount = 0, candidatesTokenCount = 0, thoughtsTokenCount = 0 } = usage ?? {}
    const parts = promptTokenCount + candidatesTokenCount + thoughtsTokenCount
    expect(usage?.totalTokenCount).toBe(parts + 630)
  },
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
    expect(answer.usageMetadata?.candidatesTokensDetails?.[0]?.tokenCount).toBe(3 * 747)
  },
  drafts: (answer) => expect(kinds(answer)).toBe('image text image text image'),
  thoughts: (answer) =>
    expect(partsOf(answer).map(({ thought = false }) => thought)).toEqual([true, true, true, false, false]),
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

test.each(Object.entries(REFUSED))('%s gets %j', async (name, [status, words]) => {
  await during({ faults: name }, async (url) => {
    const response = await post(url, hills)
    expect(response.status).toBe(status)
    expect(await response.text()).toContain(words)
  })
})

test.each(Object.entries(ANSWERED))('%s is an answer that passes its check', async (name, check) => {
  await check(await meet(name))
})

test('reset leaves no answer, and the next call succeeds', async () => {
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

test('stall leaves half an answer and an open connection', async () => {
  await during({ faults: 'stall' }, async (url) => {
    const response = await post(url, hills)
    const reader = response.body?.getReader()
    const whole = Number(response.headers.get('content-length'))
    let come = 0
    while (come < whole / 2) come += (await reader?.read())?.value?.length ?? 0
    expect(come).toBeLessThan(whole)
    await reader?.cancel()
  })
})

test('hang sends nothing until the client gives up or the engine is closed', async () => {
  const server = await listen({ faults: 'hang' })
  const call = post(server.url, hills)
  const models = await fetch(`${server.url}/v1beta/models`, { headers: { 'x-goog-api-key': 'any' } })
  expect(models.status).toBe(200)
  const failed = expect(call).rejects.toThrow('fetch failed')
  await server.close()
  await failed
})

test('slow answers late but normally', async () => {
  expect(images(await meet('slow:0.1'))).toHaveLength(1)
  await during({ faults: 'slow:600' }, async (url) => {
    const gone = new AbortController()
    const two = [1, 2].map(() => post(url, hills, SMALL, {}, gone.signal))
    expect((await Promise.race(two)).status).toBe(200)
    gone.abort()
    // The answer to the other one had not come.
    const ends = (await Promise.allSettled(two)).map(({ status }) => status)
    expect(ends.toSorted()).toEqual(['fulfilled', 'rejected'])
  })
})

test('these tests cover every fault of the list', () => {
  const met = [...Object.keys(REFUSED), ...Object.keys(ANSWERED), 'reset', 'cut', 'stall', 'hang', 'slow']
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

test('the chat goes on when a reply of several images is sent back with one of them', async () => {
  await during({ faults: 'several' }, async (url) => {
    const [words = {}, , , , , last = {}] = partsOf(await ask(url, hills))
    const contents = [user('hills'), { role: 'model', parts: [words, last] }, user('brighter')]
    expect(images(await ask(url, { contents }))).toHaveLength(1)
  })
})

test('thoughts may stay in the history that is sent back', async () => {
  await during({ faults: 'thoughts' }, async (url) => {
    const first = await ask(url, hills)
    await ask(url, { contents: [user('hills'), model(first), user('brighter')] })
  })
})

test('an invalid list is refused with a sentence, before anything starts', async () => {
  expect(() => parseFaults('503:2,blockd')).toThrow('knows no fault "blockd". Did you mean "blocked"?')
  expect(() => parseFaults('nonsense-entirely')).toThrow('docs/practice.md lists them all')
  expect(() => parseFaults('slow')).toThrow('write slow:SECONDS')
  expect(() => parseFaults('503:x')).toThrow('write 503:2 for two calls in a row')
  expect(parseFaults(' 503:2, slow:0.5:3,')).toEqual([
    { name: '503', count: 2, seconds: 0 },
    { name: 'slow', count: 3, seconds: 0.5 },
  ])
  await expect(startPractice({ faults: 'blockd' })).rejects.toThrow('Did you mean "blocked"?')
})

test('faults also work in the worker', async () => {
  const engine = await startPractice({ faults: '503' })
  expect((await refusal(await post(engine.url, hills))).status).toBe('UNAVAILABLE')
  await engine.close()
})

test('docs/practice.md describes every fault as the engine does', () => {
  const page = readFileSync(new URL('../../docs/practice.md', import.meta.url), 'utf8')
  const rows = [...page.matchAll(/^\| `([\w-]+)` \| (.+) \|$/gm)].map(([, name, line]) => [name, line])
  expect(Object.fromEntries(rows)).toEqual(Object.assign({}, ...Object.values(FAULTS_OF)))
})
