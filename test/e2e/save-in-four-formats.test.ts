import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import sharp from 'sharp'
import { expect, test } from 'vitest'
import { plain } from '../image/samples.ts'
import { onlySession, open, smallHome } from './driver.ts'

test('a user saves in four formats, and no file is overwritten unless asked', async () => {
  const home = await smallHome()
  const hero = join(home.cwd, 'hero.png')
  await writeFile(hero, await plain(50, 50).png().toBuffer())
  const user = await open({ home })
  user.submits('/save')
  await user.sees('There is no image yet.')
  await user.draws('a red fox', 'v1 ← v0')
  await user.draws('warmer', 'v2 ← v1')
  const image = (version: number) =>
    onlySession(home).then((folder) => readFile(join(folder, `images/v${version}.jpg`)))

  for (const [file, format] of [
    ['fox.png', 'png'],
    ['new/folder/fox.jpg', 'jpeg'],
    ['fox.webp', 'webp'],
    ['fox.avif', 'heif'],
  ] as const) {
    const path = join(home.cwd, file)
    user.submits(`/save ${file}`)
    await user.sees(`\n${path}`)
    expect(await sharp(path).metadata()).toMatchObject({ format, width: 512, height: 512 })
  }
  expect(await readFile(join(home.cwd, 'new/folder/fox.jpg')), 'as the model made it').toEqual(await image(2))

  user.submits('save')
  await user.sees(join(home.cwd, 'warmer-v2.jpg'))
  user.submits('/save old.jpg v1')
  await user.sees(`\n${join(home.cwd, 'old.jpg')}`)
  expect(await readFile(join(home.cwd, 'old.jpg'))).toEqual(await image(1))

  user.submits('/save old.jpg')
  await user.sees(/old\.jpg already exists; choose another name, or .*--force/)
  expect(await readFile(join(home.cwd, 'old.jpg'))).toEqual(await image(1))
  user.submits('/save old.jpg --force')
  await user.seesTimes(`\n${join(home.cwd, 'old.jpg')}`, 3)
  expect(await readFile(join(home.cwd, 'old.jpg'))).toEqual(await image(2))

  user.submits('/ref add hero.png')
  await user.sees('hero · 50×50 · in force')
  const before = await readFile(hero)
  user.submits('/save hero.png --force')
  await user.sees("hero.png is one of this session's inputs; choose another name.")
  expect(await readFile(hero)).toEqual(before)
  user.submits('/save fox.gif')
  await user.sees('limn cannot write .gif files; it can write .png, .jpg, .webp and .avif.')
  user.submits('/save fox.png/under.png')
  await user.sees('cannot be written: a part of its path is a file, not a folder.')
})
