import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { open, sessionsOf, smallHome } from './driver.ts'

test('limn --continue opens the newest session of this folder, else the newest of all, and says which', async () => {
  const home = await smallHome()
  const elsewhere = { ...home, cwd: join(home.home, 'elsewhere') }
  await mkdir(elsewhere.cwd)

  const first = await open({ home, args: ['--continue'] })
  await first.sees('There is no session to continue yet; this is a new one.')
  await first.draws('a red fox', 'v1 ← v0')
  await first.draws('warmer', 'v2 ← v1')
  await first.draws('brighter', 'v3 ← v2')
  await first.quits()

  const other = await open({ home: elsewhere, args: ['--continue'] })
  await other.sees(`No session was made in this folder; the newest of all, made in ${home.cwd}:`)
  await other.sees(/Session \S+-a-red-fox: a red fox/)
  await other.sees('1 earlier: /log')
  await other.sees(/› warmer\n.*\n› brighter\n/)
  await other.edits('v3')
  // A newer practice session of that folder.
  other.submits('/new A blue lighthouse')
  await other.sees('This is a new session. The previous one stays as it is: /resume goes back to it.')
  await other.draws('a blue lighthouse', 'v1 ← v0')
  await other.quits()
  expect(await sessionsOf(home)).toHaveLength(2)

  const again = await open({ home, args: ['--continue'] })
  await again.sees('The newest session of this folder:')
  await again.sees(/Session \S+-a-red-fox: a red fox/)
  await again.edits('v3')
  again.submits('/resume lighthouse')
  await again.sees(/Session \S+: A blue lighthouse/)
  await again.edits('v1')
  again.submits('/resume')
  await again.sees('Which session?')
  await again.sees(/› brighter · 3 images/)
  again.press('enter')
  await again.edits('v3')
  await again.quits()

  const words = await open({ home: elsewhere, args: ['--resume', 'red', 'fox'] })
  await words.sees(/Session \S+-a-red-fox: a red fox/)
  await words.edits('v3')
  await words.quits()
  const none = await open({ home, args: ['--resume', 'a', 'green', 'whale'] })
  await none.sees('No session has "a green whale" in it; /resume, or limn --resume, lists them.')
  expect(await sessionsOf(home), 'open and leave makes none').toHaveLength(2)
})
