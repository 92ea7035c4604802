import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { folderName, slugOf } from '../../../src/store/session/slug.ts'

describe('the folder of a session can be recognised by its name', () => {
  test.each([
    ['A red fox, in the snow!', 'a-red-fox-in-the-snow'],
    ['Ein Fuchs im Schnee — größer', 'ein-fuchs-im-schnee-größer'],
    ['雪の中の赤い狐', '雪の中の赤い狐'],
    ['лиса в снегу', 'лиса-в-снегу'],
    ['लोमड़ी बर्फ में', 'लोमड़ी-बर्फ-में'],
    ['ثعلب أحمر', 'ثعلب-أحمر'],
    ['../../etc/passwd', 'etc-passwd'],
    ['🦊🦊', 'session'],
    ['', 'session'],
    ['  \n\t', 'session'],
    [
      'a picture with so many words that they cannot all be in a name',
      'a-picture-with-so-many-words-that-they',
    ],
  ])('%j becomes %j', (text, slug) => expect(slugOf(text)).toBe(slug))

  test('a text without spaces is cut between letters, never inside one', () => {
    expect(slugOf('क्षि'.repeat(60))).toMatch(/^(क्षि)+$/u)
    expect(slugOf('𠮷'.repeat(60))).toBe('𠮷'.repeat(30))
  })

  test('any text becomes one short name that every disk accepts', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (text) => {
        const slug = slugOf(text)
        expect(slug).toMatch(/^[\p{L}\p{M}\p{N}]+(-[\p{L}\p{M}\p{N}]+)*$/u)
        expect(Buffer.byteLength(slug)).toBeLessThanOrEqual(120)
        expect(slug.isWellFormed()).toBe(true)
      }),
    )
  })

  test('it begins with the user’s local date and time', () => {
    expect(folderName(new Date(2026, 0, 5, 9, 7), 'Fox')).toBe('2026-01-05-0907-fox')
  })
})
