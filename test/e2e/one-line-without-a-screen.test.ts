import { spawnSync } from 'node:child_process'
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import sharp from 'sharp'
import { expect, test } from 'vitest'
import { environmentOf, LIMN, NODE, onlySession, run, sessionsOf, smallHome } from './driver.ts'
import { startEngine } from './engine.ts'

test('limn -p makes one image: only its path on stdout, the rest on stderr, exit status 0 or 1', async () => {
  const home = await smallHome()
  const inSession = await run(['-p', 'a red fox'], home)
  expect(inSession.code).toBe(0)
  const folder = await onlySession(home)
  expect(inSession.stdout).toBe(`${join(folder, 'images/v1.jpg')}\n`)
  expect(inSession.stderr).toContain('Painted a fox in red.')

  const saved = await run(['-p', 'a blue fox', '-o', 'out/fox.png'], home)
  expect(saved).toMatchObject({ code: 0, stdout: `${join(home.cwd, 'out/fox.png')}\n` })
  expect(await sharp(join(home.cwd, 'out/fox.png')).metadata()).toMatchObject({ format: 'png', width: 512 })

  const edited = await run(['-p', 'sepia', '-o', 'brown.jpg', 'out/fox.png'], home)
  expect(edited).toMatchObject({ code: 0, stdout: `${join(home.cwd, 'brown.jpg')}\n` })
  expect(edited.stderr).toContain('Toned it sepia.')

  await writeFile(join(home.cwd, 'mine.png'), 'mine')
  const kept = await run(['-p', 'a fox', '-o', 'mine.png'], home)
  expect(kept).toMatchObject({
    code: 1,
    stdout: '',
    stderr: expect.stringContaining('mine.png already exists'),
  })
  expect(await readFile(join(home.cwd, 'mine.png'), 'utf8')).toBe('mine')
})

