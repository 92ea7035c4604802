import { test } from 'vitest'
import { open } from './driver.ts'

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
