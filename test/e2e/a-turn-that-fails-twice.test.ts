import { expect, test } from 'vitest'
import { only, open } from './driver.ts'
import { startEngine } from './engine.ts'

test('limn shows that it asks an overloaded server again, and the third try succeeds', async () => {
  const engine = await startEngine('503:2')
  const user = await open({ env: engine.env })
  user.submits('a red fox')
  await user.sees(/The model is overloaded at the moment\. Try 2 of 4 in \d+ s · Esc stops/)
  await user.sees(/The model is overloaded at the moment\. Try 3 of 4 in \d+ s · Esc stops/)
  await user.sees('v1 ← v0 ·')
  await user.edits('v1')
  expect(engine.asked).toHaveLength(3)
  expect(only(await user.facts(), 'failed')).toEqual([])
})

test('Esc stops the wait for another try, and the line is offered again', async () => {
  const engine = await startEngine('503:9')
  const user = await open({ env: engine.env })
  user.submits('a red fox')
  await user.sees(/Try 2 of 4/)
  user.press('escape')
  await user.sees('Press Enter to try again, or switch to another model with /model.')
  await user.waitFor(() => user.prompt()?.text === 'a red fox', 'the line, offered again')
  expect(engine.asked.length).toBeLessThanOrEqual(2)
})

test('limn shows that it waits for a rate limit, and then makes the image', async () => {
  const engine = await startEngine('429:2')
  const user = await open({ env: engine.env })
  user.submits('a red fox')
  await user.sees(/Too many requests: the server asks for a wait of 2 s\. Continues in \d+ s · Esc stops/)
  await user.sees('v1 ← v0 ·')
  expect(engine.asked).toHaveLength(3)
})
