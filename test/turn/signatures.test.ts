import { readFile } from 'node:fs/promises'
import { describe, expect, test } from 'vitest'
import type { Answer, Part } from '../../practice/protocol.ts'
import { sign } from '../../practice/signature.ts'
import { bringIn, picture } from '../commands/stage.ts'
import { crooked, type Request, wiretap } from '../gemini/wire.ts'
import { engine, SMALL, talk } from './talk.ts'

const STAND_IN = 'skip_thought_signature_validator'
const PRO = { ...SMALL, model: 'gemini-3-pro-image', size: '1K' }
const NB1 = { ...SMALL, model: 'gemini-2.5-flash-image' }

const signaturesIn = (request: Request | undefined) =>
  (request?.body.contents ?? []).flatMap(({ parts }) =>
    parts.flatMap(({ thoughtSignature }) => thoughtSignature ?? []),
  )
const imagesIn = (request: Request | undefined, role: string) =>
  (request?.body.contents ?? [])
    .filter((content) => content.role === role)
    .flatMap(({ parts }) => parts.flatMap(({ inlineData }) => inlineData?.data ?? []))

describe('a conversation continues with the signatures that its server wants', () => {
  test('over a path that crosses three models and comes back', async () => {
    const wire = await wiretap(await engine())
    const one = await talk({ url: wire.url })
    for (const [line, settings] of [
      ['a red fox', SMALL],
      ['brighter', PRO],
      ['darker', NB1],
      ['warmer', SMALL],
      ['sepia', SMALL],
    ] as const) {
      expect(await one.line(line, { settings })).toMatchObject({ kind: 'answered' })
    }
    expect(one.words).toEqual([])
    const signed = wire.requests.map((request) =>
      signaturesIn(request).map((signature) => (signature === STAND_IN ? 'stand-in' : 'own')),
    )
    expect(signed).toEqual([
      [],
      ['stand-in', 'stand-in'],
      [],
      ['stand-in', 'stand-in', 'stand-in', 'stand-in'],
      ['stand-in', 'stand-in', 'own', 'own'],
    ])
  })

  test('from an image that was brought in, which is the user’s and unsigned', async () => {
    const wire = await wiretap(await engine())
    const one = await talk({ url: wire.url })
    await one.line('a red fox')
    await picture(one, 'sea.png')
    await bringIn(one, 'sea.png')
    expect(await one.line('brighter')).toMatchObject({ kind: 'answered', main: 3 })
    expect(await one.line('darker')).toMatchObject({ kind: 'answered', main: 4 })
    const [, first, second] = wire.requests
    expect(imagesIn(first, 'model')).toEqual([])
    expect(imagesIn(first, 'user')).toHaveLength(1)
    expect(signaturesIn(first)).toEqual([])
    expect(imagesIn(second, 'model')).toHaveLength(1)
    expect(signaturesIn(second)).not.toContain(STAND_IN)
    expect(one.words).toEqual([])
  })

  test.each([
    ['the image first', ([words, image]: readonly Part[]) => [image, words]],
    [
      'the signature on words that are empty, behind the image',
      ([words, image]: readonly Part[]) => [
        words,
        image,
        { text: '', thoughtSignature: sign(SMALL.model, { kind: 'text', text: '' }) },
      ],
    ],
    [
      'nothing signed at all',
      ([words, image]: readonly Part[]) => [
        { text: words?.text ?? '' },
        { inlineData: image?.inlineData as NonNullable<Part['inlineData']> },
      ],
    ],
  ])('after a reply in an odd order: %s', async (_, reordered) => {
    const change = (text: string) => {
      const answer: Answer = JSON.parse(text)
      const content = answer.candidates?.[0]?.content
      if (content?.parts) content.parts = reordered(content.parts).filter((part) => part !== undefined)
      return JSON.stringify(answer)
    }
    const wire = await crooked(await engine(), { change })
    const one = await talk({ url: wire.url })
    for (const line of ['a red fox', 'brighter', 'darker']) {
      expect(await one.line(line)).toMatchObject({ kind: 'answered' })
    }
    expect(one.session.versions).toHaveLength(3)
    expect(one.words).toEqual([])
  })

  test('with a server that has forgotten what it signed, with a warning, until new turns replace the old ones', async () => {
    const forgotten = new Set<string>()
    const refuse = (request: Request) => {
      const bad = signaturesIn(request).some((signature) => forgotten.has(signature))
      const message = 'invalid thought signature for content at index 1'
      return bad
        ? { status: 400, body: { error: { code: 400, message, status: 'INVALID_ARGUMENT' } } }
        : undefined
    }
    const given: string[] = []
    const change = (text: string) => {
      for (const [, signature = ''] of text.matchAll(/"thoughtSignature":"([^"]+)"/g)) given.push(signature)
      return text
    }
    const wire = await crooked(await engine(), { refuse, change })
    const one = await talk({ url: wire.url })
    await one.line('a red fox')
    await one.line('brighter')
    await one.line('darker')
    for (const signature of given) forgotten.add(signature)
    const lines = ['warmer', 'cooler', 'sepia', 'mirror']
    const calls: number[] = []
    for (const line of lines) {
      const sofar = wire.requests.length
      expect(await one.line(line)).toMatchObject({ kind: 'answered' })
      calls.push(wire.requests.length - sofar)
    }
    expect(calls).toEqual([2, 2, 1, 1])
    expect(one.words).toEqual(Array(2).fill(expect.stringMatching(/sent again without them/)))
    // The edited picture is the current one throughout.
    const [last] = imagesIn(wire.requests.at(-1), 'model').slice(-1)
    const current = one.session.versions.at(-2)
    expect(last).toBe((await readFile(one.store.path(current?.file.file ?? ''))).toString('base64'))
  })
})
