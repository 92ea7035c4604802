import { expect, test } from 'vitest'
import { only, open } from './driver.ts'
import { startEngine } from './engine.ts'

test('a style is sent with every line until it is off, or with one line by a flag, and the typed words are kept', async () => {
  const engine = await startEngine()
  const user = await open({ env: engine.env, columns: 120 })
  user.submits('/style save mine {prompt}. Make it a mosaic.')
  await user.sees('/style mine puts it in force.')
  user.submits('/style mine')
  await user.sees('· style mine')
  user.submits('a red fox')
  await user.sees('v1 ← v0 ·')
  user.submits('make it night --style off')
  await user.sees('v2 ← v1 ·')
  user.submits('/style off')
  await user.sees('Lines are sent as typed again')
  user.submits('add a moon --style blueprint')
  await user.sees('v3 ← v2 ·')
  user.submits('add a star --style mosaik')
  await user.sees('There is no style mosaik; did you mean')

  const prompts = only(await user.facts(), 'prompted').map(({ prompt }) => prompt)
  expect(prompts.map(({ text, style }) => [text, style])).toEqual([
    ['a red fox', 'mine'],
    ['make it night', undefined],
    ['add a moon', 'blueprint'],
  ])
  const last = JSON.stringify(engine.asked.at(-1))
  expect(last).toContain('a red fox. Make it a mosaic.')
  expect(last).toContain('make it night')
  expect(last).toMatch(/add a moon\. Make it a blueprint:/)
  expect(last).not.toContain('make it night. Make it')
})
