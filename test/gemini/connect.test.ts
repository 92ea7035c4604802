import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { describe, expect, test, vi } from 'vitest'
import { chatFor, connect, type EngineSources } from '../../src/gemini/connect.ts'
import { engineOf } from '../../src/gemini/engine.ts'
import { Story } from '../core/session/story.ts'
import { temporaryHome } from '../store/temporary-home.ts'
import { engine, SMALL, talk } from '../turn/talk.ts'
import { vertexAt } from './vertex.ts'
import { answering, gate, wiretap } from './wire.ts'

async function doors(env: EngineSources['env'] = {}, practice = false): Promise<EngineSources> {
  return { env, root: await temporaryHome(), practice, practiceUrl: () => engine(), now: () => new Date(0) }
}

const empty = () => new Story().session
const practised = () => new Story().line('a fox', { engine: 'practice' }).session
const real = () => new Story().line('a fox').session

describe('what answers', () => {
  test.each([
    ['nothing set', {}, 'practice'],
    ['GEMINI_API_KEY', { GEMINI_API_KEY: 'a' }, 'gemini'],
    ['GOOGLE_API_KEY', { GOOGLE_API_KEY: 'a' }, 'gemini'],
    ['an empty key', { GEMINI_API_KEY: '  ' }, 'practice'],
    ['a server of the protocol', { GOOGLE_GEMINI_BASE_URL: 'http://localhost:99/' }, 'server:localhost:99'],
    [
      'Vertex AI',
      { GOOGLE_GENAI_USE_VERTEXAI: 'true', GOOGLE_CLOUD_PROJECT: 'p', GEMINI_API_KEY: 'a' },
      'vertex',
    ],
    ['Vertex AI by 1', { GOOGLE_GENAI_USE_VERTEXAI: '1', GOOGLE_CLOUD_PROJECT: 'p' }, 'vertex'],
    ['no Vertex AI', { GOOGLE_GENAI_USE_VERTEXAI: 'false', GEMINI_API_KEY: 'a' }, 'gemini'],
  ])('with %s', async (_, env, id) => {
    expect((await connect(empty(), await doors(env))).chat.engine.id).toBe(id)
  })

  test('a key in its file, and the environment before it', async () => {
    const ours = await doors()
    await writeFile(join(ours.root, 'key'), 'from-the-file\n', { mode: 0o600 })
    expect((await connect(empty(), ours)).chat.engine.label).toMatch(/file/)
    expect((await connect(empty(), { ...ours, env: { GEMINI_API_KEY: 'a' } })).chat.engine.label).toMatch(
      /GEMINI_API_KEY/,
    )
  })

  test('a key that others could read is used, with a warning', async () => {
    const ours = await doors()
    await writeFile(join(ours.root, 'key'), 'from-the-file\n', { mode: 0o644 })
    expect((await connect(empty(), ours)).warnings).toEqual([expect.stringContaining('0600')])
  })

  test('the practice engine says what it is', async () => {
    expect((await connect(empty(), await doors({ GEMINI_API_KEY: 'a' }, true))).chat.engine.label).toBe(
      'practice engine: not AI, free. /key connects Gemini',
    )
  })

  test('no label contains the key', () => {
    expect(engineOf({}, { key: 'secret', source: 'file' }, false).label).not.toContain('secret')
  })
})

describe('the address of a server', () => {
  const SECRET = 'pa:ss word'
  const withPassword = (address: string) =>
    address.replace('http://', `http://me:${encodeURIComponent(SECRET)}@`)

  test.each([
    ['http://me:secret@localhost:99/v', 'localhost:99'],
    ['http://me:sec ret@local host:99/v', 'local host:99/v'],
    ['me:secret@localhost:99', 'localhost:99'],
    ['//me:secret@host/v?key=secret', 'host/v'],
    ['ht\u001b[2Jtp://ho\u001b]0;st\u0007', 'http://ho'],
  ])('%j is shown and recorded as %s', async (address, shown) => {
    const { engine: found } = (await connect(empty(), await doors({ GOOGLE_GEMINI_BASE_URL: address }))).chat
    expect(found).toEqual({
      id: `server:${shown}`,
      kind: 'server',
      label: `Gemini protocol at ${shown}`,
    })
  })

  test('of Vertex AI cannot control a terminal either', () => {
    const env = {
      GOOGLE_GENAI_USE_VERTEXAI: 'true',
      GOOGLE_CLOUD_PROJECT: 'pro\u001b[2Jject\n',
      GOOGLE_CLOUD_LOCATION: 'he\u009b2Jre',
    }
    expect(engineOf(env, undefined, false).label).toBe('Vertex AI · project · here')
  })

  test('may contain a user and a password, which only the server gets', async () => {
    const wire = await wiretap(await engine())
    const one = await talk({ url: withPassword(wire.url) })
    expect(await one.line('a red fox')).toMatchObject({ kind: 'answered', main: 1 })
    expect(await one.chat.models()).toMatchObject({ ok: true })
    const authorization = `Basic ${Buffer.from(`me:${SECRET}`).toString('base64')}`
    expect(wire.requests.map(({ headers }) => [headers.authorization, headers['x-goog-api-key']])).toEqual([
      [authorization, 'a-good-key'],
      [authorization, 'a-good-key'],
    ])
    const recorded = await readFile(one.store.path('session.jsonl'), 'utf8')
    expect(recorded).not.toContain('me:')
    expect(recorded).toContain(`"server:${new URL(wire.url).host}"`)
  })

  test('is never in a failure with its password', async () => {
    for (const address of [
      withPassword('http://127.0.0.1:1'),
      'me:secret@localhost:99',
      'http://me:secret@ho st',
    ]) {
      const one = await talk({ url: address })
      one.asks = false
      expect((await one.line('a red fox')).kind).toBe('failed')
      expect(await readFile(one.store.path('session.jsonl'), 'utf8')).not.toMatch(/secret|word|me:/)
    }
  })
})

