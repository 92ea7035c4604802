import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { factsIn, only, onlySession, open, run, smallHome } from './driver.ts'
import { imagesOf, signaturesOf, startEngine, textsOf } from './engine.ts'

test('a user mirrors an image, edits it, crops it twice and chooses one; the conversation continues throughout', async () => {
  const engine = await startEngine()
  const user = await open({ env: engine.env, rows: 60 })
  await user.draws('a red fox in the snow', 'v1 ← v0')
  user.submits('/flip')
  await user.sees(/v2 ← v1 · 512×512 · jpeg · mirrored · free/)
  await user.sees('written again at quality 95')
  await user.edits('v2')
  expect(engine.asked, 'nothing is sent').toHaveLength(1)

  await user.draws('make it night', 'v3 ← v2')
  const folder = await onlySession(user.home)
  const [, second] = engine.asked
  expect(textsOf(second).slice(0, 1)).toEqual(['a red fox in the snow'])
  expect(textsOf(second).slice(-2)).toEqual([
    '[v2]: the picture to edit: v1, mirrored. v1 is the picture you made for "a red fox in the snow".',
    'make it night',
  ])
  expect(signaturesOf(second).length).toBeGreaterThan(0)
  const [drawn, mirrored] = imagesOf(second)
  expect(drawn).toMatchObject({ role: 'model' })
  expect(drawn?.bytes).toEqual(await readFile(join(folder, 'images/v1.jpg')))
  expect(mirrored).toMatchObject({ role: 'user', name: 'v2' })
  expect(mirrored?.bytes).toEqual(await readFile(join(folder, 'images/v2.jpg')))

  user.submits('/crop 16:9 1:2')
  await user.sees('To choose one of them, press Alt-1 to Alt-2, or type its name alone on a line.')
  await user.edits('v3 (new: v4 v5)')
  user.type('\x1b2')
  await user.edits('v5')
  await user.draws('warmer', 'v6 ← v5')
  expect(textsOf(engine.asked[2]).at(-2)).toBe(
    '[v5]: the picture to edit: v3, cropped to 1:2 around its centre. v3 is the picture you made for "make it night".',
  )
  user.submits('/undo 2')
  await user.edits('v3 (new: v4 v5)')

  await user.quits()
  const again = await open({ home: user.home, env: engine.env, args: ['--continue'], rows: 60 })
  await again.edits('v3 (new: v4 v5)')
  again.submits('/log')
  await again.sees(/v2\s+← v1\s+\(flip h\) mirrored\s+free/)
  await again.sees(/v4 v5\s+← v3\s+\(crop 16:9 1:2\)/)
  expect((await readFile(join(folder, 'session.jsonl'), 'utf8')).slice(0, 13)).toBe('{"limn":"2.0"')
})

test('limn run prints the paths of images made here, and with --json reports them as images', async () => {
  const home = await smallHome()
  const script = 'a red fox\n/flip\n/crop 16:9 1:2\nv4 at night\n'
  await writeFile(join(home.cwd, 'story.limn'), script)
  const ended = await run(['run', 'story.limn'], home)
  const folder = await onlySession(home)
  expect(ended.stdout.trim().split('\n')).toEqual(
    [1, 2, 3, 4, 5].map((n) => join(folder, `images/v${n}.jpg`)),
  )
  expect(ended.code).toBe(0)
  const [last] = only(await factsIn(folder), 'prompted').slice(-1)
  expect(last?.prompt.parent).toEqual({ turn: 't1', version: 4 })

  await writeFile(join(home.cwd, 'more.limn'), '/rotate 90 v1\n/crop 9999x9999\n')
  const json = await run(['run', 'more.limn', '--json', '--continue'], home)
  const events = json.stdout
    .trim()
    .split('\n')
    .map((row) => JSON.parse(row))
  expect(events.filter(({ version }) => version !== undefined)).toMatchObject([
    { line: 1, version: 6, path: join(folder, 'images/v6.jpg') },
  ])
  expect(json.code).toBe(1)
  expect(json.stderr).toContain('9999x9999 does not fit: v6 has 512×512 pixels, and /crop does not scale.')
})

test('limn -p prints the path of the image that a command makes from an image on the command line', async () => {
  const home = await smallHome()
  const drawn = await run(['-p', 'a red fox', '-o', 'fox.png'], home)
  expect(drawn.code).toBe(0)
  const ended = await run(['fox.png', '-p', '/crop 16:9', '-o', 'wide.png'], home)
  expect(ended.stdout).toBe(`${join(home.cwd, 'wide.png')}\n`)
  expect(ended.code).toBe(0)
})
