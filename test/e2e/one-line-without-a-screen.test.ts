import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import sharp from 'sharp'
import { expect, test } from 'vitest'
import { onlySession, run, sessionsOf, smallHome } from './driver.ts'
import { startEngine } from './engine.ts'

test('limn -p makes one image: its path on stdout and nothing else, the rest on stderr, 0 or 1', async () => {
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
    stderr: expect.stringContaining('mine.png exists already'),
  })
  expect(await readFile(join(home.cwd, 'mine.png'), 'utf8')).toBe('mine')
})

test('limn -p ends with 1 and a reason when no image came, with 2 when it was asked wrongly', async () => {
  const home = await smallHome()
  const engine = await startEngine('403,safety')
  const refused = await run(['-p', 'a red fox', '-o', 'fox.png'], home, engine.env)
  expect(refused).toMatchObject({
    code: 1,
    stdout: '',
    stderr: expect.stringContaining('This key may not do that'),
  })
  const filtered = await run(['-p', 'a red fox', '-o', 'fox.png'], home, engine.env)
  expect(filtered).toMatchObject({
    code: 1,
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
