import { expect, test } from 'vitest'
import { only } from './driver.ts'
import { lineIsOut } from './line-is-out.ts'

test('lines typed while a turn runs are queued, each with the version it will edit, and then run in order', async () => {
  const { engine, user, release } = await lineIsOut()
  user.submits('warmer')
  await user.sees('queued: v2 › warmer')
  user.submits('v1 in sepia')
  await user.sees('queued: v1 › v1 in sepia')
  user.submits('/undo')
  await user.sees('queued: /undo')
  user.submits('/help save')
  await user.sees('/save [PATH] [vN...]')
  expect(engine.asked).toHaveLength(2)

  release()
  await user.sees('v2 ← v1 ·')
  await user.sees('v3 ← v2 ·')
  await user.sees('v4 ← v1 ·')
  await user.edits('v1')
  expect(user.notSees('queued:')).toBe(true)
  const facts = await user.facts()
  expect(only(facts, 'queued').map(({ waiting }) => waiting.line)).toEqual(['warmer', 'v1 in sepia', '/undo'])
  expect(only(facts, 'prompted').map(({ prompt }) => [prompt.text, prompt.parent.version])).toEqual([
    ['a red fox', null],
    ['at night', 1],
    ['warmer', 2],
    ['v1 in sepia', 1],
  ])
})
