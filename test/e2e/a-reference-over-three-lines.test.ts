import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { plain } from '../image/samples.ts'
import { open, smallHome } from './driver.ts'
import { imagesOf, sha256, startEngine } from './engine.ts'

test('a reference is sent with three lines, exactly once in each request', async () => {
  const engine = await startEngine()
  const home = await smallHome()
  const hero = await plain(80, 60, '#20a040').png().toBuffer()
  await writeFile(join(home.cwd, 'char one.png'), hero)
  await writeFile(join(home.cwd, 'v3.png'), await plain(40, 40).png().toBuffer())
  const user = await open({ home, env: engine.env })

  user.submits('/ref add "char one.png" --as hero')
  await user.sees('hero · 80×60 · in force from the next line on')
  await user.sees('refs 1/14: hero')
  user.submits('/ref add v3.png')
  await user.sees('"v3" looks like a version; choose another name with --as NAME.')
  user.submits('/ref add v3.png --as Hero')
  await user.sees('There is already a reference "hero"')

  await user.draws('a fox in a garden', 'v1 ← v0')
  await user.draws('hero waves', 'v2 ← v1')
  await user.draws('@hero sits down', 'v3 ← v2')
  await user.draws('brighter', 'v4 ← v3')
  const hash = sha256(hero)
  for (const asked of engine.asked) {
    const copies = imagesOf(asked).filter((image) => image.sha256 === hash)
    expect(copies).toHaveLength(1)
    expect(copies[0], 'only in the newest message').toMatchObject({
      role: 'user',
      at: asked.contents.length - 1,
      name: 'hero',
    })
  }

  user.submits('/ref list')
  await user.sees('1 of 14 images that Nano Banana 2 takes')
  user.submits('/ref remove 1')
  await user.sees('No longer in force: hero.')
  await user.draws('warmer', 'v5 ← v4')
  await user.draws('sepia', 'v6 ← v5')
  expect(imagesOf(engine.asked.at(-1)).map((image) => image.sha256)).not.toContain(hash)

  user.submits('/ref add *.png --as both')
  await user.sees('--as names one reference, but these are 2 files.')
  user.submits('/ref add ~/work/c*.png')
  await user.sees('char-one · 80×60 · in force from the next line on')
  user.submits('/ref clear')
  await user.sees('No longer in force: char-one.')
})
