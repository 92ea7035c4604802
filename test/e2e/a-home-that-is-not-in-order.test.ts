import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { newHome, open, run, smallHome } from './driver.ts'

test('a broken settings file is renamed, the defaults are used, and limn says so', async () => {
  const home = await newHome()
  await mkdir(home.root)
  await writeFile(join(home.root, 'settings.json'), '{ "size": "2K", ')
  const user = await open({ home })
  await user.sees(
    'is not a settings file that limn can read; the default settings are used. It is now called settings.json.bad.',
  )
  await user.sees('nano-banana-2.1 · ratio auto · 1K')
  expect(await readFile(join(home.root, 'settings.json.bad'), 'utf8')).toBe('{ "size": "2K", ')
  user.submits('/set timeout 60')
  await user.sees('timeout is now 60.')
  await user.quits()
  await writeFile(join(home.root, 'settings.json'), JSON.stringify({ history: -3, size: 'huge' }))
  const next = await open({ home })
  await next.sees(/In .*settings\.json, history .*; 2 is used\./)
  await next.sees('Nano Banana 2.1 has no size huge; 1K is used instead.')
})

test('a file where the sessions should be, and a folder that may not be written, get a sentence and lose no image', async () => {
  const home = await newHome()
  await writeFile(home.root, 'not a folder')
  const user = await open({ home })
  user.submits('a red fox')
  await user.sees(/cannot be (?:written|made|read)|is not a folder|is a file/)
  await user.waitFor(() => user.prompt()?.text === 'a red fox', 'the line, offered again')
  user.press('ctrl-c')
  user.submits('/help')
  await user.sees('A line edits the current image')
  await user.quits()
  expect(await readFile(home.root, 'utf8')).toBe('not a folder')
  const turn = await run(['-p', 'a red fox'], home)
  expect(turn).toMatchObject({ code: 1, stdout: '' })
  expect(turn.stderr).not.toMatch(/\n\s+at /)
})

test('without HOME limn still knows where its user lives', async () => {
  const home = await smallHome()
  const user = await open({ home, env: { HOME: undefined } })
  await user.draws('a red fox', 'v1 ← v0')
  await user.quits()

  // Without HOME and LIMN_HOME: the platform's data folder, here under XDG_DATA_HOME.
  const data = join(home.home, 'data')
  const made = await run(['-p', 'a red fox', '-m', 'nb2'], home, {
    HOME: undefined,
    LIMN_HOME: undefined,
    XDG_DATA_HOME: data,
  })
  expect(made.code).toBe(0)
  expect(made.stdout).toMatch(new RegExp(`^${data}/limn/sessions/`))
  expect(await readdir(join(data, 'limn'))).toContain('sessions')
})
