import sharp from 'sharp'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { MODELS } from '../models.ts'
import { listen, type Server } from '../server.ts'
import { ask, during, halves, imageOf, mean, partsOf, user, wordsOf } from './client.ts'

let server: Server
beforeAll(async () => {
  server = await listen()
})
afterAll(() => server.close())

const paint = (prompt: string) => ask(server.url, { contents: [user(prompt)] })

test('the same words paint a different picture each time, as with real models', async () => {
  const four = await Promise.all(['a red fox', 'a red fox', 'a red fox', 'a red fox'].map(paint))
  expect(new Set(four.map((answer) => imageOf(answer).toString('base64'))).size).toBe(4)
  expect(new Set(four.map(wordsOf))).toEqual(new Set(['Painted a fox in red.']))
})

test('every new engine starts with the same pictures, so that a session can be reproduced', async () => {
  const told = () =>
    during({}, async (url) => {
      const images: Buffer[] = []
      for (const prompt of ['a red fox', 'a red fox', 'hills']) {
        images.push(imageOf(await ask(url, { contents: [user(prompt)] })))
      }
      return images
    })
  expect(await told()).toEqual(await told())
})

test('the same seed always gives the same picture, and another seed another picture', async () => {
  const seeded = async (seed: number) => {
    const contents = [user('rolling hills')]
    const generationConfig = { seed, imageConfig: { imageSize: '512' } }
    return imageOf(await ask(server.url, { contents, generationConfig }))
  }
  const first = await seeded(1)
  expect(await seeded(2)).not.toEqual(first)
  expect(await seeded(1)).toEqual(first)
})

test('the picture has the colour that the prompt names', async () => {
  const [red] = [await mean(imageOf(await paint('a red valley')))]
  expect(red[0]).toBeGreaterThan(red[2] + 30)
  const blue = await mean(imageOf(await paint('a blue valley')))
  expect(blue[2]).toBeGreaterThan(blue[0] + 30)
})

test.each([
  ['a red fox', 'Painted a fox in red.'],
  ['the skyline of Tokyo at night', 'Painted a skyline.'],
  ['two boats on the ocean', 'Painted the sea.'],
  ['snowy mountains', 'Painted mountains.'],
  ['a bowl of lemons', 'Painted a still life.'],
  ['a distant galaxy', 'Painted a planet among stars.'],
  ['a path through the forest', 'Painted a forest.'],
  ['a geometric pattern in teal and coral', 'Painted a pattern of tiles in teal and coral.'],
])('"%s": %s', async (prompt, words) => {
  expect(wordsOf(await paint(prompt))).toBe(words)
})

test('a prompt in any script, or an empty one, is painted', async () => {
  for (const prompt of ['赤い狐', '🦊', ''])
    expect(imageOf(await paint(prompt)).length).toBeGreaterThan(10_000)
})

test.each(MODELS.map(({ id }) => id))(
  '%s answers with words, then one image in its own format',
  async (id) => {
    const answer = await ask(server.url, { contents: [user('hills')] }, id)
    const [words, image] = partsOf(answer)
    expect(words?.text).toBeTruthy()
    const mimeType = id.startsWith('gemini-2.5') ? 'image/png' : 'image/jpeg'
    expect(image?.inlineData?.mimeType).toBe(mimeType)
    const { format } = await sharp(imageOf(answer)).metadata()
    expect(`image/${format}`).toBe(mimeType)
    expect(answer).toMatchObject({ modelVersion: id, candidates: [{ finishReason: 'STOP', index: 0 }] })
  },
)

test.each([
  ['gemini-nano-banana-2.1', '16:9', undefined, 1376, 768],
  ['gemini-nano-banana-2.1', '1:8', '1K', 384, 3072],
  ['gemini-3-pro-image', '21:9', '1K', 1584, 672],
  ['gemini-3-pro-image', '4:5', '2K', 1856, 2304],
  ['gemini-3.1-flash-image', '4:3', '512', 600, 448],
  ['gemini-2.5-flash-image', '4:3', undefined, 1184, 864],
  ['gemini-2.5-flash-image', '16:9', undefined, 1344, 768],
  ['gemini-nano-banana-2.1', '1:1', '4K', 4096, 4096],
])('%s paints %s at %s as %i × %i', async (id, aspectRatio, imageSize, ...pixels) => {
  const generationConfig = { imageConfig: { aspectRatio, imageSize } }
  const answer = await ask(server.url, { contents: [user('hills')], generationConfig }, id)
  const { width, height } = await sharp(imageOf(answer)).metadata()
  expect([width, height]).toEqual(pixels)
})

test('without a ratio the picture keeps the shape of the edited one', async () => {
  const wide = await halves('red', 'blue', 320, 180)
  const answer = await ask(server.url, { contents: [user(wide, 'brighter')] })
  const { width, height } = await sharp(imageOf(answer)).metadata()
  expect([width, height]).toEqual([688, 384])
})

test('usage counts words and images separately, and adds up', async () => {
  const contents = [user(await halves('red', 'blue'), 'brighter')]
  const { usageMetadata } = await ask(server.url, { contents }, 'gemini-nano-banana-2.1')
  expect(usageMetadata?.promptTokensDetails).toEqual([
    { modality: 'TEXT', tokenCount: 2 },
    { modality: 'IMAGE', tokenCount: 1120 },
  ])
  expect(usageMetadata?.candidatesTokensDetails).toEqual([{ modality: 'IMAGE', tokenCount: 1120 }])
  const { promptTokenCount = 0, candidatesTokenCount = 0, thoughtsTokenCount = 0 } = usageMetadata ?? {}
  expect(candidatesTokenCount).toBeGreaterThan(1120)
  expect(usageMetadata?.totalTokenCount).toBe(promptTokenCount + candidatesTokenCount + thoughtsTokenCount)
})

test('a request for text only gets text only', async () => {
  const generationConfig = { responseModalities: ['TEXT'] }
  const parts = partsOf(await ask(server.url, { contents: [user('hills')], generationConfig }))
  expect(parts.map((part) => Object.keys(part)[0])).toEqual(['text'])
})
