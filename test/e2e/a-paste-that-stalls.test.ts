import { expect, test } from 'vitest'
import { only, open } from './driver.ts'

test('a paste that stalls sends none of its lines: limn says so, and it goes on or ends with Ctrl-C', async () => {
  const user = await open()
  user.type('\x1b[200~a red fox\rin the snow ')
  await user.sees('The paste has stalled after 22 characters: Ctrl-C ends it.')
  expect(user.prompt()?.text).not.toContain('fox')
  user.type('at night\rwith stars\x1b[201~')
  await user.sees('with stars')
  await user.waitFor(() => user.notSees('Ctrl-C ends it'), 'the notice gone')
  user.press('ctrl-c')
  await user.waitFor(() => user.notSees('with stars'), 'an empty line')

  user.type('\x1b[200~a blue owl\rand no end')
  await user.sees('Ctrl-C ends it')
  user.press('ctrl-c')
  await user.sees('and no end')
  expect(user.prompt()?.text).toContain('a blue owl')
  user.press('enter')
  await user.sees('v1 ← v0')
  expect(only(await user.facts(), 'prompted').map(({ prompt }) => prompt.text)).toEqual([
    'a blue owl\nand no end',
  ])
})
