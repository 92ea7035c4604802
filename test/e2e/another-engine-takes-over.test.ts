import { expect, test } from 'vitest'
import { open, smallHome } from './driver.ts'
import { imageOf, imagesOf, signaturesOf, startEngine, textsOf } from './engine.ts'

test('a session continued with another server sends no signature of the first, but the image that it edits', async () => {
  const first = await startEngine()
  const home = await smallHome()
  const before = await open({ home, env: first.env })
  await before.draws('a red fox', 'v1 ← v0')
  await before.draws('at night', 'v2 ← v1')
  await before.quits()

  const second = await startEngine()
  const user = await open({ home, env: second.env, args: ['--continue'] })
  await user.edits('v2')
  await user.draws('warmer', 'v3 ← v2')
  const [asked] = second.asked
  expect(signaturesOf(asked)).toEqual([])
  expect(asked?.contents.map(({ role }) => role)).toEqual(['user'])
  expect(imagesOf(asked)).toMatchObject([{ role: 'user', name: 'v2', bytes: imageOf(first.answers[1]) }])
  expect(textsOf(asked).join('\n')).toMatch(/- a red fox\n- at night/)
  expect(textsOf(asked).at(-1)).toBe('warmer')
  await user.draws('brighter', 'v4 ← v3')
  expect(signaturesOf(second.asked[1]).length).toBeGreaterThan(0)
  await user.quits()

  // Without a key this session can be viewed; a line asks for the key, and never goes to the practice engine.
  const keyless = await open({ home, args: ['--continue'] })
  await keyless.sees('no key: look, save, compare; /key connects Gemini')
  await keyless.edits('v4')
  keyless.submits('sepia')
  await keyless.sees('There is no API key for Gemini.')
  await keyless.waitFor(() => keyless.prompt()?.text === 'sepia', 'the line, kept')
})

test('a practice session stays one even with a key, and says how to start one with Gemini', async () => {
  const home = await smallHome()
  const before = await open({ home })
  await before.draws('a red fox', 'v1 ← v0')
  await before.quits()
  const engine = await startEngine()
  const user = await open({ home, env: engine.env, args: ['--continue'] })
  await user.sees('This is a practice session and stays one; /new starts a session with Gemini.')
  await user.draws('warmer', 'v2 ← v1')
  await user.sees(/v2 ← v1 .* practice · free/)
  expect(engine.asked).toEqual([])
  user.submits('/new')
  await user.sees('Gemini protocol at 127.0.0.1')
  await user.draws('a blue fox', 'v1 ← v0')
  expect(engine.asked).toHaveLength(1)
})
