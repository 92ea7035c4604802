import { expect, test } from 'vitest'
import { only, open } from './driver.ts'
import { startEngine } from './engine.ts'
import { lineIsOut } from './line-is-out.ts'

test('Esc sends a turn to the background and frees the prompt; its image arrives later as a side version', async () => {
  const { user, release } = await lineIsOut()
  await user.sees('Esc: continue in the background')
  user.press('escape')
  await user.sees('The turn continues in the background and is still billed. Its image is kept.')
  await user.edits('v1')
  await user.sees('1 in the background')
  // The number of the image that has not arrived is reserved.
  await user.draws('sepia', 'v3 ← v1')
  release()
  await user.sees('v2 ← v1 ·')
  await user.sees('v2 arrived in the background. Type v2 to go to it.')
  await user.edits('v3')
  // The cost is recorded before the call counts as ended.
  await user.waitFor(() => user.notSees('1 in the background'), 'no call in the background')
  user.submits('v2')
  await user.edits('v2')
  await user.draws('warmer', 'v4 ← v2')
  const facts = await user.facts()
  expect(only(facts, 'let-go').map(({ turn }) => turn)).toEqual(['t2'])
})

test('a turn that is still running when the user quits is recorded, and reported on the next day', async () => {
  const engine = await startEngine()
  const user = await open({ env: engine.env })
  const gate = engine.holdNext()
  user.submits('a red fox')
  await gate.come
  user.press('escape')
  await user.sees('The turn continues in the background')
  await user.quits()
  expect(only(await user.facts(), 'left')).toMatchObject([{ out: ['t1'] }])
  const next = await open({ home: user.home, env: engine.env, args: ['--continue'] })
  await next.sees('limn ended before the answer came. It may have been billed.')
  await next.waitFor(() => next.prompt()?.text === 'a red fox', 'the line, offered again')
})

test('with escape set to abort, Esc cuts the call', async () => {
  const engine = await startEngine()
  const user = await open({ env: engine.env })
  const gate = engine.holdNext()
  user.submits('/set escape abort')
  await user.sees('escape is now abort.')
  user.submits('a red fox')
  await gate.come
  user.press('escape')
  await user.sees('The call was aborted. It may have been billed.')
  await user.waitFor(() => user.prompt()?.text === 'a red fox', 'the line, offered again')
  user.press('enter')
  await user.sees('v1 ← v0 ·')
})
