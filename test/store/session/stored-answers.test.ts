import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { writeNew } from '../../../src/store/files.ts'
import { readAnswer, readSignature, storeAnswer } from '../../../src/store/session/stored-answers.ts'
import { temporaryHome } from '../temporary-home.ts'
import { picture } from './session-facts.ts'

const large = 's'.repeat(450_000)
const stored = storeAnswer({
  turn: 't3',
  engine: 'gemini',
  model: 'gemini-3-pro-image',
  thoughts: [],
  grounding: null,
  // The first number had been reserved; the second is the next free one.
  numbers: [4, 6],
  parts: [
    { kind: 'text', text: 'Two of them.', signature: 'small' },
    { kind: 'image', bytes: picture('one'), mime: 'image/jpeg', extension: 'jpg', signature: large },
    { kind: 'image', bytes: picture('two'), mime: 'image/png', extension: 'png' },
  ],
})

describe('an answer goes back as it came', () => {
  test('its parts in order, its images as versions, its large signature beside it', async () => {
    const home = await temporaryHome()
    for (const { name, bytes } of stored.files) await writeNew(home, name, bytes)
    const answer = await readAnswer(home, 't3')
    expect(answer).toEqual(stored.answer)
    expect(stored.images).toEqual([
      { version: 4, file: 'images/v4.jpg' },
      { version: 6, file: 'images/v6.png' },
    ])
    expect(answer?.parts.map(({ signature }) => signature)).toEqual([
      { value: 'small' },
      { file: 'answers/t3-2.signature', size: 450_000 },
      undefined,
    ])
    for (const [index, signature] of ['small', large].entries()) {
      const ref = answer?.parts[index]?.signature
      expect(ref && (await readSignature(home, ref))).toBe(signature)
    }
  })

  test('its own file is written last, after all the files that it names', () => {
    expect(stored.files.at(-1)?.name).toBe('answers/t3.json')
    expect(stored.files.map(({ name }) => name).toSorted()).toEqual(
      ['answers/t3-2.signature', 'answers/t3.json', 'images/v4.jpg', 'images/v6.png'].toSorted(),
    )
  })

  test('one that is missing or damaged is undefined, and so is a signature', async () => {
    const home = await temporaryHome()
    expect(await readAnswer(home, 't3')).toBeUndefined()
    await writeNew(
      home,
      'answers/t4.json',
      Buffer.from('{"turn":"t4","parts":[{"kind":"image","file":"../key"}]}'),
    )
    expect(await readAnswer(home, 't4')).toBeUndefined()
    expect(await readSignature(home, { file: 'answers/t3-2.signature', size: 3 })).toBeUndefined()
    await writeFile(join(home, 'key'), 'secret')
    expect(await readSignature(join(home, 'answers'), { file: '../key', size: 6 })).toBeUndefined()
  })
})
