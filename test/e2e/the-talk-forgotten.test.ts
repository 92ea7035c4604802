import { expect, test } from 'vitest'
import { open } from './driver.ts'
import { imageOf, imagesOf, sha256, startEngine, textsOf } from './engine.ts'

test('a user keeps the image and forgets the conversation: the prompt says so, and the image is sent alone', async () => {
  const engine = await startEngine()
  const user = await open({ env: engine.env })
  await user.draws('a lighthouse', 'v1 ← v0')
  await user.draws('at night', 'v2 ← v1')
  user.submits('/forget')
  await user.sees('next line sends v2 alone')
  await user.edits('v2 alone')
  await user.sees('conversation forgotten')
  await user.draws('warmer', 'v3 ← v2')
  const asked = engine.asked[2]
  expect(asked?.contents.map(({ role }) => role)).toEqual(['user'])
  expect(textsOf(asked).join(' ')).not.toMatch(/lighthouse|at night/)
  expect(imagesOf(asked).map((image) => image.sha256)).toEqual([sha256(imageOf(engine.answers[1]))])
  user.submits('/undo 2')
  await user.edits('v2')
  await user.draws('cooler', 'v4 ← v2')
  expect(textsOf(engine.asked[3])).toContain('a lighthouse')
})
