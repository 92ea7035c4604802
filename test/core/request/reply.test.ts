import { describe, expect, test } from 'vitest'
import type { Nothing } from '../../../src/core/failures/missing-image.ts'
import { nothingOf, nothingText, type Reply, wordsOf } from '../../../src/core/request/reply.ts'

const reply = (change: Partial<Reply>): Reply => ({
  parts: [],
  thoughts: [],
  grounding: null,
  finish: 'STOP',
  finishMessage: '',
  block: null,
  blockMessage: '',
  usage: null,
  ...change,
})
const words = [{ kind: 'text', text: 'What should it show?' }] as const
const image = { kind: 'image', bytes: new Uint8Array([1]) } as const

describe('why there is no image', () => {
  test.each([
    ['NO_IMAGE', 'no-image'],
    ['SAFETY', 'safety'],
    ['IMAGE_SAFETY', 'safety'],
    ['PROHIBITED_CONTENT', 'prohibited'],
    ['IMAGE_PROHIBITED_CONTENT', 'prohibited'],
    ['BLOCKLIST', 'prohibited'],
    ['SPII', 'prohibited'],
    ['RECITATION', 'recitation'],
    ['IMAGE_RECITATION', 'recitation'],
    ['MAX_TOKENS', 'too-long'],
    ['LANGUAGE', 'language'],
    ['OTHER', 'other'],
    ['IMAGE_OTHER', 'other'],
    ['MALFORMED_FUNCTION_CALL', 'other'],
    ['UNEXPECTED_TOOL_CALL', 'other'],
    ['TOO_MANY_TOOL_CALLS', 'other'],
    ['MALFORMED_RESPONSE', 'other'],
    ['CONTINUATION', 'other'],
    ['SOMETHING_NEW', 'other'],
    ['constructor', 'other'],
  ])('%s', (finish, kind) => {
    expect(nothingOf(reply({ finish }))?.kind).toBe(kind)
    expect(nothingOf(reply({ finish, parts: words }))?.kind).toBe(kind)
    expect(nothingOf(reply({ finish, parts: [image] }))).toBeUndefined()
  })

  test('words alone, nothing at all, a blocked prompt, and an image that cannot be read', () => {
    expect(nothingOf(reply({ parts: words }))?.kind).toBe('words-only')
    expect(nothingOf(reply({}))?.kind).toBe('empty')
    expect(nothingOf(reply({ finish: null }))?.kind).toBe('empty')
    expect(nothingOf(reply({ parts: [{ kind: 'broken' }, ...words] }))?.kind).toBe('broken-image')
    expect(nothingOf(reply({ finish: null, block: 'SAFETY' }))).toEqual({
      kind: 'blocked-prompt',
      reason: 'SAFETY',
      says: '',
    })
    expect(nothingOf(reply({ finish: null, block: 'OTHER', blockMessage: 'no' }))?.says).toBe('no')
  })

  test('a reason that limn does not know is named', () => {
    const nothing = nothingOf(reply({ finish: 'SOMETHING_NEW', finishMessage: 'Try again.' }))
    expect(nothingText(nothing as Nothing)).toContain('SOMETHING_NEW: Try again')
  })
})

test.each([
  ['SAFETY', 'A safety filter stopped it.'],
  ['IMAGE_SAFETY', 'A safety filter stopped one of its images.'],
  ['PROHIBITED_CONTENT', 'Its content is prohibited.'],
  ['BLOCKLIST', 'A word in it is on the block list.'],
  ['OTHER', 'The server gives no reason.'],
  ['JAILBREAK', 'It reads like an attempt to talk the model out of its rules.'],
  ['SOMETHING_NEW', 'The server says: "SOMETHING_NEW".'],
])('a prompt that is blocked with the code %s is told why in words', (block, sentence) => {
  const text = nothingText(nothingOf(reply({ finish: null, block })) as Nothing)
  expect(text).toContain(`before anything was drawn. ${sentence} Reword it`)
})

test('a session that recorded no reason gets the text of its kind', () => {
  expect(nothingText({ kind: 'blocked-prompt', says: 'BLOCKLIST' })).toContain('block list. Reword it')
  expect(nothingText({ kind: 'safety', says: '' })).toContain('the filter for finished images')
  expect(nothingText({ kind: 'other', says: 'IMAGE_OTHER' })).toContain('the model stopped drawing')
})

const KINDS: { readonly [K in Nothing['kind']]: true } = {
  'words-only': true,
  'no-image': true,
  'blocked-prompt': true,
  safety: true,
  prohibited: true,
  recitation: true,
  'too-long': true,
  language: true,
  empty: true,
  'broken-image': true,
  other: true,
}

describe.each(Object.keys(KINDS) as Nothing['kind'][])('no image: %s', (kind) => {
  test.each(['', 'It was unsafe. Try other words.'])('says why and what to try (server: %j)', (says) => {
    const text = nothingText({ kind, says })
    expect(text).toMatch(/^No image[^\n]+\.$/)
    expect(text.split(/[.:;,] /).length).toBeGreaterThan(1)
    expect(text).not.toMatch(/undefined|""|\.\.|\."\./)
  })
})

test('a line break separates the words before an image from those after it', () => {
  const said = (...parts: Reply['parts']) => wordsOf(reply({ parts }))
  const text = (words: string) => ({ kind: 'text', text: words }) as const
  expect(said(text('A first draft.'), image, text('A second draft.'), image)).toBe(
    'A first draft.\nA second draft.',
  )
  expect(said(text('A first draft.'), image, text(''), text('A second draft.'))).toBe(
    'A first draft.\nA second draft.',
  )
  expect(said(image, text('Made it'), text(' darker.'))).toBe('Made it darker.')
})

test('the words of an answer are one text, without the space around them', () => {
  expect(
    wordsOf(reply({ parts: [{ kind: 'text', text: ' Here ' }, image, { kind: 'text', text: 'it is.\n' }] })),
  ).toBe('Here it is.')
})
