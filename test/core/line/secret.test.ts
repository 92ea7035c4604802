import fc from 'fast-check'
import { expect, test } from 'vitest'
import { holdsKey, KEY_REFUSED } from '../../../src/core/line/secret.ts'

const OLD = 'AIzaSyA-not_a-real-key-0123456789abcdef'
const NEW = 'AQ.Ab8RN6-not_a-real-key-0123456789abcdefghijklmnopq'

test.each([
  OLD,
  NEW,
  `  ${OLD}\n`,
  `/key ${OLD}`,
  `//key ${NEW}`,
  `use ${NEW} for this`,
  `make it blue${OLD}`,
  `GEMINI_API_KEY="${OLD}"`,
  `https://example.org/v1?key=${OLD}&alt=sse`,
])('a line with a key in it is known: %j', (line) => {
  expect(holdsKey(line)).toBe(true)
})

test.each([
  '',
  '/key',
  ' /key ',
  '/keys of a piano',
  'a key, golden, on v3',
  'an AIza poster',
  'AQ. is a code',
  'FAQ.md',
  '/ref add hero.png',
  'say "AIza" in large letters',
])('a line without one is not taken for one: %j', (line) => {
  expect(holdsKey(line)).toBe(false)
})

test('a key is found wherever it is in a line', () => {
  fc.assert(
    fc.property(fc.string(), fc.constantFrom(OLD, NEW), fc.string(), (before, key, after) => {
      expect(holdsKey(before + key + after)).toBe(true)
    }),
  )
})

test('the sentence that replaces such a line is not one itself', () => {
  expect(holdsKey(KEY_REFUSED)).toBe(false)
})
