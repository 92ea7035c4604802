import { hostname } from 'node:os'
import { join } from 'node:path'
import { test } from 'vitest'
import { onlySession, open, start } from './driver.ts'

test('a real terminal with CI=true is a terminal', async () => {
  const user = await open({ env: { CI: 'true' } })
  await user.sees('practice engine: not AI, free. /key connects Gemini')
  await user.draws('a red fox', 'v1 ← v0')
  await user.sees(/(?:▄{10,}\n){8,}v1 ← v0 .* practice · free/)
  user.type('wa')
  await user.waitFor(() => user.prompt()?.text === 'wa', 'the letters, as they are typed')
  user.submits('rmer')
  await user.sees('v2 ← v1 ·')
  await user.quits()
})

test('over ssh, /open shows the path of the image in the form for scp', async () => {
  const user = await open({ env: { SSH_CONNECTION: '10.0.0.1 50000 10.0.0.2 22' } })
  await user.draws('a red fox', 'v1 ← v0')
  user.submits('/open')
  await user.sees(`${hostname()}:${join(await onlySession(user.home), 'images/v1.jpg')}`)
})

test('keys typed while limn starts are not lost', async () => {
  const user = await start({})
  user.type('a red f')
  await user.waitFor(() => user.prompt()?.text === 'a red f', 'the letters')
  user.submits('ox')
  await user.sees('v0 › a red fox')
  await user.sees('v1 ← v0 ·')
})
