import { expect, test } from 'vitest'
import { open } from './driver.ts'

test('in a window of 20 by 5 a user still makes and sees an image, and the window may change its size', async () => {
  const user = await open({ columns: 20, rows: 5, args: ['--graphics=blocks'] })
  user.submits('a red fox')
  await user.sees('v1 ← v0 ·')
  await user.edits('v1')
  expect(user.screen()).toMatch(/▄{2,}/)
  user.type('make it a good deal warmer, and then much brighter')
  await user.waitFor(() => user.window().join('').includes('brighter'), 'the end of the line')
  user.resize(100, 30)
  await user.waitFor(
    () => user.prompt()?.text === 'make it a good deal warmer, and then much brighter',
    'the line in one row',
  )
  user.resize(20, 5)
  user.resize(60, 20)
  user.press('enter')
  await user.sees('v2 ← v1 ·')
  user.submits('/help')
  await user.sees('Ctrl-J makes a new line')
  await user.edits('v2')
  await user.quits()
})
