import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type BatchJob, JobState } from '@google/genai'
import sharp from 'sharp'
import { expect, test } from 'vitest'
import type { Answer } from '../protocol.ts'
import { during, imageOf, refusal, SMALL, sdk, temporary, user, wordsOf } from './client.ts'

const words = { responseModalities: ['TEXT'] }
const asked = (text: string, key: string, config: object = words) => ({
  contents: [{ role: 'user', parts: [{ text }] }],
  config,
  metadata: { key },
})
const responsesOf = ({ dest }: BatchJob) => dest?.inlinedResponses ?? []
const keysOf = (job: BatchJob) => responsesOf(job).map(({ metadata }) => metadata?.key)

test('a job of inline requests gives each result with the key of its request', async () => {
  await during({}, async (url) => {
    const { batches } = sdk(url)
    const image = { responseModalities: ['IMAGE'], imageConfig: { aspectRatio: '16:9', imageSize: '512' } }
    const src = [asked('a red fox', 'fox', image), asked('hills', 'hills')]
    const begun = await batches.create({ model: SMALL, src, config: { displayName: 'two' } })
    expect(begun).toMatchObject({ displayName: 'two', state: JobState.JOB_STATE_PENDING })
    const job = await batches.get({ name: begun.name ?? '' })
    expect(job).toMatchObject({ state: JobState.JOB_STATE_SUCCEEDED, model: `models/${SMALL}` })
    expect(keysOf(job)).toEqual(['fox', 'hills'])
    // The SDK's response type lacks the wire fields that are checked here.
    const [fox, hills] = responsesOf(job).map(({ response }) => response as unknown as Answer)
    const { width, height } = await sharp(imageOf(fox as Answer)).metadata()
    expect([width, height]).toEqual([688, 384])
    expect(wordsOf(hills as Answer)).toContain('hills')
  })
})

test('requests that fail do so alone, and the job succeeds', async () => {
  await during({ faults: 'slow:0,503,safety,reset' }, async (url) => {
    const { batches } = sdk(url)
    const src = [
      asked('a', 'good'),
      asked('b', 'overloaded'),
      asked('c', 'unsafe'),
      asked('d', 'broken'),
      asked('e', 'odd', { ...words, imageConfig: { aspectRatio: '7:5' } }),
    ]
    const { name = '' } = await batches.create({ model: SMALL, src })
    const job = await batches.get({ name })
    expect(job.state).toBe(JobState.JOB_STATE_SUCCEEDED)
    const [good, overloaded, unsafe, broken, odd] = responsesOf(job)
    expect(good?.response?.candidates?.[0]?.finishReason).toBe('STOP')
    expect(overloaded).toMatchObject({ error: { code: 14 }, metadata: { key: 'overloaded' } })
    expect(unsafe?.response?.candidates?.[0]?.finishReason).toBe('IMAGE_SAFETY')
    expect(broken?.error).toMatchObject({ code: 14 })
    expect(odd?.error).toMatchObject({ code: 3, message: expect.stringContaining('aspect_ratio') })
  })
})

test('a job from a file gives its results in a downloadable file, line by line', async () => {
  await during({}, async (url) => {
    const ai = sdk(url)
    const lines = [
      JSON.stringify({
        key: 'fox',
        request: { contents: [user('a fox')], generation_config: { response_modalities: ['TEXT'] } },
      }),
      JSON.stringify({ key: 'wrong', request: { contents: [user('a fox')], nonsense: 1 } }),
      '{ this is no JSON',
    ]
    const file = new Blob([lines.join('\n')], { type: 'application/jsonl' })
    const { name: fileName = '' } = await ai.files.upload({ file, config: { mimeType: 'application/jsonl' } })
    const { name = '' } = await ai.batches.create({ model: SMALL, src: { fileName } })
    const job = await ai.batches.get({ name })
    expect(job.dest?.inlinedResponses).toBeUndefined()
    const downloadPath = join(await temporary(), 'results.jsonl')
    await ai.files.download({ file: job.dest?.fileName ?? '', downloadPath })
    const results = (await readFile(downloadPath, 'utf8'))
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line))
    expect(results).toMatchObject([
      { key: 'fox', response: { candidates: [{ finishReason: 'STOP' }] } },
      { key: 'wrong', error: { code: 3, message: expect.stringContaining('Unknown name "nonsense"') } },
      { error: { code: 3, message: expect.stringContaining('Invalid JSON payload') } },
    ])
    await expect(ai.files.download({ file: fileName, downloadPath })).rejects.toThrow('can be downloaded')
  })
})

test('a job is pending, running and done; faults show it in each state', async () => {
  await during({ faults: 'batch-pending:2,batch-running,batch-503' }, async (url) => {
    const { batches } = sdk(url)
    const { name = '' } = await batches.create({ model: SMALL, src: [asked('a', 'a')] })
    const seen: (string | undefined)[] = []
    for (let i = 0; i < 3; i++) {
      const { state, dest } = await batches.get({ name })
      expect(dest).toBeUndefined()
      seen.push(state)
    }
    await expect(batches.get({ name })).rejects.toMatchObject({ status: 503 })
    seen.push((await batches.get({ name })).state)
    expect(seen).toEqual(['PENDING', 'PENDING', 'RUNNING', 'SUCCEEDED'].map((state) => `JOB_STATE_${state}`))
  })
})

