import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { plain } from '../image/samples.ts'
import { only, onlySession, open, run, sessionsOf, smallHome } from './driver.ts'
import { imagesOf, startEngine } from './engine.ts'

test('images named in the shell become versions, the last one is current, and words are the first line', async () => {
  const engine = await startEngine()
  const home = await smallHome()
  const first = await plain(300, 200).jpeg().toBuffer()
  await writeFile(join(home.cwd, 'one.jpg'), first)
  // The bytes decide the format.
  await writeFile(join(home.cwd, 'two.png'), await plain(200, 300, '#2040c0').webp().toBuffer())
  const user = await open({ home, env: engine.env, args: ['one.jpg', 'two.png'] })
  await user.sees(/v1 ← v0 · 300×200 · jpeg · brought in: one\.jpg/)
  await user.sees(/v2 ← v1 · 200×300 · webp · brought in: two\.png/)
  await user.edits('v2')
  const folder = await onlySession(home)
  expect(await readFile(join(folder, 'images/v1.jpg'))).toEqual(first)
  await user.draws('warmer', 'v3 ← v2')
  expect(imagesOf(engine.asked[0])).toMatchObject([{ role: 'user', name: 'v2' }])
  await user.quits()

  const both = await open({ home, env: engine.env, args: ['one.jpg', 'black and white'] })
  await both.sees('v2 ← v1 ·')
  await both.sees('Made it black and white.')
  await both.quits()

  const words = await open({ home, env: engine.env, args: ['-m', 'nb1', 'a red fox'] })
  await words.sees(/v0 › a red fox\n/)
  await words.sees(/v1 ← v0 · .* · png · 2\.5-flash-image/)
  await words.edits('v1')
})

test('a file that does not exist and a file that is not an image get a sentence', async () => {
  const home = await smallHome()
  expect(await run(['missing.png'], home)).toMatchObject({
    code: 2,
    stdout: '',
    stderr: expect.stringContaining('limn: There is no file missing.png.'),
  })
  expect(await run(['--nonsense'], home)).toMatchObject({
    code: 2,
    stderr: expect.stringMatching(/^limn: Unknown option '--nonsense'\.\nlimn --help tells more\.\n$/),
  })
  await mkdir(join(home.cwd, 'art'))
  await writeFile(join(home.cwd, 'notes.png'), 'a shopping list')
  const user = await open({ home, args: ['art', 'notes.png'] })
  await user.sees('art is a folder; name an image in it.')
  await user.sees('notes.png: The file is not an image, whatever its name says.')
  await user.edits('v0')
  expect(await sessionsOf(home)).toEqual([])
  await user.draws('a red fox', 'v1 ← v0')
  expect(only(await user.facts(), 'brought')).toEqual([])
})

test('a line about an image that could not be brought in is not sent, and is on the prompt', async () => {
  const engine = await startEngine()
  const home = await smallHome()
  await writeFile(join(home.cwd, 'bad.png'), 'a shopping list')
  await writeFile(join(home.cwd, 'good.png'), await plain(30, 20).png().toBuffer())
  const user = await open({ home, env: engine.env, args: ['bad.png', 'good.png', 'make it blue'] })
  await user.sees('bad.png: The file is not an image, whatever its name says.')
  await user.sees('Not sent: not every image could be brought in.')
  await user.waitFor(() => user.prompt()?.text === 'make it blue', 'the line on the prompt')
  expect(user.label()).toBe('v1')
  expect(engine.asked).toEqual([])
  user.press('enter')
  await user.sees('v2 ← v1 ·')
})
