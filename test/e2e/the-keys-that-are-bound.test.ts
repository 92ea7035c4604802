import { expect, test } from 'vitest'
import { open } from './driver.ts'

test('? shows the keys of the moment without Enter; any key closes the list and has its usual effect', async () => {
  const user = await open({ columns: 80, rows: 24, args: ['--graphics=none'] })
  const window = () => user.window().join('\n')
  const shows = (keys: RegExp) => user.waitFor(() => keys.test(window()), String(keys))
  const closed = () => user.waitFor(() => !/key: close|Esc: close/.test(window()), 'no keys')

  user.type('?')
  await shows(/Ctrl-C +quit \(press twice\)/)
  user.press('escape')
  await closed()

  // A letter closes the list and is typed; after letters, ? is text.
  user.type('?')
  await shows(/Ctrl-C +quit \(press twice\)/)
  user.type('a')
  await closed()
  user.type(' red fox, or blue?')
  await user.waitFor(() => user.prompt()?.text === 'a red fox, or blue?', 'the line')
  user.press('ctrl-c')

  // A choice of images binds its own keys.
  user.submits('a red fox -n 3')
  await user.sees('v0 (new: v1 v2 v3) ›')
  user.type('?')
  await shows(/Alt-1 … Alt-3 +choose this image/)
  user.type('\x1b2')
  await user.edits('v2')

  // Enter lists the commands, like a line with only ?.
  user.type('?')
  await shows(/Enter: list the commands/)
  user.press('enter')
  await user.sees('A line edits the current image')
  await user.quits()
})

test('in a window of 40 by 10 the list has pages, and the transcript stays as it was', async () => {
  const user = await open({ columns: 40, rows: 10, args: ['--graphics=none'] })
  await user.sees('practice')
  user.type('?')
  await user.sees(/1 of \d · \?: next page · Esc: close/)
  user.type('?')
  await user.sees(/2 of \d · \?: next page · Esc: close/)
  user.press('escape')
  await user.waitFor(() => user.label() === 'v0', 'the prompt')
  expect(user.screen()).not.toContain('Esc: close')
  expect(user.screen()).toContain('limn')
  await user.quits()
})
