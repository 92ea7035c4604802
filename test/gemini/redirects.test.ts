import { expect, test } from 'vitest'
import { failureText } from '../../src/core/failures/failure.ts'
import type { BatchApi } from '../../src/gemini/chat.ts'
import { chatFor } from '../../src/gemini/connect.ts'
import { stateOf } from '../../src/turn/chat-state.ts'
import { SMALL, talk } from '../turn/talk.ts'
import { vertexAt } from './vertex.ts'
import { answering, redirecting } from './wire.ts'

const KEY = 'a-secret-key'

/** A server that redirects everything to another one, which must not get a request. */
async function fork(status = 307) {
  const other = await answering(200, {})
  const server = await redirecting(status, (path) => other.url + path)
  return { url: server.url, asked: server.requests, heard: other.requests, other: other.url }
}

function chatAt(url: string) {
  return chatFor(KEY, {
    env: { GOOGLE_GEMINI_BASE_URL: url },
    root: '',
    practice: false,
    practiceUrl: async () => '',
    now: () => new Date(0),
  })
}

function batchesAt(url: string): BatchApi {
  const { batches } = chatAt(url)
  if (!batches) throw new Error('no batches')
  return batches
}

const { signal } = new AbortController()

test.each([301, 302, 303, 307, 308])(
  'a line that is answered with %i is not sent elsewhere',
  async (status) => {
    const { url, asked, heard, other } = await fork(status)
    const one = await talk({ url, access: { key: KEY, source: 'file' } })
    const outcome = await one.line('a red fox')
    if (outcome.kind !== 'failed') throw new Error(outcome.kind)
    expect(outcome.failure).toEqual({
      kind: 'redirected',
      to: `${other}/v1beta/models/gemini-3.1-flash-image:generateContent`,
    })
    const text = failureText(outcome.failure)
    expect(text).toContain(other)
    expect(text).toContain('GOOGLE_GEMINI_BASE_URL')
    expect(text).not.toContain('billed')
    expect(heard).toEqual([])
    expect(asked).toHaveLength(1)
  },
)

test('the user and query of an address are not repeated', async () => {
  const { url } = await redirecting(302, () => 'https://me:word@login.example/in?token=secret#there')
  const one = await talk({ url })
  expect(await one.line('a red fox')).toMatchObject({
    failure: { kind: 'redirected', to: 'https://login.example/in' },
  })
})

/** Every other call of limn. */
const CALLS: Readonly<Record<string, (url: string) => Promise<unknown>>> = {
  'the list of models': async (url) => chatAt(url).models(),
  'an upload for a batch': async (url) => {
    const one = await talk({ url })
    const file = { bytes: new Uint8Array(9), mime: 'image/png', name: 'x' }
    return one.chat.files?.upload(file, { clock: one.clock, signal, seconds: 60, looks: 1 })
  },
  'a new batch': async (url) =>
    batchesAt(url).create({ model: 'gemini-3.1-flash-image', fileName: 'files/a', label: 'x' }, signal),
  'the list of batches': async (url) => batchesAt(url).find(new Set(['x']), signal),
  'a look at a batch': async (url) => batchesAt(url).look('batches/a', signal),
  'the end of a batch': async (url) => batchesAt(url).cancel('batches/a', signal),
  'the results of a batch': async (url) => {
    const results = batchesAt(url).results({ file: 'files/a', model: 'x' }, signal)
    return { failure: (await results.next()).value }
  },
}

test.each(Object.entries(CALLS))('%s is not sent elsewhere either', async (_, call) => {
  const { url, asked, heard, other } = await fork()
  expect(await call(url)).toMatchObject({
    failure: { kind: 'redirected', to: expect.stringContaining(other) },
  })
  expect(asked).not.toEqual([])
  expect(heard).toEqual([])
})

test('a reference that would be uploaded elsewhere is not', async () => {
  const { url, heard } = await fork()
  const one = await talk({ url, practice: true })
  const copy = { bytes: new Uint8Array(9), mime: 'image/png' }
  const world = { root: one.place.root, clock: one.clock, signal }
  const linked = await stateOf(one.chat).uploads.link(copy, true, world)
  expect(linked).toMatchObject({ kind: 'failed', why: expect.stringContaining('redirects the request to') })
  expect(heard).toEqual([])
})

test('the sign-in to Vertex AI is not sent elsewhere', async () => {
  const { url, heard, other } = await fork()
  const vertex = await answering(200, {})
  const env = await vertexAt(vertex.url, undefined, `${url}/account`)
  const one = await talk({ env, access: undefined, url: vertex.url })
  const outcome = await one.line('a red fox', { settings: SMALL })
  expect(outcome).toMatchObject({ failure: { kind: 'redirected', to: `${other}/account` } })
  expect([...heard, ...vertex.requests]).toEqual([])
})

test('a file is downloaded from another path of the same server, but not in an endless circle', async () => {
  const { url, requests } = await redirecting(302, (path) => `/download${path}`)
  const results = batchesAt(url).results({ file: 'files/a', model: 'x' }, signal)
  expect((await results.next()).value).toMatchObject({ kind: 'redirected' })
  expect(requests.map(({ path }) => path).slice(0, 2)).toEqual([
    '/v1beta/files/a:download?alt=media',
    '/download/v1beta/files/a:download?alt=media',
  ])
  expect(requests).toHaveLength(6)
})
