import { request as open } from 'node:http'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { RETIRED } from '../models.ts'
import { listen, type Server } from '../server.ts'
import { type Body, halves, post, refusal, SMALL, user } from './client.ts'

let server: Server
let photo: Buffer
beforeAll(async () => {
  server = await listen()
  photo = await halves('red', 'blue')
})
afterAll(() => server.close())

const hills: Body = { contents: [user('hills')] }
const withImage = (imageConfig: object, model: string) =>
  post(server.url, { ...hills, generationConfig: { imageConfig } }, model)

test('a wrong key and a missing key are refused on every route', async () => {
  for (const path of ['models', 'models/gemini-3-pro-image', 'nothing']) {
    const wrong = await refusal(
      await fetch(`${server.url}/v1beta/${path}`, { headers: { 'x-goog-api-key': 'bad-key' } }),
    )
    expect(wrong).toMatchObject({
      code: 400,
      status: 'INVALID_ARGUMENT',
      details: [{ reason: 'API_KEY_INVALID' }, {}],
    })
    const none = await refusal(await fetch(`${server.url}/v1beta/${path}`))
    expect(none).toMatchObject({ code: 403, status: 'PERMISSION_DENIED' })
  }
  expect((await post(server.url, hills, SMALL, { 'x-goog-api-key': 'bad-key' })).status).toBe(400)
})

test('only the address of a Vertex project accepts a bearer token', async () => {
  const body = JSON.stringify({
    contents: [user('hills')],
    generationConfig: { responseModalities: ['TEXT'] },
  })
  const project =
    '/v1beta1/projects/p/locations/global/publishers/google/models/gemini-3-pro-image:generateContent'
  const headers = { authorization: 'Bearer ya29.token' }
  expect((await fetch(server.url + project, { method: 'POST', headers, body })).status).toBe(200)
  const plain = '/v1/models/gemini-3-pro-image:generateContent'
  expect((await fetch(server.url + plain, { method: 'POST', headers, body })).status).toBe(403)
})

test.each([...RETIRED, 'gemini-9-image'])(
  '%s does not exist, and gets the error that Google sends',
  async (id) => {
    const error = await refusal(await post(server.url, hills, id))
    expect(error).toMatchObject({ code: 404, status: 'NOT_FOUND' })
    expect(error.message).toContain(`models/${id} is not found for API version v1beta`)
  },
)

test('an unknown address gets an error in JSON', async () => {
  const headers = { 'x-goog-api-key': 'any' }
  expect((await refusal(await fetch(`${server.url}/v1beta/corpora`, { headers }))).status).toBe('NOT_FOUND')
  expect((await refusal(await fetch(`${server.url}/`, { headers }))).code).toBe(404)
})

test.each([
  ['1k', 'gemini-nano-banana-2.1', "image_size must be one of '1K', '2K', or '4K'."],
  ['512', 'gemini-nano-banana-2.1', 'image_size must be one of'],
  ['2K', 'gemini-3.1-flash-lite-image', "image_size must be one of '1K'."],
])('the size %s on %s is refused with the sizes that it accepts', async (imageSize, id, message) => {
  const error = await refusal(await withImage({ imageSize }, id))
  expect(error).toMatchObject({ code: 400, status: 'INVALID_ARGUMENT' })
  expect(error.message).toContain(message)
})

test('any size on the first Nano Banana gets an internal error', async () => {
  const error = await refusal(await withImage({ imageSize: '1K' }, 'gemini-2.5-flash-image'))
  expect(error).toMatchObject({ code: 500, status: 'INTERNAL' })
})

test('a ratio that the model lacks is refused with the ratios that it has', async () => {
  const error = await refusal(await withImage({ aspectRatio: '1:8' }, 'gemini-3-pro-image'))
  expect(error.message).toBe(
    '* GenerateContentRequest.generation_config.image_config.aspect_ratio: aspect_ratio must be one of ' +
      "'1:1', '2:3', '3:2', '3:4', '4:3', '4:5', '5:4', '9:16', '16:9', or '21:9'.\n",
  )
})

test.each([
  ['gemini-3-pro-image', 14],
  ['gemini-2.5-flash-image', 3],
])('%s takes no more than %i images in one message', async (id, limit) => {
  const images = Array.from({ length: limit + 1 }, () => photo)
  const error = await refusal(await post(server.url, { contents: [user(...images, 'all together')] }, id))
  expect(error).toMatchObject({ code: 400, status: 'INVALID_ARGUMENT' })
  expect(error.message).toContain(`at most ${limit} images`)
})

test('a body that is not JSON, or has an unknown field, is refused', async () => {
  expect((await refusal(await post(server.url, '{"contents": ['))).message).toMatch(
    /^Invalid JSON payload received\./,
  )
  const odd = { ...hills, generationConfig: { imageConfig: { outputMimeType: 'image/png' } } }
  expect((await refusal(await post(server.url, odd))).message).toBe(
    'Invalid JSON payload received. Unknown name "outputMimeType" at \'generation_config.image_config\': Cannot find field.',
  )
  expect((await refusal(await post(server.url, { contents: [] }))).message).toContain(
    'contents is not specified',
  )
  expect((await refusal(await post(server.url, { contents: [{ parts: [{}] }] }))).message).toContain(
    'oneof field',
  )
})

test.each([
  ['image/png', Buffer.from('no image at all').toString('base64'), 'Unable to process input image'],
  ['image/jpg', '/9j/', 'Unsupported MIME type: image/jpg'],
  ['image/png', '%%%', 'Base64 decoding failed'],
])('an image sent as %s %s is refused: %s', async (mimeType, data, message) => {
  const contents = [{ role: 'user', parts: [{ inlineData: { mimeType, data } }, { text: 'brighter' }] }]
  const error = await refusal(await post(server.url, { contents }))
  expect(error).toMatchObject({ code: 400, status: 'INVALID_ARGUMENT' })
  expect(error.message).toContain(message)
})

test('a truncated image is refused', async () => {
  const half = photo.subarray(0, photo.length / 2)
  const error = await refusal(await post(server.url, { contents: [user(half, 'brighter')] }))
  expect(error.message).toContain('Unable to process input image')
})

test('a request of more than 100 MB is refused with a message', async () => {
  const error = await refusal(await post(server.url, ' '.repeat(100 * 1024 * 1024 + 1)))
  expect(error).toMatchObject({
    code: 400,
    message: 'Request payload size exceeds the limit: 104857600 bytes.',
  })
})

test('the engine survives a client that goes away in the middle', async () => {
  const { port } = new URL(server.url)
  const path = `/v1beta/models/${SMALL}:generateContent`
  const headers = { 'x-goog-api-key': 'any', 'content-length': 1000 }
  const leave = open({ port, path, method: 'POST', headers })
  leave.on('error', () => {})
  leave.write('{"contents":')
  await new Promise<void>((resolve) =>
    leave.on('socket', (socket) => socket.once('connect', () => resolve())),
  )
  leave.destroy()
  const aborted = new AbortController()
  const call = fetch(`${server.url}${path}`, {
    method: 'POST',
    headers: { 'x-goog-api-key': 'any' },
    body: JSON.stringify(hills),
    signal: aborted.signal,
  })
  aborted.abort()
  await expect(call).rejects.toThrow('aborted')
  expect((await fetch(`${server.url}/v1beta/models`, { headers: { 'x-goog-api-key': 'any' } })).status).toBe(
    200,
  )
})
