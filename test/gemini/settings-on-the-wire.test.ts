import sharp from 'sharp'
import { describe, expect, onTestFinished, test } from 'vitest'
import { TURN_SETTINGS } from '../../src/core/settings/turn-settings.ts'
import { plainText } from '../../src/headless/plain-text.ts'
import { openRepl } from '../../src/repl/open-repl.ts'
import type { TranscriptItem } from '../../src/repl/screen.ts'
import { loadSettings } from '../../src/store/settings/load-settings.ts'
import { temporaryHome } from '../store/temporary-home.ts'
import { placeAt, TestClock } from '../turn/talk.ts'
import { vertexAt } from './vertex.ts'
import { answering } from './wire.ts'

/** Sends typed lines through the real SDK over real HTTP; gives each whole body that the server got. */
async function typed(lines: readonly string[], backend: 'gemini' | 'vertex' = 'gemini') {
  const image = sharp({ create: { width: 8, height: 8, channels: 3, background: 'teal' } })
  const data = (await image.png().toBuffer()).toString('base64')
  const part = { inlineData: { mimeType: 'image/png', data }, thoughtSignature: 'signed' }
  const { url, requests } = await answering(200, {
    candidates: [{ content: { role: 'model', parts: [part] }, finishReason: 'STOP' }],
  })
  const env =
    backend === 'vertex' ? await vertexAt(url) : { GOOGLE_GEMINI_BASE_URL: url, GEMINI_API_KEY: 'a-good-key' }
  const place = await placeAt(await temporaryHome(), env)
  const said: string[] = []
  const { repl } = await openRepl({
    open: { kind: 'new' },
    practice: false,
    // Some models here have no price.
    yes: true,
    place,
    clock: new TestClock(),
    practiceUrl: async () => url,
    print: (item: TranscriptItem) => said.push(plainText(item)),
    settings: await loadSettings(place.root),
    asks: false,
  })
  onTestFinished(() => repl.close())
  for (const line of lines) {
    void repl.submit(line)
    await repl.settled()
  }
  const asked = requests.filter(({ path }) => path.includes(':generateContent'))
  return {
    bodies: asked.map(({ body }) => body),
    paths: asked.map(({ path }) => path),
    said: said.join('\n'),
  }
}

const USER = { role: 'user', parts: [{ text: 'a fox' }] }
const MODALITIES = { responseModalities: ['TEXT', 'IMAGE'] }

/** The body of a first line without settings. */
const PLAIN = { contents: [USER], generationConfig: { ...MODALITIES, imageConfig: { imageSize: '1K' } } }

const generation = (more: object) => ({
  ...PLAIN,
  generationConfig: { ...PLAIN.generationConfig, ...more },
})

const blocking = (threshold: string) => ({
  ...PLAIN,
  safetySettings: ['HARASSMENT', 'HATE_SPEECH', 'SEXUALLY_EXPLICIT', 'DANGEROUS_CONTENT'].map((category) => ({
    category: `HARM_CATEGORY_${category}`,
    threshold,
  })),
})

/** The setting, what is typed, and the whole body of a first line made with it. */
const TAKEN: readonly (readonly [name: string, value: string, body: object])[] = [
  ['aspect', 'auto', PLAIN],
  ['aspect', '16:9', generation({ imageConfig: { imageSize: '1K', aspectRatio: '16:9' } })],
  ['aspect', '4x1', generation({ imageConfig: { imageSize: '1K', aspectRatio: '4:1' } })],
  ['size', '1k', PLAIN],
  ['size', '2k', generation({ imageConfig: { imageSize: '2K' } })],
  ['size', '4K', generation({ imageConfig: { imageSize: '4K' } })],
  ['thinking', 'default', PLAIN],
  ['thinking', 'minimal', generation({ thinkingConfig: { thinkingLevel: 'MINIMAL' } })],
  ['thinking', 'medium', generation({ thinkingConfig: { thinkingLevel: 'MEDIUM' } })],
  ['thinking', 'high', generation({ thinkingConfig: { thinkingLevel: 'HIGH' } })],
  ['thoughts', 'off', PLAIN],
  ['thoughts', 'on', generation({ thinkingConfig: { includeThoughts: true } })],
  ['search', 'off', PLAIN],
  ['search', 'web', { ...PLAIN, tools: [{ googleSearch: {} }] }],
  [
    'search',
    'image',
    { ...PLAIN, tools: [{ googleSearch: { searchTypes: { webSearch: {}, imageSearch: {} } } }] },
  ],
  ['temperature', 'default', PLAIN],
  ['temperature', '0', generation({ temperature: 0 })],
  ['temperature', '1.5', generation({ temperature: 1.5 })],
  ['safety', 'default', PLAIN],
  ['safety', 'off', blocking('OFF')],
  ['safety', 'none', blocking('BLOCK_NONE')],
  ['safety', 'few', blocking('BLOCK_ONLY_HIGH')],
  ['safety', 'some', blocking('BLOCK_MEDIUM_AND_ABOVE')],
  ['safety', 'most', blocking('BLOCK_LOW_AND_ABOVE')],
  ['tier', 'standard', PLAIN],
  ['tier', 'flex', { ...PLAIN, serviceTier: 'flex' }],
  ['tier', 'priority', { ...PLAIN, serviceTier: 'priority' }],
  ['system', 'none', PLAIN],
  [
    'system',
    'flat colours, no outlines',
    { ...PLAIN, systemInstruction: { role: 'user', parts: [{ text: 'flat colours, no outlines' }] } },
  ],
  ['seed', 'none', PLAIN],
  ['seed', '0', generation({ seed: 0 })],
  ['seed', '7', generation({ seed: 7 })],
  // It changes the turns that are sent, not a field: see below.
  ['history', '1', PLAIN],
]

