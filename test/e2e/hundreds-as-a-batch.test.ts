import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { writeFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import sharp from 'sharp'
import { expect, test } from 'vitest'
import { EXIT } from '../../src/core/exit-codes.ts'
import { environmentOf, factsIn, LIMN, NODE, only, onlySession, open, run, smallHome } from './driver.ts'
import { startEngine } from './engine.ts'

test('a user sends a batch from a session, fetches it while limn is open, and edits an image of it by name', async () => {
  const engine = await startEngine()
  const user = await open({ env: engine.env })
  await user.draws('a lighthouse', 'v1 ← v0')
  await writeFile(join(user.home.cwd, 'birds.csv'), 'name,prompt\nowl,an owl\nheron,a heron\n')
  user.submits('/batch submit birds.csv')
  await user.sees(/2 images, about \$.* Send them\?/)
  user.submits('y')
  await user.sees('birds: 2 in progress')
  user.submits('/batch fetch')
  await user.sees(/v2 ← v0 · owl · 512×512 · jpeg · .* · batch birds · about \$0\.0/)
  await user.sees('birds: 2 in the session')
  await user.edits('v1')

  // Another limn fetches nothing while this one has the session.
  const elsewhere = await run(['batch', 'status'], user.home, engine.env)
  expect(elsewhere).toMatchObject({ code: 0, stdout: 'birds  2 in the session\n' })

  user.submits('@heron')
  await user.edits('v3')
  await user.draws('make it night', 'v4 ← v3')
  const prompts = only(await user.facts(), 'prompted').map(({ prompt }) => prompt.batch?.row)
  expect(prompts).toEqual([undefined, 'owl', 'heron', undefined])
})

test('the example of the docs works with the practice engine, one command after another', async () => {
  const home = await smallHome()
  const file = resolve('examples/posters.csv')
  const sent = await run(['batch', 'submit', file, '--practice', '--yes'], home)
  expect(sent).toMatchObject({ code: 0, stdout: 'posters\n' })
  let fetched = await run(['batch', 'fetch', 'posters', '--json'], home)
  // `fetch` waits only a few seconds for the job, and machines differ.
  while (fetched.code === EXIT.notYet.code) fetched = await run(['batch', 'fetch', 'posters', '--json'], home)
  expect(fetched.code).toBe(0)
  const { images } = JSON.parse(fetched.stdout)
  expect(images.map(({ name, width }: { name: string; width: number }) => [name, width])).toEqual([
    ['lighthouse', 448],
    ['harbour', 448],
    ['dunes', 448],
    ['map', 2752],
    ['stamp', 512],
  ])
  expect(await sharp(images[0].path).metadata()).toMatchObject({ width: 448, height: 600 })
})

test('Ctrl-C stops a fetch between two rows, and keeps the rows that came', async () => {
  const engine = await startEngine()
  engine.holdDownloadAfter(3)
  const home = await smallHome()
  const rows = Array.from({ length: 6 }, (_, row) => `row ${row},a fox ${row},512,nb2`)
  await writeFile(join(home.cwd, 'rows.csv'), `name,prompt,size,model\n${rows.join('\n')}\n`)
  await run(['batch', 'submit', 'rows.csv', '--yes'], home, engine.env)
  const child = spawn(NODE, [LIMN, 'batch', 'fetch', 'rows'], {
    cwd: home.cwd,
    env: environmentOf(home, engine.env),
  })
  child.stderr.on('data', (data) => {
    if (/ {2}v1\n/.test(String(data))) child.kill('SIGINT')
  })
  const [code, signal] = await once(child, 'close')
  expect([code, signal]).toEqual([null, 'SIGINT'])
  const before = only(await factsIn(await onlySession(home)), 'answered').length
  expect(before).toBeGreaterThan(0)
  expect(before).toBeLessThanOrEqual(3)
  expect(await run(['batch', 'fetch', 'rows'], home, engine.env)).toMatchObject({ code: 0 })
  expect(only(await factsIn(await onlySession(home)), 'answered')).toHaveLength(6)
})
