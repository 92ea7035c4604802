import sharp from 'sharp'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Answer } from '../protocol.ts'
import { listen, type Server } from '../server.ts'
import { ask, halves, imageOf, mean, partsOf, post, refusal, SMALL, user, wordsOf } from './client.ts'

let server: Server
beforeAll(async () => {
  server = await listen()
})
afterAll(() => server.close())

const NB21 = 'gemini-nano-banana-2.1'
const hills = { contents: [user('hills')] }
const config = (generationConfig: object, model = SMALL) =>
  ask(server.url, { ...hills, generationConfig }, model)
const refused = async (body: object, model = SMALL) =>
  refusal(await post(server.url, { ...hills, ...body }, model))

describe('thoughts', () => {
  const imageConfig = { imageSize: '512' }

  test('come first and unsigned if requested; their last image is the final one', async () => {
    const answer = await config({
      thinkingConfig: { includeThoughts: true, thinkingLevel: 'HIGH' },
      imageConfig,
    })
    const parts = partsOf(answer)
    expect(
      parts.map((part) => [
        part.thought ?? false,
        part.text === undefined,
        part.thoughtSignature !== undefined,
      ]),
    ).toEqual([
      [true, false, false],
      [true, true, false],
      [true, true, false],
      [false, false, true],
      [false, true, true],
    ])
    expect(parts[2]?.inlineData).toEqual(parts[4]?.inlineData)
    expect(parts[1]?.inlineData).not.toEqual(parts[4]?.inlineData)
  })

  test('are counted whether or not they are shown, more at a higher level, and their images never', async () => {
    const usage = async (thinkingConfig: object) =>
      (await config({ thinkingConfig, imageConfig })).usageMetadata?.thoughtsTokenCount ?? 0
    const [hidden, shown, high] = [
      await usage({ thinkingLevel: 'MINIMAL' }),
      await usage({ thinkingLevel: 'MINIMAL', includeThoughts: true }),
      await usage({ thinkingLevel: 'high' }),
    ]
    expect(shown).toBe(hidden)
    expect(high).toBeGreaterThan(shown)
    const { usageMetadata } = await config({ thinkingConfig: { includeThoughts: true }, imageConfig })
    expect(usageMetadata?.candidatesTokensDetails).toEqual([{ modality: 'IMAGE', tokenCount: 747 }])
  })

  test.each([
    ['MEDIUM', SMALL, 'Thinking level MEDIUM is not supported for this model.'],
    ['LOW', NB21, 'Thinking level LOW is not supported for this model.'],
    ['HIGH', 'gemini-2.5-flash-image', 'Thinking is not enabled for this model.'],
    ['DEEP', NB21, "Invalid value at 'generation_config.thinking_config.thinking_level' ("],
  ])('at level %s on %s are refused', async (thinkingLevel, model, message) => {
    const error = await refused({ generationConfig: { thinkingConfig: { thinkingLevel } } }, model)
    expect(error).toMatchObject({ code: 400, message: expect.stringContaining(message) })
  })
})

