import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  headOf,
  looksLikeVersions,
  selectVersion,
  selectVersions,
} from '../../../src/core/session/selection.ts'
import { Story } from './story.ts'

const at = '2026-11-22T20:48:00.000Z'

/** v1 ← v2 ← v3, and v4 from v1; v3 is current and v2 is @final. */
const story = () =>
  new Story()
    .line('a fox')
    .line('in snow')
    .line('at night')
    .goto(1)
    .line('in rain')
    .goto(3)
    .add({ type: 'tagged', at, name: 'Final', version: 2 }).session

const numbers = (words: string) => {
  const selected = selectVersions(words === '' ? [] : words.split(' '), story())
  return selected.ok ? selected.versions.map(({ number }) => number) : selected.sentence
}

describe('words for versions', () => {
  test.each([
    ['', [3]],
    ['v1', [1]],
    ['2', [2]],
    ['@v2', [2]],
    ['v2..v4', [2, 3, 4]],
    ['v3..1', [3, 2, 1]],
    ['v3..v9', [3, 4]],
    ['@final', [2]],
    ['current', [3]],
    ['^', [2]],
    ['^^', [1]],
    ['-', [4]],
    ['leaves', [3, 4]],
    ['v4 leaves @FINAL v4', [4, 3, 2]],
  ])('"%s"', (words, versions) => {
    expect(numbers(words)).toEqual(versions)
  })

  test.each([
    ['v9', 'There is no v9: this session has v1 to v4.'],
    ['v8..v9', 'There is no v8: this session has v1 to v4.'],
    ['@other', 'No version is tagged other; /tag other tags the current one.'],
    ['^^^', 'There is no image above this one.'],
    ['v1 v9', 'There is no v9: this session has v1 to v4.'],
  ])('"%s" names none, and it is said', (words, sentence) => {
    expect(numbers(words)).toBe(sentence)
  })

  test('where one is wanted, several are listed', () => {
    expect(selectVersion('leaves', story())).toEqual({
      ok: false,
      sentence: 'Name one version here; leaves is v3 v4.',
    })
  })

  test('lead to a place: v0 is the blank sheet, - the place before', () => {
    expect(headOf('v0', story())).toMatchObject({ ok: true, head: { turn: null, version: null } })
    expect(headOf('-', story())).toMatchObject({ ok: true, head: { version: 4 } })
    expect(headOf('@final', story())).toMatchObject({ ok: true, head: { turn: 't2', version: 2 } })
    expect(headOf('-', new Story().session)).toMatchObject({ ok: false })
  })

  test('name only versions that exist, whatever is typed', () => {
    const { session } = new Story().line('a fox')
    fc.assert(
      fc.property(
        fc.array(fc.stringMatching(/^@?v?[0-9]{1,3}(\.\.v?[0-9]{1,3})?$|^\^{1,3}$|^leaves$/)),
        (words) => {
          const selected = selectVersions(words, session)
          return !selected.ok || selected.versions.every((version) => session.versions.includes(version))
        },
      ),
    )
  })

  test.each(['poster.png', '3', 'art/', 'v3.jpg', 'currently', '--force'])('%s may be a path', (word) => {
    expect(looksLikeVersions(word)).toBe(false)
  })
})
