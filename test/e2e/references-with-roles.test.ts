import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { plain } from '../image/samples.ts'
import { open, smallHome } from './driver.ts'
import { imagesOf, startEngine } from './engine.ts'

const picture = (colour: string, width = 80) => plain(width, 60, colour).png().toBuffer()

test('references have roles and an order, can be muted, and can be updated when their files change', async () => {
  const engine = await startEngine()
  const home = await smallHome()
  await writeFile(join(home.cwd, 'char.png'), await picture('#20a040'))
  await writeFile(join(home.cwd, 'oil.png'), await picture('#a04020'))
  const user = await open({ home, env: engine.env })
  const newest = () => {
    const asked = engine.asked.at(-1)
    return imagesOf(asked).filter(({ at }) => at + 1 === asked?.contents.length)
  }

  user.submits('/ref add char.png --as hero --role character')
  await user.sees('hero · character · 80×60 · in force from the next line on · 1 of 14 images')
  user.submits('/ref add oil.png')
  await user.sees('refs 2/14: hero oil')
  user.submits('/ref role oil style')
  await user.sees('oil is a style reference.')
  user.submits('/ref move oil 1')
  await user.sees('The order is now oil, hero.')
  await user.draws('a fox in the manner of the first image', 'v1 ← v0')
  expect(newest().map(({ name }) => name)).toEqual(['oil', 'hero'])

  user.submits('/ref mute oil')
  await user.sees('refs 1/14: hero (oil muted)')
  await user.draws('brighter', 'v2 ← v1')
  expect(newest().map(({ name }) => name)).toEqual(['hero'])
  await user.draws('as in @oil', 'v3 ← v2')
  expect(newest().map(({ name }) => name)).toEqual(['hero', 'oil'])

  await writeFile(join(home.cwd, 'char.png'), await picture('#f0f0f0', 90))
  await user.draws('darker', 'v4 ← v3')
  await user.sees('char.png has changed since; /ref update hero takes the new file.')
  user.submits('/ref update')
  await user.sees('hero · 90×60 · the new one is sent from the next line on')
  await user.draws('warmer', 'v5 ← v4')
  expect(newest()).toHaveLength(1)
  expect(newest()[0]?.sha256).not.toBe(imagesOf(engine.asked[0]).find(({ name }) => name === 'hero')?.sha256)
})
