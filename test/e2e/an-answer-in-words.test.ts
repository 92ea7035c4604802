import { expect, test } from 'vitest'
import { open } from './driver.ts'
import { startEngine } from './engine.ts'

test('the model answers in words, the user replies, and both stay in the conversation', async () => {
  const engine = await startEngine('text-only')
  const user = await open({ env: engine.env })
  user.submits('something nice')
  await user.sees('What should the picture show? Tell me a little more, and I will make it.')
  await user.sees('No image: the model answered in words.')
  await user.edits('v0')
  expect(user.prompt()?.text, 'a question is answered, not sent again').not.toContain('something nice')
  await user.draws('a fox by the sea', 'v1 ← v0')
  expect(engine.asked[1]?.contents).toMatchObject([
    { role: 'user', parts: [{ text: 'something nice' }] },
    {
      role: 'model',
      parts: [{ text: expect.stringContaining('What should'), thoughtSignature: expect.any(String) }],
    },
    { role: 'user', parts: [{ text: 'a fox by the sea' }] },
  ])
  await user.draws('brighter', 'v2 ← v1')
  expect(engine.asked[2]?.contents).toHaveLength(5)
})
