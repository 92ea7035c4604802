import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { plain } from '../image/samples.ts'
import { only, open, smallHome } from './driver.ts'

test('Tab completes commands, files, references, versions and models, also when it arrives with the letters', async () => {
  const home = await smallHome()
  await mkdir(join(home.cwd, 'art'))
  await writeFile(join(home.cwd, 'art', 'big hero.png'), await plain(40, 40).png().toBuffer())
  await writeFile(join(home.cwd, 'notes.txt'), 'no image')
  const user = await open({ home })
  const completes = (text: string) => user.waitFor(() => user.prompt()?.text === text, `the line ${text}`)

  user.type('/sav')
  await user.sees(/\/save .*Save versions as files/)
  user.press('tab')
  await completes('/save')
  user.press('ctrl-c')
  await completes('describe an image · /help: commands · ?: keys')

  // All in one chunk, before a menu can be drawn.
  user.type('/mod\tp\t')
  await completes('/model pro')
  user.press('ctrl-c')
  user.type('/ref add a\t')
  await completes('/ref add art/')
  user.type('big\t')
  await completes('/ref add art/big\\ hero.png')
  user.press('enter')
  await user.sees('big-hero · 40×40 · in force')
  user.type('@big\t')
  await completes('@big-hero')
  user.type('waves\r')
  await user.sees('v1 ← v0 ·')
  await user.edits('v1')
  user.type('as in @v\t')
  await completes('as in @v1')
  user.press('ctrl-c')
  expect(only(await user.facts(), 'prompted')).toHaveLength(1)
})
