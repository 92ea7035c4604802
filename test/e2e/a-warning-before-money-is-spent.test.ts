import { expect, test } from 'vitest'
import { open, run, smallHome } from './driver.ts'
import { startEngine } from './engine.ts'

test('limn warns of what no model can make while it is typed, asks once before it is sent, and not again', async () => {
  const engine = await startEngine()
  const user = await open({ env: engine.env, columns: 120 })
  user.type('a fox on a transparent background')
  await user.sees('No Gemini image model makes transparent pixels: you may get a painted checkerboard.')
  user.press('enter')
  await user.sees('Send the line as it is?')
  user.submits('n')
  await user.waitFor(() => user.prompt()?.text.includes('transparent') ?? false, 'the line, given back')
  expect(engine.asked, 'nothing was sent').toHaveLength(0)
  user.press('enter')
  await user.waitFor(() => user.screen().includes('Send the line as it is?'), 'the question again')
  user.submits('y')
  await user.sees('v1 ← v0 ·')
  user.submits('the same on a transparent background --fresh')
  await user.sees('v2 ← v0 ·')
  expect(engine.asked).toHaveLength(2)
})

test('without a screen the warning is on stderr, and the line is sent', async () => {
  const home = await smallHome()
  const made = await run(['-p', 'a fox on a transparent background'], home)
  expect(made).toMatchObject({
    code: 0,
    stderr: expect.stringContaining('No Gemini image model makes transparent pixels'),
  })
  const lettered = await run(['-p', 'a sign "OPEN"', '--model', 'lite'], home)
  expect(lettered).toMatchObject({ code: 0, stderr: expect.stringContaining('/model pro spells best') })
})