describe('a setting and a flag are the same exact JSON on the wire', () => {
  test.each(TAKEN)('%s %s', async (name, value, body) => {
    const byCommand = await typed([`/set ${name} ${value}`, 'a fox'])
    expect(byCommand.bodies).toStrictEqual([body])
    const byFlag = await typed([`a fox --${name} ${value}`])
    expect(byFlag.bodies).toStrictEqual([body])
  })

  test.each([
    ['pro', 'gemini-3-pro-image', PLAIN],
    ['lite', 'gemini-3.1-flash-lite-image', PLAIN],
    // It answers 500 to any size.
    ['nb1', 'gemini-2.5-flash-image', { contents: [USER], generationConfig: MODALITIES }],
    ['gemini-9-image', 'gemini-9-image', PLAIN],
  ])('model %s', async (name, id, body) => {
    for (const lines of [[`/set model ${name}`, 'a fox'], [`a fox --model ${name}`]]) {
      const { bodies, paths } = await typed(lines)
      expect(bodies).toStrictEqual([body])
      expect(paths).toEqual([`/v1beta/models/${id}:generateContent`])
    }
  })

  test.each([
    ['all', 'ALLOW_ALL'],
    ['adult', 'ALLOW_ADULT'],
    ['none', 'ALLOW_NONE'],
  ])('person %s, which Vertex AI alone takes', async (value, wire) => {
    const { bodies } = await typed([`a fox --person ${value}`], 'vertex')
    expect(bodies).toStrictEqual([generation({ imageConfig: { imageSize: '1K', personGeneration: wire } })])
  })

  test('all at once, and the next line has only the lasting ones', async () => {
    const { bodies } = await typed([
      '/set search web',
      'a fox --ar 3:2 --size 2K --thinking high --thoughts --temperature 1 --seed 7 --tier flex',
      'a fox --fresh',
    ])
    expect(bodies).toStrictEqual([
      {
        contents: [USER],
        generationConfig: {
          ...MODALITIES,
          temperature: 1,
          seed: 7,
          thinkingConfig: { thinkingLevel: 'HIGH', includeThoughts: true },
          imageConfig: { aspectRatio: '3:2', imageSize: '2K' },
        },
        tools: [{ googleSearch: {} }],
        serviceTier: 'flex',
      },
      { ...PLAIN, tools: [{ googleSearch: {} }] },
    ])
  })

  test('history is the number of turns that are sent, whole', async () => {
    const imagesOf = async (history: number) => {
      const { bodies } = await typed([`/set history ${history}`, 'a fox', 'in snow', 'at night', 'warmer'])
      const parts = bodies.at(-1)?.contents.flatMap((content) => content.parts) ?? []
      return parts.filter(({ inlineData }) => inlineData).length
    }
    expect(await Promise.all([1, 2, 3].map(imagesOf))).toEqual([1, 2, 3])
  })

  test('no setting is missing in this file', () => {
    const tried = new Set([...TAKEN.map(([name]) => name), 'model', 'person'])
    expect(TURN_SETTINGS.map(({ name }) => name).filter((name) => !tried.has(name))).toEqual([])
  })
})

describe('what the model or the engine does not accept is refused with a reason, and nothing is sent', () => {
  test.each([
    ['nano', 'size', '512', 'Nano Banana 2.1 has no size 512; it takes 1K, 2K, 4K.'],
    ['lite', 'size', '4K', 'Nano Banana 2 Lite has no size 4K; it takes 1K.'],
    ['nb1', 'size', '2K', 'Nano Banana has no size 2K; it takes no size at all'],
    ['pro', 'aspect', '8:1', 'Nano Banana Pro has no aspect 8:1; it takes auto, 1:1'],
    [
      'nano',
      'thinking',
      'low',
      'Nano Banana 2.1 has no thinking low; it takes default, minimal, medium, high.',
    ],
    ['pro', 'thinking', 'high', 'Nano Banana Pro always thinks as long as it wants'],
    ['nb1', 'thinking', 'high', 'Nano Banana does not think'],
    ['nb1', 'thoughts', 'on', 'Nano Banana does not think'],
    ['pro', 'search', 'image', 'Nano Banana Pro has no search image; it takes off, web.'],
    ['lite', 'search', 'web', 'Nano Banana 2 Lite cannot search'],
    ['nano', 'person', 'adult', 'Only Vertex AI takes person'],
    ['nano', 'temperature', '3', 'temperature is'],
    ['nano', 'safety', 'maximum', 'safety is'],
    ['nano', 'tier', 'batch', 'tier is'],
    ['nano', 'seed', '-1', 'seed is'],
    ['nano', 'history', 'all', 'history is'],
  ])('%s: %s %s', async (model, name, value, sentence) => {
    const byCommand = await typed([`/model ${model}`, `/set ${name} ${value}`])
    expect(byCommand.said).toContain(sentence)
    const byFlag = await typed([`/model ${model}`, `a fox --${name} ${value}`])
    expect(byFlag.said).toContain(sentence)
    expect(byFlag.bodies).toEqual([])
  })
})
