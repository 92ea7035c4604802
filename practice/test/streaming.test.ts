import type { GenerateContentResponse } from '@google/genai'
import { expect, test } from 'vitest'
import type { Answer } from '../protocol.ts'
import { ask, during, halves, imageOf, partsOf, SMALL, sdk, user } from './client.ts'

const config = { responseModalities: ['TEXT', 'IMAGE'], imageConfig: { imageSize: '512' }, seed: 1 }
const contents = 'hills'

async function chunksOf(stream: AsyncGenerator<GenerateContentResponse>): Promise<Answer[]> {
  const chunks: Answer[] = []
  for await (const chunk of stream) chunks.push(chunk as unknown as Answer)
  return chunks
}
const stream = (url: string) =>
  sdk(url).models.generateContentStream({ model: SMALL, contents, config }).then(chunksOf)

test('an answer is streamed part by part, with the finish reason in a separate event', async () => {
  await during({}, async (url) => {
    const [words, image, last, ...more] = await stream(url)
    expect(more).toEqual([])
    expect(partsOf(words as Answer)).toEqual([
      { text: 'Painted hills.', thoughtSignature: expect.any(String) },
    ])
    const whole = await ask(url, { contents: [user(contents)], generationConfig: { seed: 1 } })
    expect(imageOf(image as Answer)).toEqual(imageOf(whole))
    expect(last?.candidates).toEqual([
      { content: { parts: [{ text: '' }], role: 'model' }, finishReason: 'STOP', index: 0 },
    ])
    expect(last?.usageMetadata).toEqual(whole.usageMetadata)
  })
})

test('a streamed chat continues from the streamed image', async () => {
  await during({}, async (url) => {
    const chat = sdk(url).chats.create({ model: SMALL, config })
    await chunksOf(await chat.sendMessageStream({ message: 'hills' }))
    const [words] = await chunksOf(await chat.sendMessageStream({ message: 'black and white' }))
    expect(partsOf(words as Answer)[0]?.text).toBe('Made it black and white.')
  })
})

test.each([
  ['503', 'UNAVAILABLE'],
  ['stream-error', 'got status: UNAVAILABLE'],
  ['cut', 'terminated'],
])('a stream with the fault %s throws %s', async (faults, message) => {
  await during({ faults }, async (url) => {
    await expect(stream(url)).rejects.toThrow(message)
  })
})

test('usage may come after the finish reason, without a candidate', async () => {
  await during({ faults: 'stream-usage' }, async (url) => {
    const last = (await stream(url)).at(-1)
    expect(last?.candidates).toBeUndefined()
    expect(last?.usageMetadata?.totalTokenCount).toBeGreaterThan(0)
  })
})

test('a blocked prompt gives one event', async () => {
  await during({ faults: 'blocked' }, async (url) => {
    expect(await stream(url)).toMatchObject([{ promptFeedback: { blockReason: 'PROHIBITED_CONTENT' } }])
  })
})

test('without sse the stream is one array', async () => {
  await during({}, async (url) => {
    const response = await fetch(`${url}/v1beta/models/${SMALL}:streamGenerateContent`, {
      method: 'POST',
      headers: { 'x-goog-api-key': 'any' },
      body: JSON.stringify({ contents: [user('hills')], generationConfig: config }),
    })
    expect(await response.json()).toHaveLength(3)
  })
})

test('tokens are counted without making anything', async () => {
  await during({}, async (url) => {
    const image = {
      inlineData: { mimeType: 'image/png', data: (await halves('red', 'blue')).toString('base64') },
    }
    const counted = await sdk(url).models.countTokens({
      model: SMALL,
      contents: [{ role: 'user', parts: [image, { text: 'brighter' }] }],
    })
    expect(counted.totalTokens).toBe(1122)
    const gone = sdk(url).models.countTokens({ model: 'gemini-9', contents: 'hills' })
    await expect(gone).rejects.toMatchObject({ status: 404 })
  })
})
