import { expect, test } from 'vitest'
import { only, open } from './driver.ts'
import { imagesOf, startEngine, textsOf } from './engine.ts'

test('--fresh and /fresh start a new image without the history; /retry makes a sibling', async () => {
  const engine = await startEngine()
  const user = await open({ env: engine.env })
  await user.draws('a red fox', 'v1 ← v0')
  await user.draws('warmer', 'v2 ← v1')
  user.type('a blue vase --fresh')
  await user.edits('v0')
  user.press('enter')
  await user.sees('v3 ← v0 ·')
  await user.edits('v3')
  expect(engine.asked[2]?.contents).toEqual([{ role: 'user', parts: [{ text: 'a blue vase' }] }])
  await user.draws('brighter', 'v4 ← v3')
  expect(textsOf(engine.asked[3]).join(' ')).not.toContain('fox')

  user.submits('/retry')
  await user.sees('v5 ← v3 ·')
  await user.edits('v5')
  expect(textsOf(engine.asked[4]).at(-1)).toBe('brighter')
  user.submits('/retry much darker')
  await user.sees('v6 ← v3 ·')
  await user.edits('v6')
  expect(textsOf(engine.asked[5]).at(-1)).toBe('much darker')
  user.submits('/fresh a lighthouse')
  await user.sees('v7 ← v0 ·')
  await user.edits('v7')
  expect(imagesOf(engine.asked[6])).toEqual([])
  user.submits('/fresh')
  await user.sees('next line makes a new image')
  await user.edits('v0')
  await user.draws('a planet', 'v8 ← v0')
  expect(only(await user.facts(), 'prompted').map(({ prompt }) => prompt.fresh)).toEqual([
    false,
    false,
    true,
    false,
    false,
    false,
    true,
    false,
  ])
})