describe('search', () => {
  const search = (searchTypes?: object) => ({ tools: [{ googleSearch: searchTypes ? { searchTypes } : {} }] })
  const grounded = async (tools: object, model = NB21) => {
    const body = { contents: [user('Draw the Eiffel tower in winter')], ...tools }
    return ask(server.url, body, model)
  }

  test('of the web gives its queries, its sources, what they support, and the snippet to show', async () => {
    const answer = await grounded(search(), 'gemini-3-pro-image')
    const grounding = answer.candidates?.[0]?.groundingMetadata
    expect(grounding).toMatchObject({
      webSearchQueries: ['draw eiffel tower winter', expect.any(String)],
      groundingChunks: [{ web: { title: 'example.com' } }, { web: {} }],
      groundingSupports: [{ groundingChunkIndices: [0, 1] }],
    })
    expect(grounding?.imageSearchQueries).toBeUndefined()
    const { segment } = grounding?.groundingSupports[0] ?? {}
    expect(segment?.text).toBe(wordsOf(answer))
    expect(segment?.endIndex).toBe(Buffer.byteLength(wordsOf(answer)))
    expect(grounding?.searchEntryPoint.renderedContent).toContain(
      'class="chip" href="https://www.google.com/search?q=',
    )
    const usage = answer.usageMetadata
    const { promptTokenCount = 0, candidatesTokenCount = 0, thoughtsTokenCount = 0 } = usage ?? {}
    const rest = (usage?.totalTokenCount ?? 0) - promptTokenCount - candidatesTokenCount - thoughtsTokenCount
    expect(rest).toBe(usage?.toolUsePromptTokenCount)
    expect(rest).toBeGreaterThan(0)
  })

  test('of images gives the page that an image is on', async () => {
    const answer = await grounded(search({ webSearch: {}, imageSearch: {} }))
    const grounding = answer.candidates?.[0]?.groundingMetadata
    expect(grounding?.imageSearchQueries).toEqual(['draw eiffel tower winter'])
    expect(grounding?.groundingChunks[2]).toEqual({
      image: {
        sourceUri: 'https://example.net/gallery/draw-eiffel-tower-winter',
        imageUri: 'https://example.net/gallery/draw-eiffel-tower-winter/1.jpg',
        domain: 'example.net',
        title: 'draw eiffel tower winter — a gallery',
      },
    })
  })

  test.each([
    ['gemini-2.5-flash-image', search(), 'Search as tool is not enabled'],
    ['gemini-3.1-flash-lite-image', search(), 'Search as tool is not enabled'],
    ['gemini-3-pro-image', search({ imageSearch: {} }), 'Image search as tool is not enabled'],
    [NB21, { tools: [{ functionDeclarations: [] }] }, 'Function calling is not enabled'],
    [
      NB21,
      search({ videoSearch: {} }),
      'Unknown name "videoSearch" at \'tools[0].google_search.search_types\'',
    ],
    [NB21, { tools: [{ googleSearch: { excludeDomains: ['a'] } }] }, 'Unknown name "excludeDomains"'],
  ])('on %s with %j is refused', async (model, tools, message) => {
    expect((await refused(tools, model)).message).toContain(message)
  })
})

test.each(['flex', 'standard', 'priority'])('the usage names the tier %s', async (serviceTier) => {
  const body = { ...hills, serviceTier, generationConfig: { responseModalities: ['TEXT'] } }
  expect((await ask(server.url, body)).usageMetadata?.serviceTier).toBe(serviceTier)
})

test('a system instruction applies to every prompt, and is counted', async () => {
  const photo = await halves('#b03020', '#b03020')
  const systemInstruction = { role: 'user', parts: [{ text: 'Everything in black and white.' }] }
  const edited = await ask(server.url, { contents: [user(photo, 'brighter')], systemInstruction })
  const [r, , b] = await mean(imageOf(edited))
  expect(r - b).toBeLessThan(3)
  const plain = await ask(server.url, { contents: [user(photo, 'brighter')] })
  const difference =
    (edited.usageMetadata?.promptTokenCount ?? 0) - (plain.usageMetadata?.promptTokenCount ?? 0)
  expect(difference).toBe(8)
})

test.each([
  [['IMAGE'], ['image']],
  [
    ['Text', 'Image'],
    ['text', 'image'],
  ],
  [['TEXT'], ['text']],
])('the modalities %j give %j', async (responseModalities, kinds) => {
  const parts = partsOf(await config({ responseModalities }))
  expect(parts.map(({ text }) => (text === undefined ? 'image' : 'text'))).toEqual(kinds)
  expect(parts[0]?.thoughtSignature).toBeDefined()
})

