import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { only, open, run } from './driver.ts'
import { startEngine } from './engine.ts'

test('a batch is sent from a session, fetched while limn is open, and gone on from by a name', async () => {
  const engine = await startEngine()
  const user = await open({ env: engine.env })
  await user.draws('a lighthouse', 'v1 ← v0')
  await writeFile(join(user.home.cwd, 'birds.csv'), 'name,prompt\nowl,an owl\nheron,a heron\n')
  user.submits('/batch submit birds.csv')
  await user.sees(/2 images, about \$.* Send them\?/)
  user.submits('y')
  await user.sees('birds: 2 out')
  user.submits('/batch fetch')
  await user.sees(/v2 ← v0 · owl · 512×512 · jpeg · .* · batch birds · about \$0\.0/)
  await user.sees('birds: 2 in the session')
  await user.edits('v1')

  // Elsewhere nothing is fetched while this limn has the session.
  const elsewhere = await run(['batch', 'status'], user.home, engine.env)
  expect(elsewhere).toMatchObject({ code: 0, stdout: 'birds  2 in the session\n' })

  user.submits('@heron')
  await user.edits('v3')
  await user.draws('make it night', 'v4 ← v3')
  const prompts = only(await user.facts(), 'prompted').map(({ prompt }) => prompt.batch?.row)
  expect(prompts).toEqual([undefined, 'owl', 'heron', undefined])
})
