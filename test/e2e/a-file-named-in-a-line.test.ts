import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { plain } from '../image/samples.ts'
import { only, open, smallHome } from './driver.ts'
import { imagesOf, sha256, startEngine, textsOf } from './engine.ts'

test('@file is sent once; limn asks about a name that it does not find, and sends nothing meanwhile', async () => {
  const engine = await startEngine()
  const home = await smallHome()
  const sky = await plain(90, 60, '#4080ff').png().toBuffer()
  await writeFile(join(home.cwd, 'sky.png'), sky)
  const user = await open({ home, env: engine.env })

  user.submits('a fox under @missing.png')
  await user.sees(
    'There is no file or reference named "missing.png". Send the line with these words as plain text?',
  )
  user.press('escape')
  await user.waitFor(() => user.prompt()?.text === 'a fox under @missing.png', 'the line, given back')
  expect(engine.asked).toEqual([])
  user.press('ctrl-c')
  await user.waitFor(() => user.notSees('Send the line'), 'no question any more')

  // A line typed while the question is open is a line, not an answer.
  user.submits('a fox under @missing.png')
  await user.sees('Send the line with these words')
  user.submits('a fox under @sky.png and @sky.png')
  await user.sees('Not sent: another line was typed instead of an answer. Up: bring it back')
  await user.sees('v1 ← v0 ·')
  await user.edits('v1')
  expect(engine.asked).toHaveLength(1)
  expect(imagesOf(engine.asked[0])).toMatchObject([{ role: 'user', name: 'sky.png', bytes: sky }])
  expect(textsOf(engine.asked[0]).at(-1)).toBe('a fox under sky.png and sky.png')

  user.submits('write to fox@example.org "@sky.png"')
  await user.sees('v2 ← v1 ·')
  await user.edits('v2')
  const facts = await user.facts()
  expect(only(facts, 'prompted').map(({ prompt }) => prompt.mentions.map(({ name }) => name))).toEqual([
    ['sky.png'],
    [],
  ])
  expect(imagesOf(engine.asked[1]).filter((image) => image.sha256 === sha256(sky))).toHaveLength(1)
})

test('Backspace after a version makes it plain words again', async () => {
  const engine = await startEngine()
  const user = await open({ env: engine.env })
  await user.draws('a red fox', 'v1 ← v0')
  await user.draws('warmer', 'v2 ← v1')
  user.type('like v1')
  await user.edits('v2 · + v1')
  user.press('backspace')
  await user.edits('v2')
  expect(user.prompt()?.text).toBe('like \\v1')
  user.press('enter')
  await user.sees('v3 ← v2 ·')
  await user.edits('v3')
  expect(only(await user.facts(), 'prompted').at(-1)?.prompt).toMatchObject({ text: 'like v1', mentions: [] })
})
