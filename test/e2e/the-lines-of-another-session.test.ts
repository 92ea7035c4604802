import { test } from 'vitest'
import { open, smallHome } from './driver.ts'

test('after /resume, Up brings back the lines of the opened session, the newest first', async () => {
  const home = await smallHome()
  const first = await open({ home })
  await first.draws('a red fox --ar 3:2', 'v1 ← v0')
  await first.draws('warmer', 'v2 ← v1')
  await first.quits()

  const user = await open({ home })
  await user.draws('a blue lighthouse', 'v1 ← v0')
  user.submits('/resume red fox')
  await user.edits('v2')
  for (const line of ['warmer', 'a red fox --ar 3:2', '/resume red fox', 'a blue lighthouse']) {
    user.press('up')
    await user.waitFor(() => user.prompt()?.text === line, line)
  }
  await user.kill('SIGTERM')
})
