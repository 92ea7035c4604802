import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { GroundingMetadata, readGrounding } from '../../src/gemini/read-grounding.ts'
import { readReply } from '../../src/gemini/read-reply.ts'

const read = (metadata: unknown) => readGrounding(GroundingMetadata.parse(metadata))
const chips = (...links: readonly string[]) => ({
  searchEntryPoint: { renderedContent: `<style>.chip{}</style><div>${links.join('')}</div>` },
})

test('queries, pages and the searches that must be shown are read; for an image, its page', () => {
  expect(
    read({
      webSearchQueries: ['red foxes'],
      imageSearchQueries: ['red fox snow'],
      groundingChunks: [
        { web: { uri: 'https://example.com/fox', title: 'Foxes' } },
        { web: { uri: 'https://example.com/fox', title: 'Foxes, again' } },
        {
          image: {
            sourceUri: 'https://example.net/g',
            imageUri: 'https://example.net/g/1.jpg',
            domain: 'example.net',
          },
        },
      ],
      ...chips(
        '<a class="chip" href="https://www.google.com/search?q=red+foxes&amp;client=x">red &quot;foxes&quot;</a>',
      ),
    }),
  ).toEqual({
    queries: ['red foxes'],
    imageQueries: ['red fox snow'],
    sources: [
      { kind: 'web', uri: 'https://example.com/fox', title: 'Foxes' },
      { kind: 'image', uri: 'https://example.net/g', title: 'example.net' },
    ],
    suggestions: [{ text: 'red "foxes"', uri: 'https://www.google.com/search?q=red+foxes&client=x' }],
  })
})

describe('what Google sends for display', () => {
  test('leads to Google, or is made from the queries', () => {
    const made = [{ text: 'a & b', uri: 'https://www.google.com/search?q=a%20%26%20b' }]
    expect(read({ webSearchQueries: ['a & b'] })?.suggestions).toEqual(made)
    expect(
      read({ webSearchQueries: ['a & b'], ...chips('<a href="https://google.com.evil.example/x">x</a>') })
        ?.suggestions,
    ).toEqual(made)
    expect(
      read(chips('<a href="https://vertexaisearch.cloud.google.com/r/1"><b>x</b> y</a>'))?.suggestions,
    ).toEqual([{ text: 'x y', uri: 'https://vertexaisearch.cloud.google.com/r/1' }])
  })

  test('is always a web address', () => {
    const uris = ['javascript:alert(1)', 'file:///etc/passwd', '\x1b]8;;https://example.com', 'https://', '']
    expect(read({ groundingChunks: uris.map((uri) => ({ web: { uri, title: 'x' } })) })).toBeNull()
    const [source] =
      read({ groundingChunks: [{ web: { uri: 'https://example.com/a\x1b\\b\x07', title: '' } }] })?.sources ??
      []
    expect(source?.uri).not.toMatch(/[\x00-\x20\x7f-\uffff]/)
    expect(source?.title).toBe('example.com')
  })
})

test('the image of an answer is read whatever its grounding contains', () => {
  const inlineData = { mimeType: 'image/png', data: 'iVBORw0KGgo=' }
  fc.assert(
    fc.property(fc.jsonValue(), (groundingMetadata) => {
      const reply = readReply({
        candidates: [{ content: { parts: [{ inlineData }] }, finishReason: 'STOP', groundingMetadata }],
      })
      expect(reply.parts.map(({ kind }) => kind)).toEqual(['image'])
    }),
    { examples: [[{ groundingChunks: [null, 1, { web: 'x' }], searchEntryPoint: 7 }]] },
  )
})

test('thoughts are separate from the answer, and a broken thought is left out', () => {
  const image = { mimeType: 'image/png', data: 'iVBORw0KGgo=' }
  const parts = [
    { text: '**Planning**', thought: true },
    { inlineData: image, thought: true },
    { inlineData: { ...image, data: '%' }, thought: true },
    { text: '', thought: true },
    { text: 'Here.', thoughtSignature: 'c2ln' },
    { inlineData: image, thoughtSignature: 'c2ln' },
  ]
  const reply = readReply({ candidates: [{ content: { parts }, finishReason: 'STOP' }] })
  expect(reply.thoughts.map(({ kind }) => kind)).toEqual(['text', 'image'])
  expect(reply.parts.map(({ kind }) => kind)).toEqual(['text', 'image'])
  expect(reply.grounding).toBeNull()
})
