import { expect, test } from 'vitest'
import { only, open } from './driver.ts'
import { startEngine } from './engine.ts'

test('Ctrl-T proposes a better line; Esc and undo restore the typed one, and only Enter sends', async () => {
  const engine = await startEngine()
  const user = await open({ env: engine.env, columns: 120 })
  user.type('an old fisherman')
  await user.waitFor(() => user.prompt()?.text === 'an old fisherman', 'the typed line')
  user.press('ctrl-t')
  await user.sees('{+. Photographed with an 85 mm lens')
  await user.sees('Read as a photograph. Added the lens, the light and the viewpoint')
  await user.sees('Enter: send · Esc: restore your own line')
  user.press('escape')
  await user.waitFor(() => user.prompt()?.text === 'an old fisherman', 'the typed line again')
  user.press('ctrl-t')
  await user.waitFor(() => user.prompt()?.text.includes('85 mm') ?? false, 'the better line')
  user.press('ctrl-_')
  await user.waitFor(() => user.prompt()?.text === 'an old fisherman', 'the typed line by undo')
  user.press('escape')
  await user.waitFor(() => user.prompt()?.text !== 'an old fisherman', 'an empty prompt')

  user.submits('/improve a lighthouse by Ada, seen from the sea, 24 mm lens')
  await user.waitFor(() => user.prompt()?.text.includes('long shadows.') ?? false, 'the better line')
  expect(engine.asked, 'nothing is sent without Enter').toHaveLength(0)
  user.type(' Calm water.')
  user.press('enter')
  await user.sees('v1 ← v0 ·')
  expect(only(await user.facts(), 'prompted').map(({ prompt }) => prompt.text)).toEqual([
    'a lighthouse by Ada, seen from the sea, 24 mm lens. A low sun from the left draws long shadows. Calm water.',
  ])
})