test('a setting out of range, not in its list, or given twice is refused by name', async () => {
  const of = (generationConfig: object) => refused({ generationConfig })
  expect((await of({ temperature: 2.5 })).message).toContain('temperature must be in the range [0.0, 2.0]')
  expect((await of({ candidateCount: 2 })).message).toBe('Multiple candidates is not enabled for this model')
  expect((await of({ responseModalities: ['SMELL'] })).message).toBe(
    "Invalid value at 'generation_config.response_modalities[0]' " +
      '(type.googleapis.com/google.ai.generativelanguage.v1beta.GenerationConfig.Modality), "SMELL"',
  )
  const safety = { category: 'HARM_CATEGORY_HARASSMENT', threshold: 'BLOCK_NONE' }
  expect((await refused({ safetySettings: [safety, safety] })).message).toContain('more than one setting')
  expect((await refused({ safetySettings: [{ ...safety, threshold: 'LOTS' }] })).message).toContain('"LOTS"')
  expect((await refused({ serviceTier: 'cheap' })).message).toContain("Invalid value at 'service_tier'")
  expect((await refused({ cachedContent: 'cachedContents/a' })).code).toBe(403)
  const { status } = await post(server.url, {
    ...hills,
    safetySettings: [safety],
    generationConfig: { responseModalities: ['TEXT'], temperature: 0.4, topP: 0.9, topK: 40, seed: 7 },
  })
  expect(status).toBe(200)
})

test.each(['personGeneration', 'prominentPeople', 'imageOutputOptions'])(
  '%s, which only Vertex AI has, is accepted there and unknown elsewhere',
  async (name) => {
    const value = name === 'imageOutputOptions' ? { mimeType: 'image/png' } : 'ALLOW_ADULT'
    const body = { ...hills, generationConfig: { imageConfig: { imageSize: '512', [name]: value } } }
    expect((await refused(body)).message).toContain(`Unknown name "${name}"`)
    const project = '/v1beta1/projects/p/locations/global/publishers/google/models'
    const answer = await fetch(`${server.url}${project}/${SMALL}:generateContent`, {
      method: 'POST',
      headers: { authorization: 'Bearer ya29.token' },
      body: JSON.stringify(body),
    })
    expect(answer.status).toBe(200)
    const { format } = await sharp(imageOf((await answer.json()) as Answer)).metadata()
    expect(format).toBe(name === 'imageOutputOptions' ? 'png' : 'jpeg')
  },
)

test('an answer with fewer tokens than an image needs is cut short', async () => {
  const answer = await config({ maxOutputTokens: 200 })
  expect(answer.candidates?.[0]?.finishReason).toBe('MAX_TOKENS')
  expect(partsOf(answer).every(({ text }) => text !== undefined)).toBe(true)
})

test('field names in the style of protocol buffers are accepted too', async () => {
  const body = {
    contents: hills.contents,
    generation_config: { image_config: { image_size: '512', aspect_ratio: '16:9' } },
  }
  const response = await post(server.url, JSON.stringify(body))
  const { width } = await sharp(imageOf((await response.json()) as Answer)).metadata()
  expect(width).toBe(688)
})

describe('several images in one reply', () => {
  test.each([
    ['three variations of a red fox', 3],
    ['a dancer in 4 different poses', 4],
    ['Three separate images of a boat: at dawn, at noon, at night', 3],
    ['a red fox with two ears', 1],
    ['blend two pictures of her', 1],
    ['blend the two versions', 1],
  ])('"%s" brings %i', async (prompt, count) => {
    const answer = await ask(server.url, { contents: [user(prompt)] })
    const images = partsOf(answer).filter(({ inlineData }) => inlineData)
    expect(images).toHaveLength(count)
    expect(new Set(images.map(({ inlineData }) => inlineData?.data)).size).toBe(count)
    expect(images.every(({ thoughtSignature }) => thoughtSignature)).toBe(true)
    expect(answer.usageMetadata?.candidatesTokensDetails?.[0]?.tokenCount).toBe(747 * count)
  })

  test('of an edit differ from each other and from the edited image', async () => {
    const photo = await halves('#808080', '#808080')
    const answer = await ask(server.url, { contents: [user(photo, 'two variations, brighter')] })
    const [first, second] = partsOf(answer).flatMap(({ inlineData }) => (inlineData ? [inlineData.data] : []))
    const colourOf = (data = '') => mean(Buffer.from(data, 'base64'))
    const [r1, g1, b1] = await colourOf(first)
    const [r2, g2, b2] = await colourOf(second)
    expect(Math.hypot(r1 - r2, g1 - g2, b1 - b2)).toBeGreaterThan(5)
  })
})
