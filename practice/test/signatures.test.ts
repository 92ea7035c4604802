import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Answer, Part } from '../protocol.ts'
import { listen, type Server } from '../server.ts'
import { ask, type Body, imageOf, model, partsOf, post, refusal, SMALL, user } from './client.ts'

let server: Server
let first: Answer
beforeAll(async () => {
  server = await listen()
  first = await ask(server.url, { contents: [user('hills')] })
})
afterAll(() => server.close())

const followUp = (parts: Part[], id = SMALL) => {
  const body: Body = { contents: [user('hills'), { role: 'model', parts }, user('brighter')] }
  if (id === SMALL) body.generationConfig = { imageConfig: { imageSize: '512' } }
  return post(server.url, body, id)
}
const signedBy = (signature: string) =>
  partsOf(first).map((part) => ({ ...part, thoughtSignature: signature }))

test('signatures are as long as real ones', () => {
  const [text, image] = partsOf(first)
  expect(text?.thoughtSignature).toHaveLength(1024)
  expect(image?.thoughtSignature).toHaveLength(450_000)
})

test('a conversation continues after the engine is restarted', async () => {
  const contents = [user('hills'), model(first), user('brighter')]
  const again = await listen()
  try {
    expect(imageOf(await ask(again.url, { contents })).length).toBeGreaterThan(0)
  } finally {
    await again.close()
  }
})

test('an image that comes back unsigned is refused, with its position', async () => {
  const [text = {}, { thoughtSignature: _, ...image } = {}] = partsOf(first)
  const { message, status } = await refusal(await followUp([text, image]))
  expect(message).toContain(
    'Image part is missing a thought_signature in content position 2, part position 2.',
  )
  expect(status).toBe('INVALID_ARGUMENT')
})

test('a first text that comes back unsigned is refused', async () => {
  const [{ thoughtSignature: _, ...text } = {}, image = {}] = partsOf(first)
  const { message } = await refusal(await followUp([text, image]))
  expect(message).toContain(
    'Text part is missing a thought_signature in content position 2, part position 1.',
  )
})

test('a changed signature, or one from another part or model, is refused', async () => {
  const message = 'invalid thought signature for content at index 1'
  const [text = {}, image = {}] = partsOf(first)
  const changed = `${image.thoughtSignature?.slice(0, -8)}AAAAAAAA`
  expect((await refusal(await followUp([text, { ...image, thoughtSignature: changed }]))).message).toBe(
    message,
  )
  expect((await refusal(await followUp(signedBy(text.thoughtSignature ?? '')))).message).toBe(message)
  expect((await refusal(await followUp(partsOf(first), 'gemini-3-pro-image'))).message).toBe(message)
  expect((await refusal(await followUp([{ ...text, text: 'I never said so.' }, image]))).message).toBe(
    message,
  )
})

test.each(['context_engineering_is_the_way_to_go', 'skip_thought_signature_validator'])(
  'the documented %s is accepted in place of any signature',
  async (bypass) => {
    expect((await followUp(signedBy(bypass))).status).toBe(200)
  },
)

test('the first Nano Banana neither gives nor requires signatures', async () => {
  const id = 'gemini-2.5-flash-image'
  const answer = await ask(server.url, { contents: [user('hills')] }, id)
  expect(partsOf(answer).some((part) => part.thoughtSignature)).toBe(false)
  expect((await followUp(partsOf(answer), id)).status).toBe(200)
  expect((await followUp(partsOf(first), id)).status).toBe(200)
})

test('thoughts and later texts may come back unsigned', async () => {
  const parts = [{ text: 'hm', thought: true }, ...partsOf(first), { text: 'There.' }]
  expect((await followUp(parts)).status).toBe(200)
})
