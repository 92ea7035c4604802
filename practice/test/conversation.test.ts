import { ApiError, type GenerateContentResponse } from '@google/genai'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Answer } from '../protocol.ts'
import { listen, type Server } from '../server.ts'
import { startPractice } from '../start.ts'
import { ask, halves, imageOf, light, mean, model, sdk, user, wordsOf } from './client.ts'

let server: Server
beforeAll(async () => {
  server = await listen()
})
afterAll(() => server.close())

const config = { responseModalities: ['TEXT', 'IMAGE'], imageConfig: { imageSize: '512' } }
const picture = (response: GenerateContentResponse) => imageOf(response as unknown as Answer)
const said = (response: GenerateContentResponse) => wordsOf(response as unknown as Answer)

test('each prompt of a chat edits the previous image, also in the worker', async () => {
  const engine = await startPractice({})
  try {
    const chat = sdk(engine.url).chats.create({ model: 'gemini-3.1-flash-image', config })
    const first = await chat.sendMessage({ message: 'green hills' })
    const second = await chat.sendMessage({ message: 'black and white' })
    const third = await chat.sendMessage({ message: '50 percent darker' })
    expect([said(first), said(second), said(third)]).toEqual([
      'Painted hills in green.',
      'Made it black and white.',
      'Made it 50 % darker.',
    ])
    const [r, g, b] = await mean(picture(third))
    expect(Math.max(r, g, b) - Math.min(r, g, b)).toBeLessThan(3)
    expect((await light(picture(third))) / (await light(picture(second)))).toBeCloseTo(0.5, 1)
  } finally {
    await engine.close()
  }
})

test('an error reaches the SDK with its status and its body', async () => {
  const chat = sdk(server.url, 'bad-key').chats.create({ model: 'gemini-3.1-flash-image', config })
  const error = await chat.sendMessage({ message: 'hills' }).catch((reason: unknown) => reason)
  expect(error).toBeInstanceOf(ApiError)
  expect((error as ApiError).status).toBe(400)
  expect(JSON.parse((error as ApiError).message).error.details[0].reason).toBe('API_KEY_INVALID')
})

test('the models can be listed page by page, and requested one by one', async () => {
  const ai = sdk(server.url)
  const names: (string | undefined)[] = []
  for await (const each of await ai.models.list({ config: { pageSize: 2 } })) names.push(each.name)
  expect(names).toHaveLength(5)
  expect(names).toContain('models/gemini-nano-banana-2.1')
  const one = await ai.models.get({ model: 'gemini-3-pro-image' })
  expect(one).toMatchObject({
    inputTokenLimit: 65_536,
    supportedActions: ['generateContent', 'countTokens', 'batchGenerateContent'],
  })
})

const RED = ['[hero]', 'red'] as const
const plain = (colour: string) => halves(colour, colour)

test('the edited image is the newest of the model, however many the user adds', async () => {
  const first = await ask(server.url, { contents: [user(await plain('red'), 'brighter')] })
  const contents = [user('hills'), model(first), user('[v9]', await plain('blue'), 'darker')]
  const [r, , b] = await mean(imageOf(await ask(server.url, { contents })), { x: 0.4, y: 0, w: 0.5, h: 0.5 })
  expect(r).toBeGreaterThan(b + 100)
})

test('an image labelled as the picture to edit takes precedence over the newest of the model', async () => {
  const first = await ask(server.url, { contents: [user(await plain('red'), 'brighter')] })
  const label = '[v3]: the picture to edit: v2, mirrored. v2 is the picture you made for "hills".'
  const contents = [user('hills'), model(first), user(label, await plain('blue'), 'darker')]
  const [r, , b] = await mean(imageOf(await ask(server.url, { contents })), { x: 0.4, y: 0, w: 0.5, h: 0.5 })
  expect(b).toBeGreaterThan(r + 100)
})

test('in a fresh chat it is the image labelled as the picture to edit, also after a version that is only a reference', async () => {
  const newest = user(
    '3 images come with this message. In order: image 1 is hero, image 2 is v3, image 3 is v1.',
    '[hero] image 1: a character reference. Keep its looks.',
    await plain('red'),
    '[v3] image 2',
    await plain('blue'),
    '[v1] image 3: the picture to edit',
    await plain('lime'),
    'darker',
  )
  const { parts } = (await ask(server.url, { contents: [newest] })).candidates?.[0]?.content ?? {}
  expect(parts?.[0]?.text).toMatch(/darker/)
  const [r, g, b] = await mean(imageOf(await ask(server.url, { contents: [newest] })), {
    x: 0.2,
    y: 0,
    w: 0.6,
    h: 0.6,
  })
  expect(g).toBeGreaterThan(Math.max(r, b) + 100)
})

test('in a fresh chat it is the image named as a version, before references and older images', async () => {
  const newest = user(
    RED[0],
    await plain(RED[1]),
    '[v3]',
    await plain('lime'),
    '[v1]',
    await plain('blue'),
    'darker',
  )
  const [r, g, b] = await mean(imageOf(await ask(server.url, { contents: [newest] })), {
    x: 0.2,
    y: 0,
    w: 0.6,
    h: 0.6,
  })
  expect(g).toBeGreaterThan(Math.max(r, b) + 100)
})

test('in a fresh chat a file is edited if the prompt begins with its name, and is a reference elsewhere', async () => {
  const file = ['[photo.jpg]', await plain('blue')] as const
  const edited = await ask(server.url, { contents: [user(...file, 'photo.jpg 50 percent darker')] })
  expect(wordsOf(edited)).toBe('Made it 50 % darker.')
  const painted = await ask(server.url, {
    contents: [user(...file, 'green hills in the light of photo.jpg')],
  })
  expect(wordsOf(painted)).toBe('Painted hills in green. Along the bottom: [photo.jpg].')
})

test('after an answer in words, it is the image that the user sent', async () => {
  const words = {
    role: 'model',
    parts: [{ text: 'Which way?', thoughtSignature: 'skip_thought_signature_validator' }],
  }
  const contents = [user(await plain('red'), 'turn it'), words, user('rotate left')]
  const answer = await ask(server.url, { contents })
  expect(wordsOf(answer)).toBe('Rotated it 90° to the left.')
  expect((await mean(imageOf(answer)))[0]).toBeGreaterThan(230)
})

test('a thought image is never the one that is edited', async () => {
  const first = await ask(server.url, { contents: [user(await plain('red'), 'brighter')] })
  const rough = {
    inlineData: { mimeType: 'image/png', data: (await plain('blue')).toString('base64') },
    thought: true,
  }
  const turn = model(first) as { parts: object[] }
  const contents = [user('hills'), { role: 'model', parts: [...turn.parts, rough] }, user('darker')]
  expect((await mean(imageOf(await ask(server.url, { contents }))))[2]).toBeLessThan(30)
})

test('a summary in the first message is not taken for the prompt', async () => {
  const contents = [user('So far: make it black and white; rotate it.', '[v2]', await plain('red'), 'darker')]
  expect(wordsOf(await ask(server.url, { contents }))).toBe('Made it 25 % darker.')
})
