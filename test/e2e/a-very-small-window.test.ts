import { expect, test } from 'vitest'
import { open } from './driver.ts'

test('in a window of 20 by 5 a user can make and see an image, and resize the window', async () => {
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
  await user.sees('Ctrl-J: new line')
  await user.edits('v2')
  await user.quits()
})

test('a question takes all rows of a window of 20 by 5, and can be answered there', async () => {
  const user = await open({ columns: 20, rows: 5, args: ['--graphics=blocks'] })
  user.submits('a red fox on a transparent background')
  await user.waitFor(() => user.window().some((row) => /yes +› no/.test(row)), 'the question')
  const rows = user.window().filter((row) => row.trim() !== '')
  const at = rows.findIndex((row) => /yes +› no/.test(row))
  // Only the subject, the question and the answers are shown.
  expect(rows.slice(at - 3, at).map((row) => row.trim())).toEqual([
    expect.stringMatching(/^No Gemini image .*…$/),
    'Send the line as it',
    'is?',
  ])
  expect(at).toBe(rows.length - 1)
  user.press('up')
  await user.waitFor(() => user.window().some((row) => /› yes +no/.test(row)), 'the other answer')
  user.press('enter')
  await user.sees('v1 ← v0 ·')
  await user.quits()
})
