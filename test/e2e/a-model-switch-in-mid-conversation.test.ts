import { expect, test } from 'vitest'
import { open } from './driver.ts'
import { imagesOf, signaturesOf, startEngine, textsOf } from './engine.ts'

const STAND_IN = 'skip_thought_signature_validator'

test('a user switches the model in mid-conversation: the history is sent, each part signed as its model requires', async () => {
  const engine = await startEngine()
  const user = await open({ env: engine.env })
  await user.draws('a blue vase', 'v1 ← v0')

  user.submits('/model pro')
  await user.sees('Nano Banana Pro has no size 512; 1K is used instead.')
  await user.sees(/The next line goes to Nano Banana Pro.* v1/)
  await user.sees('3-pro-image · ratio auto · 1K')
  await user.draws('warmer', 'v2 ← v1')
  const second = engine.asked[1]
  expect(second?.model).toBe('gemini-3-pro-image')
  expect(textsOf(second)).toContain('a blue vase')
  expect(imagesOf(second)).toHaveLength(1)
  expect(signaturesOf(second), 'of words and image').toEqual([STAND_IN, STAND_IN])

  await user.draws('brighter', 'v3 ← v2')
  const own = signaturesOf(engine.asked[2])
  expect(own.slice(0, 2)).toEqual([STAND_IN, STAND_IN])
  expect(own.slice(2).every((signature) => signature.length > 100)).toBe(true)
  expect(own).toHaveLength(4)

  // Nano Banana requires no signatures, and accepts no size.
  user.submits('/model nb1')
  await user.sees('The next line goes to Nano Banana ')
  await user.draws('sepia', 'v4 ← v3')
  expect(signaturesOf(engine.asked[3])).toEqual([])
  expect(engine.asked[3]?.generationConfig.imageConfig).toBeUndefined()
  await user.sees(/v4 ← v3 · .* · png · 2\.5-flash-image/)
  user.submits('/model nano')
  await user.sees('The next line goes to Nano Banana 2.1 ')
  await user.draws('blur', 'v5 ← v4')

  user.submits('/model flahs-9')
  await user.sees('flahs-9 is not a model that limn knows: its limits and its price are not known.')
  user.submits('/model')
  await user.sees(/● +flahs-9|lite +gemini-3\.1-flash-lite-image/)
})