describe('a session continues with an engine of its kind', () => {
  test('one of Gemini, opened without a key, is never answered by the practice engine', async () => {
    expect((await connect(real(), await doors())).chat.engine.kind).toBe('none')
    expect((await connect(real(), await doors({}, true))).chat.engine.kind).toBe('none')
    expect((await connect(real(), await doors({ GEMINI_API_KEY: 'a' }))).chat.engine.kind).toBe('gemini')
  })

  test('a practice session stays one when there is a key, with a warning', async () => {
    const { chat, warnings } = await connect(practised(), await doors({ GEMINI_API_KEY: 'a' }))
    expect(chat.engine.kind).toBe('practice')
    expect(warnings).toEqual([expect.stringMatching(/practice session.*\/new/)])
  })
})

describe('the test of a key', () => {
  const check = (key: string, url: string) =>
    chatFor(key, {
      env: { GOOGLE_GEMINI_BASE_URL: url },
      root: '',
      practice: false,
      practiceUrl: async () => '',
      now: () => new Date(0),
    })

  test('lists the models, which is not billed', async () => {
    const wire = await wiretap(await engine())
    const listed = await check('good', wire.url).models()
    expect(listed).toMatchObject({ ok: true, ids: expect.arrayContaining(['gemini-3-pro-image']) })
    expect(wire.requests).toMatchObject([{ method: 'GET', headers: { 'x-goog-api-key': 'good' } }])
    expect(wire.requests[0]?.path).toMatch(/^\/v1beta\/models\?/)
  })

  test('reports one that Google does not know', async () => {
    expect(await check('bad-key', await engine()).models()).toEqual({
      ok: false,
      failure: { kind: 'bad-key' },
    })
  })

  test('reports a server that does not speak the protocol', async () => {
    const { url } = await answering(200, '<html>hello</html>')
    expect(await check('good', url).models()).toMatchObject({
      ok: false,
      failure: { kind: 'strange-answer' },
    })
  })

  test('waits neither for ever nor longer than the user', async () => {
    const { url, arrived } = await gate(await engine())
    expect(await check('good', url).models(undefined, 0.1)).toEqual({
      ok: false,
      failure: { kind: 'timed-out', seconds: 0.1 },
    })
    const stop = new AbortController()
    const listed = check('good', url).models(stop.signal)
    await arrived()
    stop.abort()
    expect(await listed).toEqual({ ok: false, failure: { kind: 'aborted' } })
  })
})

test('an engine that could not be started is started again for the next line', async () => {
  const url = await engine()
  const ours = await doors()
  let tries = 0
  const practiceUrl = async () => {
    if (++tries === 1) throw new Error('not today')
    return url
  }
  const one = await talk({ url, practice: true })
  one.chat = (await connect(empty(), { ...ours, practiceUrl })).chat
  expect((await one.line('a red fox')).kind).toBe('failed')
  expect(await one.line('a red fox')).toMatchObject({ kind: 'answered', main: 1 })
})

test('Vertex AI is called at its own address and version, with a bearer token and without a key', async () => {
  const wire = await wiretap(await engine())
  const env = await vertexAt(wire.url)
  const one = await talk({ env, access: undefined, url: wire.url })
  expect(await one.line('a red fox', { settings: SMALL })).toMatchObject({ kind: 'answered', main: 1 })
  expect(wire.requests[0]).toMatchObject({
    path: '/v1beta1/projects/a-project/locations/europe-west1/publishers/google/models/gemini-3.1-flash-image:generateContent',
    headers: { authorization: 'Bearer a-token' },
  })
  expect(wire.requests[0]?.headers).not.toHaveProperty('x-goog-api-key')
})

test.each([
  ['a file of credentials that is not there', undefined, /gone\.json does not exist/],
  ['a file that holds no credentials', '{"type":"x"}', /client_email/],
  ['no JSON', '{no', /JSON/],
])('%s: Vertex AI was sent nothing, and nothing is billed', async (_, text, says) => {
  const wire = await wiretap(await engine())
  const env = await vertexAt(wire.url)
  const file = join(await temporaryHome(), text === undefined ? 'gone.json' : 'credentials.json')
  if (text !== undefined) {
    await mkdir(dirname(file), { recursive: true })
    await writeFile(file, text)
  }
  vi.stubEnv('GOOGLE_APPLICATION_CREDENTIALS', file)
  const one = await talk({ env, access: undefined, url: wire.url })
  const outcome = await one.line('a red fox', { settings: SMALL })
  expect(outcome).toMatchObject({
    kind: 'failed',
    failure: { kind: 'sign-in', says: expect.stringMatching(says) },
  })
  expect(wire.requests).toEqual([])
})

test('an expired login is reported as such', async () => {
  const wire = await wiretap(await engine())
  const env = await vertexAt(wire.url, {
    status: 400,
    body: { error: 'invalid_grant', error_description: 'reauth related error (invalid_rapt)' },
  })
  const one = await talk({ env, access: undefined, url: wire.url })
  expect(await one.line('a red fox', { settings: SMALL })).toMatchObject({
    kind: 'failed',
    failure: { kind: 'sign-in', says: expect.stringMatching(/invalid_grant.*invalid_rapt/) },
  })
  expect(wire.requests).toEqual([])
})
