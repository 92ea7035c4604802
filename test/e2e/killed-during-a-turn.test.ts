import { watch } from 'node:fs'
import { appendFile, readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { factsIn, only, onlySession, open } from './driver.ts'
import { imageOf, imagesOf, startEngine } from './engine.ts'
import { lineIsOut } from './line-is-out.ts'

test('limn is killed during a turn: the next one says so, offers the line again, and keeps the history', async () => {
  const { engine, user, release } = await lineIsOut()
  await user.kill('SIGKILL')
  release()

  const next = await open({ home: user.home, env: engine.env, args: ['--continue'] })
  await next.sees('The newest session of this folder:')
  await next.sees(/Session \S+-a-red-fox: a red fox/)
  await next.sees('› a red fox')
  await next.sees('v1 ← v0 ·')
  await next.sees('› at night\nlimn ended before the answer came. It may have been billed.')
  await next.waitFor(() => next.prompt()?.text === 'at night', 'the line, offered again')
  expect(engine.asked).toHaveLength(2)
  next.press('enter')
  await next.sees('v2 ← v1 ·')
  await next.edits('v2')
  expect(imagesOf(engine.asked[2])).toMatchObject([{ role: 'model', bytes: imageOf(engine.answers[0]) }])
  await next.quits()
})

test('limn is killed in the middle of -n 4: the next one says so once, and the image that came can be chosen', async () => {
  const engine = await startEngine()
  const user = await open({ env: engine.env })
  const gates = [engine.holdNext(), engine.holdNext(), engine.holdNext()]
  user.submits('a red fox -n 4')
  await user.sees('← v0 ·')
  for (const gate of gates) await gate.come
  await user.kill('SIGKILL')
  for (const gate of gates) gate.release()
  // Which of the four calls arrives first depends on the network.
  const [came = 0] = only(await user.facts(), 'answered').flatMap(({ images }) =>
    images.map((one) => one.version),
  )

  const next = await open({ home: user.home, env: engine.env, args: ['--continue'] })
  await next.sees(
    '› a red fox -n 4\n3 of 4 images: limn ended before the answer came. It may have been billed.',
  )
  await next.waitFor(() => next.prompt()?.text === 'a red fox -n 4', 'the line, offered again')
  expect(next.screen().split('limn ended before')).toHaveLength(2)
  next.press('escape')
  await next.waitFor(() => next.prompt()?.text === '', 'an empty prompt')
  await next.edits(`v0 (new: v${came})`)
  next.submits(`v${came}`)
  await next.edits(`v${came}`)
  await next.draws('at night', `v${came + 1} ← v${came}`)
  await next.quits()
})

test('limn is killed between the files of an answer and its line: the answer is found, and sent back unchanged', async () => {
  const engine = await startEngine()
  const user = await open({ env: engine.env })
  await user.draws('a red fox', 'v1 ← v0')
  await user.draws('at night', 'v2 ← v1')
  await user.kill('SIGKILL')
  const folder = await onlySession(user.home)
  const journal = join(folder, 'session.jsonl')
  const lines = (await readFile(journal, 'utf8')).trimEnd().split('\n')
  const line = lines.pop() ?? ''
  expect(line).toContain('"answered"')
  // The line is incomplete, too.
  await writeFile(journal, `${lines.join('\n')}\n${line.slice(0, 40)}`)

  const next = await open({ home: user.home, env: engine.env, args: ['--continue'] })
  await next.sees('v2 was found on disk but not in the session, and kept: the answer to "at night".')
  await next.sees(/v2 ← v1 · .* found after a crash/)
  await next.edits('v2')
  await next.draws('warmer', 'v3 ← v2')
  expect(imagesOf(engine.asked.at(-1)).at(-1)).toMatchObject({
    role: 'model',
    bytes: imageOf(engine.answers[1]),
    signature: expect.stringMatching(/.{1000}/),
  })
  await next.kill('SIGKILL')

  // Only an image, of an unknown turn.
  await writeFile(join(folder, 'images/v9.jpg'), imageOf(engine.answers[0]))
  await appendFile(journal, '{"at":"2026-')
  const third = await open({ home: user.home, env: engine.env, args: ['--continue'] })
  await third.sees(/images\/v9\.jpg was found on disk but not in the session, and is kept as v9/)
  await third.edits('v9')
  await third.quits()
  expect(only(await factsIn(folder), 'answered')).toHaveLength(3)
  expect((await readdir(folder)).sort()).toEqual(['answers', 'images', 'session.jsonl'])
})

test.each(['images', 'answers', '.'])(
  'limn is killed while it writes in %s: the answer is there once, or the line is offered again',
  async (part) => {
    const { engine, user, release } = await lineIsOut()
    const folder = await onlySession(user.home)
    const written = Promise.withResolvers<void>()
    const watcher = watch(join(folder, part), () => written.resolve())
    release()
    await written.promise
    await user.kill('SIGKILL')
    watcher.close()

    const whole = (await readdir(join(folder, 'images'))).includes('v2.jpg')
    const next = await open({ home: user.home, env: engine.env, args: ['--continue'] })
    if (whole) await next.edits('v2')
    else await next.waitFor(() => next.prompt()?.text === 'at night', 'the line, offered again')
    if (!whole) next.press('enter')
    else next.submits('warmer')
    await next.sees(whole ? 'v3 ← v2 ·' : 'v2 ← v1 ·')
    await next.quits()
    const images = (await readdir(join(folder, 'images'))).sort()
    expect(images).toEqual(whole ? ['v1.jpg', 'v2.jpg', 'v3.jpg'] : ['v1.jpg', 'v2.jpg'])
  },
)
