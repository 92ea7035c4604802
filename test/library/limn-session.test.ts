import { existsSync } from 'node:fs'
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import sharp from 'sharp'
import { describe, expect, test, vi } from 'vitest'
import { type LimnEvent, listSessions, openSession } from '../../src/index.ts'
import { gate } from '../gemini/wire.ts'
import { temporaryHome } from '../store/temporary-home.ts'
import { opened, SMALL, server } from './opened.ts'

const all = async (events: AsyncIterable<LimnEvent>) => Array.fromAsync(events)

describe('a session of a program', () => {
  test('draws, edits, goes back, names, saves and is opened again', async () => {
    const { url } = await server()
    const home = await temporaryHome()
    const session = await opened({ home, engine: { url } })
    expect([session.id, session.current, session.versions]).toEqual([null, null, []])
    const fox = await session.draw('a red fox', SMALL)
    expect(fox).toMatchObject({ kind: 'done', words: 'Painted a fox in red.', mayHaveBeenBilled: 0 })
    expect(fox.usd).toBeGreaterThan(0)
    const [version] = fox.versions
    expect(version).toMatchObject({ number: 1, width: 512, height: 512, prompt: 'a red fox', tags: [] })
    expect(await sharp(await readFile(version?.path ?? '')).metadata()).toMatchObject({ width: 512 })
    await session.draw('make it night', SMALL)
    expect(session.current?.number).toBe(2)
    expect(await session.goTo(1)).toEqual({ kind: 'done' })
    expect(session.current?.number).toBe(1)
    expect(await session.tag('final', 2)).toEqual({ kind: 'done' })
    expect(await session.goTo('@final')).toEqual({ kind: 'done' })
    const path = join(home, 'out/fox.png')
    expect(await session.save('out/fox.png')).toEqual({ kind: 'done', path })
    expect(await session.save('out/fox.png')).toMatchObject({ kind: 'failed', reason: 'problem' })
    expect(await sharp(path).metadata()).toMatchObject({ format: 'png' })
    await session.close()
    expect(existsSync(join(session.folder ?? '', 'lock'))).toBe(false)

    const [listed] = await listSessions({ home })
    expect(listed).toMatchObject({ id: session.id, versions: 2, lastPrompt: 'make it night' })
    const again = await opened({ home, engine: { url }, resume: 'red fox' })
    expect(again.problem).toBeNull()
    expect(again.current).toMatchObject({ number: 2, tags: ['final'] })
    expect((await opened({ home, engine: { url }, resume: true })).id).toBe(session.id)
  })

  test.each([
    '/undo',
    '//two',
    'a fox --ar 16:9 --nonsense 7',
    '—fresh -n 4',
    'like @hat.png and v1, {red|blue}',
    '"quoted" \\@x',
  ])('sends %s as words, whatever it looks like', async (words) => {
    const { url, requests } = await server()
    const session = await opened({ engine: { url } })
    expect(await session.draw(words, SMALL)).toMatchObject({ kind: 'done' })
    expect(requests[0]?.body.contents.at(-1)?.parts).toEqual([{ text: words }])
    expect(session.versions).toHaveLength(1)
    expect(session.current?.prompt).toBe(words)
  })

  test('takes what a drawing is made with as values', async () => {
    const { url, requests } = await server()
    const home = await temporaryHome()
    const session = await opened({ home, engine: { url } })
    const image = await sharp({ create: { width: 40, height: 30, channels: 3, background: 'red' } })
      .png()
      .toBuffer()
    await writeFile(join(home, 'a strange --name.png'), image)
    const drawn = await session.draw('like these', {
      ...SMALL,
      aspect: '16:9',
      n: 2,
      references: ['a strange --name.png'],
    })
    expect(drawn.versions.map(({ number }) => number)).toEqual([1, 2])
    expect(requests).toHaveLength(2)
    expect(requests[0]?.body.generationConfig).toMatchObject({
      imageConfig: { aspectRatio: '16:9', imageSize: '512' },
    })
    const parts = requests[0]?.body.contents.at(-1)?.parts ?? []
    expect(parts.filter((part) => 'inlineData' in part)).toHaveLength(1)
    const other = await session.draw('in blue', { ...SMALL, from: 2, references: [1] })
    expect(other.kind).toBe('done')
    expect(await session.draw('anew', { ...SMALL, fresh: true })).toMatchObject({ kind: 'done' })
    expect(requests.at(-1)?.body.contents).toEqual([{ role: 'user', parts: [{ text: 'anew' }] }])
  })

  test.each([
    [{ size: '9K' }, /no size 9K/],
    [{ n: 17 }, /1 to 16/],
    [{ references: ['gone.png'] }, /gone\.png/],
    [{ from: 7 }, /There is no v7/],
    [{ style: 'oyl' }, /oil/],
  ])('says what is wrong with %j, and sends nothing', async (options, text) => {
    const { url, requests } = await server()
    const session = await opened({ engine: { url } })
    expect(await session.draw('a fox', { model: 'nb2', ...options })).toMatchObject({
      kind: 'not-sent',
      reason: 'usage',
      text: expect.stringMatching(text),
      versions: [],
    })
    expect(await session.draw('  ')).toMatchObject({ kind: 'not-sent', reason: 'usage' })
    expect(requests).toEqual([])
  })

  test('gives a refusal, a failure and what came beside them as values', async () => {
    const { url } = await server('safety,403,500')
    const session = await opened({ engine: { url } })
    expect(await session.draw('a fox', SMALL)).toMatchObject({
      ...{ kind: 'refused', reason: 'safety', versions: [] },
      text: expect.stringContaining('No image: the filter'),
    })
    expect(await session.draw('a fox', SMALL)).toMatchObject({ kind: 'failed', reason: 'permission' })
    const some = await session.draw('a fox', { ...SMALL, n: 2 })
    expect(some).toMatchObject({ kind: 'failed', reason: 'internal', mayHaveBeenBilled: 1 })
    expect(some.versions).toHaveLength(1)
  })

  test('tells a price before it is paid', async () => {
    const { url, requests } = await server()
    const session = await opened({ engine: { url } })
    const one = await session.price('a fox', SMALL)
    const four = await session.price('a fox', { ...SMALL, n: 4 })
    expect(one.kind === 'known' && four.kind === 'known' && four.usual / one.usual).toBeCloseTo(4)
    expect(await session.price('a fox', { model: 'models/my-own' })).toEqual({ kind: 'unknown' })
    expect(await session.price('a fox', { size: '9K' })).toMatchObject({ kind: 'not-sent', reason: 'usage' })
    expect(requests).toEqual([])
    const free = await opened({ engine: 'practice' })
    expect(await free.price('a fox')).toEqual({ kind: 'free' })
  })

  test('spends no more than maxUsd, of which nobody is asked', async () => {
    const { url, requests } = await server()
    const ask = vi.fn(() => true)
    const session = await opened({ engine: { url }, maxUsd: 0.12, ask })
    const price = await session.price('a fox', SMALL)
    expect(price.kind === 'known' && price.most).toBeGreaterThan(0.04)
    const some = await session.draw('a fox', { ...SMALL, n: 4 })
    expect(some).toMatchObject({ kind: 'not-sent', reason: 'budget' })
    expect(requests).toEqual([])
    const kinds: string[] = []
    for (let draw = 0; draw < 4; draw++) kinds.push((await session.draw('a fox', SMALL)).kind)
    expect(kinds[0]).toBe('done')
    expect(kinds.at(-1)).toBe('not-sent')
    expect(ask).not.toHaveBeenCalled()
    await expect(openSession({ maxUsd: Number.NaN })).rejects.toThrow(TypeError)
    // What another opening has spent does not count.
    const home = session.folder === null ? '' : join(session.folder, '../..')
    expect(await (await opened({ home, engine: { url }, maxUsd: 0.12 })).draw('a fox', SMALL)).toMatchObject({
      kind: 'done',
    })
  })

  test('asks where it is given somebody to ask, and else sends nothing for that price', async () => {
    const { url, requests } = await server()
    const dear = { model: 'pro', size: '4K', n: 4 }
    const silent = await opened({ engine: { url } })
    expect(await silent.draw('a fox', dear)).toMatchObject({ kind: 'not-sent', reason: 'price' })
    const asked: string[] = []
    const session = await opened({
      engine: { url },
      ask: (question) => {
        asked.push(question.text)
        return false
      },
    })
    expect(await session.draw('a fox', dear)).toMatchObject({ kind: 'not-sent', reason: 'price' })
    expect(asked).toEqual([expect.stringContaining('Send it?')])
    expect(requests).toEqual([])
  })

  test('without a key sends nothing, whatever the environment holds that it was not given', async () => {
    vi.stubEnv('GEMINI_API_KEY', 'a-key')
    vi.stubEnv('GOOGLE_GEMINI_BASE_URL', 'http://127.0.0.1:9')
    const home = await temporaryHome()
    const session = await openSession({ home })
    expect(session.engine).toBe('none')
    expect(await session.draw('a fox')).toMatchObject({ kind: 'not-sent', reason: 'no-key' })
    await session.close()
    const given = await openSession({ home, env: process.env })
    expect(given.engine).toBe('server:127.0.0.1:9')
    await given.close()
    vi.unstubAllEnvs()
  })

  test('that cannot be opened says why, and each call says it again', async () => {
    const session = await opened({ resume: 'blue whale' })
    const text = expect.stringContaining('No session has "blue whale" in it')
    expect(session.problem).toEqual({ kind: 'not-sent', reason: 'not-open', text })
    expect(await session.draw('a fox')).toMatchObject({ kind: 'not-sent', reason: 'not-open', text })
    expect(await session.goTo(1)).toMatchObject({ kind: 'not-sent', reason: 'not-open' })
    expect((await all(session.send('a fox'))).map(({ type }) => type)).toEqual([
      'session',
      'problem',
      'result',
    ])
  })

  test('that another limn writes can be looked at, and is not written', async () => {
    const { url, requests } = await server()
    const home = await temporaryHome()
    const first = await opened({ home, engine: { url } })
    await first.draw('a red fox', SMALL)
    const second = await opened({ home, engine: { url }, resume: first.id ?? '' })
    expect(second.versions).toHaveLength(1)
    expect(await second.draw('at night', SMALL)).toMatchObject({ kind: 'not-sent', reason: 'read-only' })
    expect(requests).toHaveLength(1)
  })

  test('does what is asked of it one after another, and nothing more once it is closed', async () => {
    const { url } = await server()
    const session = await opened({ engine: { url } })
    const results = Promise.all([session.draw('a red fox', SMALL), session.draw('at night', SMALL)])
    const closed = session.close()
    expect((await results).map(({ kind }) => kind)).toEqual(['done', 'done'])
    await closed
    expect(session.versions.map(({ prompt }) => prompt)).toEqual(['a red fox', 'at night'])
    expect(await session.draw('too late')).toMatchObject({ kind: 'not-sent', reason: 'stopped' })
  })

  test('ends what is out when its signal is aborted, and gives the session back', async () => {
    const wire = await gate((await server()).url)
    const stop = new AbortController()
    const session = await opened({ engine: { url: wire.url }, signal: stop.signal })
    const out = session.draw('a red fox', SMALL)
    const behind = session.draw('at night', SMALL)
    while (wire.requests.length === 0) await new Promise((done) => setImmediate(done))
    stop.abort()
    expect(await out).toMatchObject({ kind: 'failed', reason: 'aborted' })
    expect(await behind).toMatchObject({ kind: 'not-sent', reason: 'stopped' })
    await session.close()
    expect(existsSync(join(session.folder ?? '', 'lock'))).toBe(false)
  })

  test('adds no listener to the process, and a fault of its network ends the call alone', async () => {
    const before = process.eventNames().map((name) => [name, process.listenerCount(name)])
    const session = await opened({ engine: { url: 'http://127.0.0.1:9' } })
    expect(await session.draw('a fox', SMALL)).toMatchObject({ kind: 'failed', reason: 'no-network' })
    await session.close()
    expect(process.eventNames().map((name) => [name, process.listenerCount(name)])).toEqual(before)
  })
})