test('limn -p --json tells the same events as limn run, with the file that was saved', async () => {
  const home = await smallHome()
  const engine = await startEngine('safety')
  const refused = await run(['-p', 'a red fox', '--json'], home, engine.env)
  const made = await run(['-p', 'a red fox', '-o', 'fox.png', '--json'], home, engine.env)
  const typesOf = ({ stdout }: { stdout: string }) =>
    [...stdout.matchAll(/^\{"type":"(\w+)"/gm)].map(([, type]) => type)
  expect(typesOf(refused).filter((type) => type !== 'message')).toEqual([
    'session',
    'line',
    'turn',
    'answer',
    'problem',
    'line_result',
    'result',
  ])
  expect(refused.stdout).toMatch(/"type":"problem","kind":"refused","reason":"safety"/)
  expect(refused).toMatchObject({ code: 3, stderr: expect.stringContaining('No image: the filter') })
  expect(typesOf(made).filter((type) => type !== 'message')).toEqual([
    'session',
    'line',
    'turn',
    'answer',
    'image',
    'line_result',
    'saved',
    'result',
  ])
  expect(made.stdout).toContain(`"type":"saved","path":${JSON.stringify(join(home.cwd, 'fox.png'))}`)
  expect(made).toMatchObject({ code: 0, stderr: '' })
})

test('limn -p prints and saves each image of a line that makes several', async () => {
  const home = await smallHome()
  const made = await run(['-p', 'a {red|blue} fox', '-o', 'fox.png'], home)
  const paths = ['fox.png', 'fox-2.png'].map((name) => join(home.cwd, name))
  expect(made).toMatchObject({ code: 0, stdout: `${paths.join('\n')}\n` })
  for (const path of paths) expect(await sharp(path).metadata()).toMatchObject({ format: 'png' })

  const engine = await startEngine('safety')
  const some = await run(['-p', 'a red fox -n 3', '-o', 'art/'], home, engine.env)
  expect(some.code, 'one was refused').toBe(3)
  expect(some.stdout.trim().split('\n')).toHaveLength(2)
})

test('limn -p says why no image came, and its exit status does too', async () => {
  const home = await smallHome()
  const engine = await startEngine('403,safety')
  const refused = await run(['-p', 'a red fox', '-o', 'fox.png'], home, engine.env)
  expect(refused).toMatchObject({
    code: 5,
    stdout: '',
    stderr: expect.stringContaining('This key has no permission to do that'),
  })
  const filtered = await run(['-p', 'a red fox', '-o', 'fox.png'], home, engine.env)
  expect(filtered).toMatchObject({
    code: 3,
    stdout: '',
    stderr: expect.stringContaining('No image: the filter'),
  })

  const before = await sessionsOf(home)
  expect(await run(['-p', ''], home)).toMatchObject({ code: 2, stdout: '' })
  expect(await run(['-o', 'fox.png'], home)).toMatchObject({
    code: 2,
    stderr: expect.stringContaining('-o belongs to -p'),
  })
  expect(await run(['-p', 'a fox', '--continue', '--resume'], home)).toMatchObject({ code: 2 })
  expect(await sessionsOf(home)).toEqual(before)
  const faults = await run(['-p', 'a fox', '--practice-faults', 'flood'], home)
  expect(faults.code).not.toBe(0)
  expect(faults.stderr).toContain('The practice engine knows no fault "flood".')
  expect(faults.stderr).not.toMatch(/\n\s+at /)
})

test('limn -p sends nothing if one of its images cannot be brought in', async () => {
  const home = await smallHome()
  const engine = await startEngine()
  await writeFile(join(home.cwd, 'bad.png'), 'a shopping list')
  const ended = await run(['-p', 'make it blue', 'bad.png'], home, engine.env)
  expect(ended).toMatchObject({ code: 1, stdout: '' })
  expect(ended.stderr).toContain('bad.png: The file is not an image, whatever its name says.')
  expect(ended.stderr).toContain('Nothing was sent.')
  expect(engine.asked).toEqual([])
  expect(await sessionsOf(home)).toEqual([])
})

test('limn -p -o sends nothing if the image could not be saved', async () => {
  const home = await smallHome()
  const engine = await startEngine()
  const saves = async (output: string, ...more: readonly string[]) => {
    const { code, stdout, stderr } = await run(['-p', 'a fox', '-o', output, ...more], home, engine.env)
    expect(stdout).toBe('')
    return `${code} ${stderr}`
  }
  await writeFile(join(home.cwd, 'mine.png'), 'mine')
  await writeFile(join(home.cwd, 'old.gif'), 'GIF89a')
  expect(await saves('mine.png')).toMatch(
    /^1 .*mine\.png already exists; choose another name, or add --force/s,
  )
  expect(await saves('out.gif')).toMatch(/^2 .*limn cannot write \.gif files/s)
  expect(await saves('old.gif', '--force')).toMatch(/^2 .*limn cannot write \.gif files/s)
  expect(await saves('mine.png/deep/fox.png')).toMatch(/^1 .*a part of its path is a file/s)
  expect(await saves('mine.png/')).toMatch(/^1 .*a part of its path is a file/s)
  expect(await saves(join(home.root, 'sessions/fox.png'))).toMatch(/^1 .*in limn's own sessions/s)
  expect(await sessionsOf(home)).toEqual([])

  expect(await run(['-p', 'a fox', '-o', 'fox.png'], home)).toMatchObject({ code: 0 })
  expect(await saves('fox.png', '--force', 'fox.png')).toMatch(/^1 .*is one of this session's inputs/s)
  const named = await run(['-p', 'like @fox.png', '-o', 'fox.png', '--force'], home, engine.env)
  expect(named).toMatchObject({ code: 1, stderr: expect.stringContaining("one of this session's inputs") })
  expect(engine.asked).toEqual([])

  await mkdir(join(home.cwd, 'art.2026'))
  const inFolder = await run(['-p', 'a fox', '-o', 'art.2026'], home)
  expect(inFolder).toMatchObject({
    code: 0,
    stdout: expect.stringContaining(join(home.cwd, 'art.2026/a-fox-v1')),
  })
})

test('limn -p says where the image is if saving fails after all', async () => {
  const home = await smallHome()
  const engine = await startEngine()
  const held = engine.holdNext()
  const running = run(['-p', 'a fox', '-o', 'fox.png'], home, engine.env)
  await held.come
  await writeFile(join(home.cwd, 'fox.png'), 'mine')
  held.release()
  const { code, stdout, stderr } = await running
  expect({ code, stdout }).toEqual({ code: 1, stdout: '' })
  expect(stderr).toContain('fox.png already exists')
  expect(stderr).toContain(`The image is kept in ${join(await onlySession(home), 'images/v1.')}`)
})

test('limn -p does not send a line that it would have to ask about, and says why', async () => {
  const home = await smallHome()
  const ended = await run(['-p', 'a fox with @hat'], home)
  expect(ended).toMatchObject({ code: 1, stdout: '' })
  expect(ended.stderr).toContain('There is no file or reference named "hat".')
  expect(ended.stderr).toContain('Nothing was sent.')
  expect(await sessionsOf(home)).toEqual([])
})

test('limn -p that cannot write the path to stdout ends with 1 and says where the image is', async () => {
  const home = await smallHome()
  const { status, stderr } = spawnSync('sh', ['-c', `${NODE} ${LIMN} -p "a fox" >/dev/full`], {
    cwd: home.cwd,
    env: environmentOf(home),
    encoding: 'utf8',
  })
  expect(status).toBe(1)
  expect(stderr).toContain(
    `limn: stdout cannot be written (ENOSPC). The image is in ${await onlySession(home)}`,
  )
})

test('limn -p says once that it waits for a rate limit, and then makes the image', async () => {
  const home = await smallHome()
  const engine = await startEngine('429')
  const waited = await run(['-p', 'a red fox'], home, engine.env)
  expect(waited.code).toBe(0)
  expect(
    waited.stderr.match(/Too many requests: the server asks for a wait of 2 s\. Continues in \d+ s\n/g),
  ).toHaveLength(1)
  expect(engine.asked).toHaveLength(2)
})
