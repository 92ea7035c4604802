import { mkdir, readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { only, open, sessionsOf, smallHome } from './driver.ts'
import { startEngine } from './engine.ts'
import { lineIsOut } from './line-is-out.ts'

test('Ctrl-C clears the line, then sends the turn to the background, then quits on the second press', async () => {
  const engine = await startEngine()
  const user = await open({ env: engine.env })
  const gate = engine.holdNext()
  user.submits('a red fox')
  await gate.come
  user.type('half a line')
  await user.waitFor(() => user.prompt()?.text === 'half a line', 'the words')
  user.press('ctrl-c')
  await user.waitFor(() => user.prompt()?.text !== 'half a line', 'an empty line')
  expect(user.notSees('The turn continues')).toBe(true)
  user.press('ctrl-c')
  await user.sees('The turn continues in the background and is still billed. Its image is kept.')
  user.press('ctrl-c')
  await user.sees('Ctrl-C again: quit · limn --continue resumes this session')
  user.type('x')
  await user.waitFor(() => user.prompt()?.text === 'x', 'the letter')
  await user.waitFor(() => user.notSees('Ctrl-C again: quit'), 'the notice gone')
  user.press('backspace', 'ctrl-c')
  await user.sees('Ctrl-C again: quit')
  user.press('ctrl-c')
  expect(await user.leaves()).toBe(0)
  expect(only(await user.facts(), 'left')).toMatchObject([{ out: ['t1'] }])
  gate.release()
})

test('Ctrl-C at an open question says that a second one quits, and it does', async () => {
  const user = await open()
  user.submits('a fox under @missing.png')
  await user.sees('Send the line with these words')
  user.press('ctrl-c')
  await user.sees('Ctrl-C again: quit · limn --continue resumes this session')
  user.press('ctrl-c')
  expect(await user.leaves()).toBe(0)
})

test('Ctrl-D quits on an empty line, and leaves no session if nothing has happened', async () => {
  const user = await open()
  user.type('x')
  await user.waitFor(() => user.prompt()?.text === 'x', 'the letter')
  user.press('ctrl-d')
  user.press('backspace')
  await user.waitFor(() => user.prompt()?.text !== 'x', 'an empty line')
  user.press('ctrl-d')
  expect(await user.leaves()).toBe(0)
  expect(await sessionsOf(user.home)).toEqual([])
})

test('closing the terminal and SIGTERM end limn with everything recorded', async () => {
  const { engine, user, release } = await lineIsOut()
  await user.hangsUp()
  expect(only(await user.facts(), 'left')).toMatchObject([{ out: ['t2'] }])
  const next = await open({ home: user.home, env: engine.env, args: ['--continue'] })
  await next.waitFor(() => next.prompt()?.text === 'at night', 'the line, offered again')
  await next.kill('SIGTERM')
  release()
})

test('quitting at once leaves no temporary file, also in a terminal that answers no query', async () => {
  const home = await smallHome()
  const TMPDIR = join(home.home, 'temporary')
  await mkdir(TMPDIR)
  const user = await open({ home, env: { TMPDIR }, silent: true })
  await user.quits()
  expect((await readdir(TMPDIR)).filter((name) => name.includes('limn'))).toEqual([])
})
