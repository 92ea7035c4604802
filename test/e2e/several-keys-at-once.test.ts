import { expect, test } from 'vitest'
import { only, open, start } from './driver.ts'

test('a paste of several lines is one prompt, and keys that arrive together work as they would one by one', async () => {
  const user = await open()
  user.paste('a red fox\r\nin the snow\nat night')
  await user.sees(/v0 › a red fox\n +in the snow\n +at night\n/)
  user.press('enter')
  await user.sees('v1 ← v0 ·')
  await user.edits('v1')

  // One chunk: two lines and their Enters.
  user.type('warmer\rbrighter\r')
  await user.sees('v2 ← v1 ·')
  await user.sees('v3 ← v2 ·')
  await user.edits('v3')

  user.type('sepia')
  user.press('ctrl-j')
  user.type('and blur')
  user.press('alt-enter')
  user.type('a little\\')
  user.press('enter')
  user.type('please')
  user.press('enter')
  await user.sees('v4 ← v3 ·')
  await user.edits('v4')

  // Up moves through the history and keeps the draft; left, backspace and text arrive in one chunk with it.
  user.type('a draft\x1b[A')
  await user.waitFor(() => user.prompt()?.text === 'sepia', 'the newest line')
  user.type('\x1b[B\x1b[B\x1b[B\x1b[B')
  await user.waitFor(() => user.prompt()?.text === 'a draft', 'the draft')
  user.type('\x7f\x7f\x7fum\x1b[D\x1b[Dr\r')
  await user.sees('v5 ← v4 ·')
  expect(only(await user.facts(), 'prompted').map(({ prompt }) => prompt.text)).toEqual([
    'a red fox\nin the snow\nat night',
    'warmer',
    'brighter',
    'sepia\nand blur\na little\nplease',
    'a drrum',
  ])
})

test('a line typed and sent before limn has started is the first line', async () => {
  const user = await start({})
  user.submits('a red fox')
  await user.sees('v1 ← v0 ·')
  expect(only(await user.facts(), 'prompted').map(({ prompt }) => prompt.text)).toEqual(['a red fox'])
})
