import { expect, test } from 'vitest'
import { only, open } from './driver.ts'
import { startEngine } from './engine.ts'

test('after a failure the line is offered again: Enter sends it, Esc clears it, and a line being typed is not touched', async () => {
  const engine = await startEngine('403,reset,500')
  const user = await open({ env: engine.env })
  user.submits('a red fox')
  await user.sees('This key has no permission to do that')
  await user.waitFor(() => user.prompt()?.text === 'a red fox', 'the line, offered again')
  user.press('enter')
  await user.sees(/The connection broke before the answer came .*It may have been billed\./)
  await user.waitFor(() => user.prompt()?.text === 'a red fox', 'the line, offered again')
  expect(engine.asked, 'what may have been billed is not sent again unasked').toHaveLength(2)
  user.press('escape')
  await user.waitFor(() => user.prompt()?.text !== 'a red fox', 'an empty prompt')

  const gate = engine.holdNext()
  user.submits('a blue fox')
  await gate.come
  user.type('half a li')
  await user.waitFor(() => user.prompt()?.text === 'half a li', 'the words typed so far')
  gate.release()
  await user.sees('The server had an internal error (500).')
  // An Enter before the end of the turn would be queued, and held with it.
  await user.edits('v0')
  user.type('ne')
  await user.waitFor(() => user.prompt()?.text === 'half a line', 'the line as it was typed')
  user.press('enter')
  await user.sees('v1 ← v0 ·')
  expect(only(await user.facts(), 'prompted').map(({ prompt }) => prompt.text)).toEqual([
    'a red fox',
    'a red fox',
    'a blue fox',
    'half a line',
  ])
})

test('a command typed over an offered line runs, and Up brings the line back', async () => {
  const engine = await startEngine('403')
  const user = await open({ env: engine.env })
  user.submits('make it blue')
  await user.waitFor(() => user.prompt()?.text === 'make it blue', 'the line, offered again')
  await user.sees('Enter: send again · Esc: clear · typing replaces it')
  user.submits('/model pro')
  await user.sees(/^v0 › \/model pro$/m)
  await user.sees('The next line goes to Nano Banana Pro.')
  expect(engine.asked, 'nothing was sent that the user did not send').toHaveLength(1)
  user.press('up', 'up')
  await user.waitFor(() => user.prompt()?.text === 'make it blue', 'the line, from the history')
  user.type('r')
  await user.waitFor(() => user.prompt()?.text === 'make it bluer', 'a line from the history is edited')
})
