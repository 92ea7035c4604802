import { expect, test } from 'vitest'
import { open } from './driver.ts'
import { startEngine, textsOf } from './engine.ts'

test('thoughts and searches are shown with the image, can be shown again, and are never sent back', async () => {
  const engine = await startEngine()
  const user = await open({ env: engine.env, columns: 110, rows: 40 })
  user.submits('a red fox --search image --thoughts on')
  await user.sees('Thoughts of the model:')
  await user.sees('Considering the picture')
  await user.sees('v1 ← v0 ·')
  await user.sees('Searched with Google for "red fox"')
  await user.sees('image on red fox — a gallery')
  await user.sees('search Google: red fox')
  user.submits('/show v1 --thoughts')
  await user.sees(/thought 1 of \d before v1/)
  user.submits('/show --sources')
  await user.seesTimes('Searched with Google for "red fox"', 2)
  user.submits('make it night')
  await user.sees('v2 ← v1 ·')
  expect(textsOf(engine.asked.at(-1)).join('\n')).not.toContain('Considering')
  expect(user.notSees('**')).toBe(true)
})
