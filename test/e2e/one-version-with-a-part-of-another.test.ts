import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { plain } from '../image/samples.ts'
import { only, onlySession, open, smallHome } from './driver.ts'
import { imagesOf, sha256, startEngine, textsOf } from './engine.ts'

test('a user asks for "v3 but with the sky of v6": v3 is edited, v6 is a mention, and each is sent once', async () => {
  const engine = await startEngine()
  const home = await smallHome()
  await writeFile(join(home.cwd, 'a.png'), await plain(64, 48).png().toBuffer())
  await writeFile(join(home.cwd, 'b.png'), await plain(64, 48, '#2040c0').png().toBuffer())
  const user = await open({ home, env: engine.env, args: ['a.png', 'b.png'] })
  await user.edits('v2')
  await user.draws('warmer', 'v3 ← v2')
  await user.draws('brighter', 'v4 ← v3')
  await user.draws('sepia', 'v5 ← v4')
  await user.draws('invert', 'v6 ← v5')

  user.type('v3 but with the sky of v6')
  await user.edits('from v3 · + v6')
  user.press('enter')
  await user.sees('v7 ← v3 ·')
  await user.sees('from v3 · + v6 › v3 but with the sky of v6')
  await user.edits('v7')

  const folder = await onlySession(home)
  const sent = imagesOf(engine.asked.at(-1))
  const times = async (version: number) => {
    const hash = sha256(await readFile(join(folder, `images/v${version}.jpg`)))
    return sent.filter((image) => image.sha256 === hash).length
  }
  expect(await times(3)).toBe(1)
  expect(await times(6)).toBe(1)
  expect(await times(4)).toBe(0)
  expect(await times(5)).toBe(0)
  expect(sent.at(-1)).toMatchObject({ role: 'user', name: 'v6' })
  expect(textsOf(engine.asked.at(-1)).at(-1)).toBe('v3 but with the sky of v6')

  // Not a mention: a name in quotation marks, one after a backslash, one that does not exist.
  user.type('the words "v3" and \\v4 and v9')
  await user.waitFor(() => user.prompt()?.text.endsWith('v9') === true, 'the whole line')
  await user.edits('v7')
  user.press('enter')
  await user.sees('v8 ← v7 ·')
  await user.edits('v8')
  expect(only(await user.facts(), 'prompted').at(-1)?.prompt).toMatchObject({
    mentions: [],
    text: 'the words "v3" and v4 and v9',
  })
})