test('a report of a job waits for it no longer than the engine is told to', async () => {
  await during({ faults: 'slow:60', maxWait: 0 }, async (url) => {
    const { batches } = sdk(url)
    const { name = '' } = await batches.create({ model: SMALL, src: [asked('a', 'a')] })
    expect((await batches.get({ name })).state).toBe(JobState.JOB_STATE_RUNNING)
  })
})

test('jobs are counted, listed and deleted', async () => {
  await during({ faults: 'slow:0,503' }, async (url) => {
    const { batches } = sdk(url)
    const names: string[] = []
    for (const key of ['a', 'b', 'c']) {
      const src = [asked(key, key), asked(key, key)]
      names.push((await batches.create({ model: SMALL, src })).name ?? '')
    }
    await Promise.all(names.map((name) => batches.get({ name })))
    const listed: (string | undefined)[] = []
    for await (const job of await batches.list({ config: { pageSize: 2 } })) listed.push(job.name)
    expect(listed.toSorted()).toEqual(names.toSorted())
    const headers = { 'x-goog-api-key': 'any' }
    const raw = await (await fetch(`${url}/v1beta/${names[0]}`, { headers })).json()
    expect(raw).toMatchObject({
      done: true,
      metadata: { batchStats: { requestCount: '2', successfulRequestCount: '1', failedRequestCount: '1' } },
      response: { inlinedResponses: { inlinedResponses: [{}, {}] } },
    })
    await batches.delete({ name: names[0] ?? '' })
    await expect(batches.get({ name: names[0] ?? '' })).rejects.toMatchObject({ status: 404 })
  })
})

test('a job can be cancelled once, and stops', async () => {
  await during({ faults: 'slow:60' }, async (url) => {
    const { batches } = sdk(url)
    const { name = '' } = await batches.create({ model: SMALL, src: [asked('a', 'a')] })
    await batches.cancel({ name })
    const headers = { 'x-goog-api-key': 'any' }
    const listed = await (await fetch(`${url}/v1beta/batches`, { headers })).json()
    expect(listed).toMatchObject({ operations: [{ name, metadata: { state: 'BATCH_STATE_CANCELLED' } }] })
    await expect(batches.cancel({ name })).rejects.toMatchObject({ status: 400 })
  })
})

test('a job can be refused, fail or expire as a whole', async () => {
  await during({ faults: 'batch-429,batch-failed,batch-expired,batch-no-keys' }, async (url) => {
    const { batches } = sdk(url)
    const create = () => batches.create({ model: SMALL, src: [asked('a', 'a')] })
    await expect(create()).rejects.toMatchObject({ status: 429 })
    for (const state of ['JOB_STATE_FAILED', 'JOB_STATE_EXPIRED']) {
      expect((await batches.get({ name: (await create()).name ?? '' })).state).toBe(state)
    }
    const unnamed = await batches.get({ name: (await create()).name ?? '' })
    expect(keysOf(unnamed)).toEqual([undefined])
  })
})

test('an invalid job is refused', async () => {
  await during({}, async (url) => {
    const send = (body: string, model = SMALL) =>
      fetch(`${url}/v1beta/models/${model}:batchGenerateContent`, {
        method: 'POST',
        headers: { 'x-goog-api-key': 'any' },
        body,
      }).then(refusal)
    const inline = (request: object) =>
      JSON.stringify({ batch: { inputConfig: { requests: { requests: [{ request }] } } } })
    expect((await send(inline({}), 'gemini-9')).code).toBe(404)
    expect((await send(inline({ nonsense: 1 }))).message).toBe(
      'Invalid JSON payload received. Unknown name "nonsense" at \'batch.input_config.requests.requests[0].request\': Cannot find field.',
    )
    expect((await send(JSON.stringify({ batch: { inputConfig: {} } }))).message).toContain('no requests')
    expect((await send(JSON.stringify({ batch: { inputConfig: { fileName: 'files/nope' } } }))).code).toBe(
      403,
    )
    expect((await send(' '.repeat(20 * 1024 * 1024 + 1))).message).toBe(
      'Request payload size exceeds the limit: 20971520 bytes.',
    )
  })
})

test('with a folder, the next engine continues a job where the last one left it', async () => {
  const folder = await temporary()
  const name = await during({ folder, faults: 'slow:0,slow:60' }, async (url) => {
    const src = [asked('a', 'a'), asked('b', 'b')]
    return (await sdk(url).batches.create({ model: SMALL, src })).name ?? ''
  })
  await during({ folder }, async (url) => {
    const job = await sdk(url).batches.get({ name })
    expect(job.state).toBe(JobState.JOB_STATE_SUCCEEDED)
    expect(keysOf(job)).toEqual(['a', 'b'])
    expect(responsesOf(job).every(({ response }) => response !== undefined)).toBe(true)
  })
})

test('a record that can no longer be read counts as missing, and the engine opens', async () => {
  const folder = await temporary()
  const name = await during({ folder }, async (url) => {
    return (await sdk(url).batches.create({ model: SMALL, src: [asked('a', 'a')] })).name ?? ''
  })
  await writeFile(join(folder, name, 'job.json'), '{ "name": "bat')
  await during({ folder }, async (url) => {
    await expect(sdk(url).batches.get({ name })).rejects.toMatchObject({ status: 404 })
  })
})
