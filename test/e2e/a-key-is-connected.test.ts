import { readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { factsIn, open, sessionsOf, smallHome } from './driver.ts'
import { startEngine } from './engine.ts'

test('/key asks for a key without showing it, checks it, saves it in a file only its owner can read, and starts a session', async () => {
  const engine = await startEngine()
  const home = await smallHome()
  const { GOOGLE_GEMINI_BASE_URL } = engine.env
  const user = await open({ home, env: { GOOGLE_GEMINI_BASE_URL }, args: ['--practice'] })
  await user.sees('practice engine: not AI, free. /key connects Gemini')
  await user.draws('a red fox', 'v1 ← v0')

  user.submits('/key')
  await user.sees('API key (not shown; Esc: cancel)')
  user.type('bad-key')
  await user.sees('•••••••')
  user.press('enter')
  await user.sees('Google does not accept this API key.')
  await user.waitFor(() => user.notSees('API key (not shown'), 'no question any more')
  user.submits('/key')
  await user.sees('API key (not shown; Esc: cancel)')
  user.press('escape')
  await user.sees('No key was set.')

  user.submits('/key')
  await user.sees('API key (not shown; Esc: cancel)')
  user.paste('AIza-secret-of-mine\n')
  await user.sees('•••••••••••••••••••')
  user.press('enter')
  await user.sees(/The key works: it reaches \d+ image models\./)
  await user.sees('Gemini protocol at 127.0.0.1')
  await user.draws('a blue fox', 'v1 ← v0')
  expect(engine.asked).toHaveLength(1)
  expect(user.notSees(/secret-of-mine|bad-key/)).toBe(true)
  await user.quits()

  const file = join(home.root, 'key')
  expect((await readFile(file, 'utf8')).trim()).toBe('AIza-secret-of-mine')
  expect((await stat(file)).mode & 0o777).toBe(0o600)
  const sessions = await sessionsOf(home)
  expect(sessions).toHaveLength(2)
  for (const folder of sessions) expect(JSON.stringify(await factsIn(folder))).not.toContain('secret-of-mine')
})

test('a key that is typed ahead in one chunk with /key goes to the question, and never to a screen or a session', async () => {
  const engine = await startEngine()
  const home = await smallHome()
  const { GOOGLE_GEMINI_BASE_URL } = engine.env
  const user = await open({ home, env: { GOOGLE_GEMINI_BASE_URL }, args: ['--practice'] })
  await user.sees('practice engine: not AI, free. /key connects Gemini')
  const key = 'AIzaSyA-not_a-real-key-0123456789abcdef'
  user.type(`/key\r${key}\ra red fox\r`)
  await user.sees(/The key works: it reaches \d+ image models\./)
  await user.sees('v1 ← v0')
  // The argument of /key is a key, whatever it looks like.
  user.submits('/k of-another-maker')
  await user.sees('That line contains an API key')
  user.press('up')
  await user.waitFor(() => user.prompt()?.text === 'a red fox', 'the line before it')
  user.press('up', 'up')
  await user.waitFor(() => user.prompt()?.text === '/key', 'the oldest line')
  user.press('ctrl-c')
  await user.quits()
  expect(user.notSees(/AIza/)).toBe(true)
  expect((await readFile(join(home.root, 'key'), 'utf8')).trim()).toBe(key)
  const told = await Promise.all((await sessionsOf(home)).map(factsIn))
  expect(JSON.stringify(told)).not.toContain('AIza')
})
