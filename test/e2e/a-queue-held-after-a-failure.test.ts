import { expect, test } from 'vitest'
import { only, open, type User } from './driver.ts'
import { type Engine, startEngine } from './engine.ts'

/** A line that will fail, and queued lines. */
async function failsWithTwoWaiting(user: User, engine: Engine) {
  const gate = engine.holdNext()
  user.submits('at night')
  await gate.come
  user.submits('warmer')
  await user.sees('queued: v2 › warmer')
  user.submits('brighter')
  await user.sees(/v3 › brighter/)
  gate.release()
}

test('after a failure the queued lines are held: Enter runs them', async () => {
  const engine = await startEngine('slow:0,403')
  const user = await open({ env: engine.env })
  await user.draws('a red fox', 'v1 ← v0')
  await failsWithTwoWaiting(user, engine)
  await user.sees('This key has no permission to do that')
  await user.waitFor(() => user.prompt()?.text === 'at night', 'the failed line, offered again')
  await user.sees('2 lines held · first send this line (Enter) or clear it (Esc)')
  expect(engine.asked).toHaveLength(2)

  user.press('escape')
  await user.waitFor(() => user.prompt()?.text === '', 'an empty prompt')
  await user.sees('2 lines held · Enter: run on v1 · Esc: drop')
  user.press('enter')
  await user.sees('v2 ← v1 ·')
  await user.sees('v3 ← v2 ·')
  await user.edits('v3')
  expect(only(await user.facts(), 'prompted').map(({ prompt }) => prompt.text)).toEqual([
    'a red fox',
    'at night',
    'warmer',
    'brighter',
  ])
})

test('after a refusal the queued lines are held: Esc drops them', async () => {
  const engine = await startEngine('slow:0,safety')
  const user = await open({ env: engine.env })
  await user.draws('a red fox', 'v1 ← v0')
  await failsWithTwoWaiting(user, engine)
  await user.sees('No image: the filter for finished images blocked this one.')
  await user.sees('2 lines held · Enter: run on v1 · Esc: drop')
  await user.waitFor(() => user.prompt()?.text === '', 'an empty prompt')
  user.press('escape')
  await user.waitFor(() => user.notSees('lines held'), 'no queued lines')
  await user.draws('sepia', 'v2 ← v1')
  expect(engine.asked).toHaveLength(3)
  expect(only(await user.facts(), 'unqueued').flatMap(({ ids }) => ids)).toHaveLength(2)
})

test('queued lines are still there on the next day, held', async () => {
  const engine = await startEngine()
  const user = await open({ env: engine.env })
  await user.draws('a red fox', 'v1 ← v0')
  await failsAfterKill(user, engine)
  const next = await open({ home: user.home, env: engine.env, args: ['--continue'] })
  await next.waitFor(() => next.prompt()?.text === 'at night', 'the line without an answer, offered again')
  await next.sees('1 line held · first send this line (Enter) or clear it (Esc)')
  next.press('enter')
  await next.sees('v2 ← v1 ·')
  await next.sees('1 line held · Enter: run on v2 · Esc: drop')
  next.press('enter')
  await next.sees('v3 ← v2 ·')
})

async function failsAfterKill(user: User, engine: Engine) {
  const gate = engine.holdNext()
  user.submits('at night')
  await gate.come
  user.submits('warmer')
  await user.sees('queued: v2 › warmer')
  await user.kill('SIGKILL')
  gate.release()
}
