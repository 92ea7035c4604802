import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { only, onlySession, open, sessionsOf } from './driver.ts'
import { imageOf, imagesOf, startEngine, textsOf } from './engine.ts'

test('a user makes an image and edits it three times; each appears under its line and is on the disk unchanged', async () => {
  const engine = await startEngine()
  const user = await open({ env: engine.env })
  await user.sees('Gemini protocol at 127.0.0.1')
  await user.edits('v0')
  expect(await sessionsOf(user.home), 'nothing has happened yet').toEqual([])

  await user.draws('a red fox in the snow', 'v1 ← v0')
  await user.draws('make it night', 'v2 ← v1')
  await user.draws('warmer', 'v3 ← v2')
  await user.draws('black and white', 'v4 ← v3')

  const screen = user.screen()
  expect(screen).toMatch(
    /v0 › a red fox in the snow\nPainted a fox in red\.\n(?:▄{10,}\n){8,}v1 ← v0 · 512×512 · jpeg · /,
  )
  expect(screen).toMatch(
    /v3 › black and white\nMade it black and white\.\n(?:▄{10,}\n){8,}v4 ← v3 · 512×512 · jpeg · /,
  )
  expect(screen).toMatch(/v4 ← v3 .* s · (?:about )?\$0\.0\d+/)
  expect(screen.split('\n').at(-1)).toMatch(
    /3\.1-flash-image · ratio auto · 512 · next \$0\.\d+ · spent (?:about )?\$0\.\d+$/,
  )

  const folder = await onlySession(user.home)
  expect(folder).toMatch(/-a-red-fox-in-the-snow$/)
  expect(engine.answers).toHaveLength(4)
  for (const [index, answer] of engine.answers.entries()) {
    expect(await readFile(join(folder, `images/v${index + 1}.jpg`))).toEqual(imageOf(answer))
  }

  const last = engine.asked[3]
  expect(
    imagesOf(last).map(({ role }) => role),
    'two turns with images go back whole',
  ).toEqual(['model', 'model'])
  expect(imagesOf(last)[1]?.bytes).toEqual(imageOf(engine.answers[2]))
  expect(textsOf(last)[0]).toContain('a red fox in the snow')
  expect(last?.generationConfig).toMatchObject({
    responseModalities: ['TEXT', 'IMAGE'],
    imageConfig: { imageSize: '512' },
  })

  await user.quits()
  const facts = await user.facts()
  expect(only(facts, 'answered').flatMap(({ images }) => images.map(({ version }) => version))).toEqual([
    1, 2, 3, 4,
  ])
  expect(JSON.stringify(facts)).not.toMatch(/[A-Za-z0-9+/]{200}/)
})
