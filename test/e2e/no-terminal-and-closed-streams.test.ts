import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { transformSync } from 'esbuild'
import { expect, test } from 'vitest'
import {
  environmentOf,
  factsIn,
  LIMN,
  NODE,
  newHome,
  only,
  run,
  runNode,
  sessionsOf,
  smallHome,
} from './driver.ts'

function shell(command: string, home: Awaited<ReturnType<typeof newHome>>) {
  const env = { ...environmentOf(home), LIMN: `${NODE} ${LIMN}` }
  return spawnSync('sh', ['-c', command], { cwd: home.cwd, env, encoding: 'utf8' })
}

test('without a terminal limn says what to do instead, and ends with 2', async () => {
  const home = await newHome()
  const ended = await run([], home)
  expect(ended).toMatchObject({ code: 2, stdout: '' })
  expect(ended.stderr).toBe(
    'limn: this is no terminal. limn -p "a red fox" -o fox.png makes one image without one.\n',
  )
  expect(await sessionsOf(home)).toEqual([])
  expect(await run(['--help'], home)).toMatchObject({
    code: 0,
    stderr: '',
    stdout: expect.stringContaining('limn --continue'),
  })
  expect(await run(['--version'], home)).toMatchObject({
    code: 0,
    stdout: expect.stringMatching(/^\d+\.\d+\.\d+\n$/),
  })
})

test('when the reader of a pipe has ended, limn prints no stack trace and keeps the image', async () => {
  const home = await smallHome()
  expect(shell('$LIMN --help | true', home).stderr).toBe('')
  expect(shell('$LIMN --help >&-', home).stderr).not.toMatch(/\n\s+at |Error:/)
  const turn = shell('$LIMN -p "a red fox" | true', home)
  expect(turn.stderr).toContain('Painted a fox in red.')
  expect(turn.stderr).not.toMatch(/\n\s+at |EPIPE/)
  expect(await sessionsOf(home)).toHaveLength(1)
  // The reader ends early; the answer is still recorded.
  shell('$LIMN -p "a red fox" --practice-faults=503 2>&1 | head -c 1', home)
  const answers = await Promise.all(
    (await sessionsOf(home)).map(async (folder) => only(await factsIn(folder), 'answered')),
  )
  expect(answers.map(({ length }) => length)).toEqual([1, 1])
  shell('$LIMN -p "a red fox" >&- 2>&-', home)
  expect(await sessionsOf(home)).toHaveLength(3)
})

test('an old Node gets a sentence', async () => {
  const home = await newHome()
  const old =
    'Object.defineProperty(process, "versions", { value: { ...process.versions, node: "18.19.0" } })'
  const ended = await runNode(['-e', `${old}; require(${JSON.stringify(LIMN)})`], home)
  expect(ended).toEqual({
    code: 1,
    stdout: '',
    stderr:
      'limn needs Node 22.12 or newer, and this is 18.19.0: install a newer one from https://nodejs.org\n',
  })
  // esbuild rejects or rewrites syntax that ES5 does not have.
  const source = readFileSync(LIMN, 'utf8')
  expect(transformSync(source, { target: 'es5' }).code).toBe(transformSync(source, { target: 'esnext' }).code)
})
