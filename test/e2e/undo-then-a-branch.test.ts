import { expect, test } from 'vitest'
import { open } from './driver.ts'
import { imageOf, imagesOf, sha256, startEngine } from './engine.ts'

test('a user goes back, and limn says that the next line starts a branch', async () => {
  const engine = await startEngine()
  const user = await open({ env: engine.env })
  await user.draws('a lighthouse', 'v1 ← v0')
  await user.draws('at night', 'v2 ← v1')
  await user.draws('cooler', 'v3 ← v2')

  user.submits('/undo')
  await user.sees('next line edits v2 and starts a branch; model, size, references unchanged')
  await user.edits('v2')
  await user.draws('sepia', 'v4 ← v2')
  await user.sees('a branch from v2')
  const sent = imagesOf(engine.asked[3]).map((image) => image.sha256)
  expect(sent).toContain(sha256(imageOf(engine.answers[1])))
  expect(sent, 'the branch knows nothing of v3').not.toContain(sha256(imageOf(engine.answers[2])))

  user.submits('v3')
  await user.edits('v3')
  user.submits('/goto -')
  await user.edits('v4')
  user.submits('/undo 2')
  await user.edits('v1')
  user.submits('/redo')
  await user.edits('v4')
  user.submits('/goto v0')
  await user.sees('next line makes a new image')
  await user.edits('v0')
  user.submits('/goto v9')
  await user.sees('There is no v9: this session has v1 to v4.')
  user.submits('/log')
  await user.sees(/v4 +← v2 +sepia/)
})
