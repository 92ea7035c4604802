import { expect, test } from 'vitest'
import { EMOJI_SIGN } from '../../scripts/plugins.ts'

const EMOJI = /^\p{RGI_Emoji}$/v

test('no emoji counts as a narrow letter: each has one of the signs that the bundle looks for first', () => {
  const signless: string[] = []
  for (let code = 0; code <= 0x10ffff; code++) {
    const letter = String.fromCodePoint(code)
    if (!/\p{Emoji}/u.test(letter)) continue
    // Sequences consist of these, a keycap, or two letters of a flag.
    const alone = EMOJI.test(letter) || EMOJI.test(`${letter}\ufe0f`)
    if (alone && !EMOJI_SIGN.test(letter)) signless.push(letter)
  }
  expect(signless).toEqual([])
  for (const sequence of ['1\ufe0f\u20e3', '🇨🇭', '👍🏽', '👩‍🎨', '🏴󠁧󠁢󠁷󠁬󠁳󠁿']) {
    expect(sequence).toMatch(EMOJI)
    expect(sequence).toMatch(EMOJI_SIGN)
  }
  expect('… ⠋ 1 # 画 ✕').not.toMatch(EMOJI_SIGN)
})