describe('a line that is sent', () => {
  test('gives the events of --json, from the session to the result', async () => {
    const { url } = await server()
    const session = await opened({ engine: { url } })
    const events = await all(session.send('a red fox --size 512 --model nb2'))
    const happened = events.filter(({ type }) => type !== 'message')
    expect(happened.map(({ type }) => type)).toEqual([
      ...['session', 'line', 'turn', 'answer', 'image', 'line_result', 'result'],
    ])
    expect(events[0]).toMatchObject({ schema: 1, session_id: null, engine: session.engine, practice: false })
    expect(events.at(-1)).toMatchObject({ subtype: 'success', session_id: session.id, versions: [1] })
    const undone = await all(session.send('/undo'))
    expect(undone.at(-1)).toMatchObject({ type: 'result', exit_code: 0 })
    expect(session.current).toBeNull()
    const wrong = await all(session.send('/undo'))
    expect(wrong.find(({ type }) => type === 'problem')).toMatchObject({ kind: 'failed', reason: 'problem' })
  })

  test('is sent also when nobody reads, or reads no further', async () => {
    const { url, requests } = await server()
    const session = await opened({ engine: { url } })
    session.send('a red fox --size 512 --model nb2')
    for await (const { type } of session.send('at night --size 512 --model nb2')) if (type === 'turn') break
    await session.close()
    expect(requests).toHaveLength(2)
    expect(session.versions).toHaveLength(2)
  })
})
