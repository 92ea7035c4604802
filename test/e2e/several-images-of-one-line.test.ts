import { expect, test } from 'vitest'
import { open } from './driver.ts'
import { startEngine } from './engine.ts'

test('a user makes three images of one line, chooses the second with Alt-2, and another after /undo', async () => {
  const engine = await startEngine()
  const user = await open({ env: engine.env, rows: 60 })
  await user.draws('a lighthouse', 'v1 ← v0')

  user.submits('at {dawn|noon|night}')
  await user.sees('To choose one of them, press Alt-1 to Alt-3, or type its name alone on a line.')
  await user.edits('v1 (new: v2 v3 v4)')
  expect(engine.asked.length).toBe(4)

  user.type('\x1b2')
  await user.edits('v3')
  await user.draws('with gulls', 'v5 ← v3')

  user.submits('/undo 2')
  await user.edits('v1 (new: v2 v3 v4)')
  await user.sees('choose from v2 v3 v4 again')
  user.type('\x1b3')
  await user.edits('v4')
})

test('a user who forgets to choose is asked once, and can stay where the line started', async () => {
  const engine = await startEngine()
  const user = await open({ env: engine.env, rows: 60 })
  await user.draws('a lighthouse', 'v1 ← v0')
  user.submits('at night -n 2')
  await user.edits('v1 (new: v2 v3)')

  user.submits('with gulls')
  await user.sees('Which image does this line continue from?')
  user.submits('1')
  await user.sees('v4 ← v1')
  await user.draws('with a boat', 'v5 ← v4')
})

test('a line with an unknown flag is not sent, and is kept', async () => {
  const engine = await startEngine()
  const user = await open({ env: engine.env })
  user.submits('a lighthouse --sise 2K')
  await user.sees('There is no flag --sise')
  await user.sees('v0 › a lighthouse --sise 2K')
  expect(engine.asked.length).toBe(0)
})
