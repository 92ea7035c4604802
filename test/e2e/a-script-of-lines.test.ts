import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { mkdir, writeFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import {
  environmentOf,
  factsIn,
  type Home,
  LIMN,
  NODE,
  only,
  onlySession,
  run,
  sessionsOf,
  smallHome,
} from './driver.ts'
import { startEngine } from './engine.ts'
import { lineIsOut } from './line-is-out.ts'

const script = (home: Home, ...lines: readonly string[]) =>
  writeFile(join(home.cwd, 'moods.limn'), `${lines.join('\n')}\n`)

test('limn run runs the lines of a file as if they were typed: paths on stdout, the rest on stderr', async () => {
  const home = await smallHome()
  await script(home, '# A fox.', '', 'a red fox', 'make it night', 'v1 but in violet', '/save out/fox.png v2')
  const ended = await run(['run', 'moods.limn'], home)
  const folder = await onlySession(home)
  expect(ended.stdout.split('\n')).toEqual([
    ...[1, 2, 3].map((number) => join(folder, `images/v${number}.jpg`)),
    join(home.cwd, 'out/fox.png'),
    '',
  ])
  expect(ended.stderr).toContain('v1 › make it night\nMade it 30 % darker')
  expect(ended.code).toBe(0)
  const prompted = only(await factsIn(folder), 'prompted')
  expect(prompted.map(({ prompt }) => [prompt.text, prompt.parent.version])).toEqual([
    ['a red fox', null],
    ['make it night', 1],
    ['v1 but in violet', 1],
  ])
})

test.each([
  ['limn run', ['run', 'moods.limn']],
  ['limn -p', ['-p', 'at night']],
])('%s continues a session whose last line was cut off, and says what happened to it', async (_, args) => {
  const { engine, user, release } = await lineIsOut()
  await user.kill('SIGKILL')
  release()
  await script(user.home, 'at night')
  const ended = await run([...args, '--continue'], user.home, engine.env)
  expect(ended.stderr).toContain('limn ended before the answer came. It may have been billed.')
  expect(ended.stdout).toBe(`${join(await onlySession(user.home), 'images/v2.jpg')}\n`)
  expect(ended.code).toBe(0)
})

test('limn run reads the whole file first, and reports a line that cannot run before any line is paid for', async () => {
  const home = await smallHome()
  const engine = await startEngine()
  await script(home, 'a red fox', '', '/refff', 'make it night', 'like @hat.png', '/set size 9K')
  const ended = await run(['run', 'moods.limn'], home, engine.env)
  expect(ended).toMatchObject({ code: 2, stdout: '' })
  expect(ended.stderr.split('\n').filter((row) => row.startsWith('limn: '))).toEqual([
    expect.stringMatching(/^limn: moods\.limn:3: There is no command \/refff; did you mean \/ref\?/),
    'limn: moods.limn:5: There is no file hat.png.',
    expect.stringMatching(/^limn: moods\.limn:6: Nano Banana 2 has no size 9K/),
    'limn: moods.limn: Nothing was run.',
  ])
  expect(engine.asked).toEqual([])
  expect(await sessionsOf(home)).toEqual([])
})

test.each([
  ['a version that is not there', 'v7', 'There is no v7'],
  ['a version to save that is not there', '/save fox.png v7', 'There is no v7'],
  ['a reference that is not there', 'like @hero', 'There is no file or reference named "hero"'],
])('limn run stops at %s, names its line, and sends nothing after it', async (_, line, sentence) => {
  const home = await smallHome()
  const engine = await startEngine()
  await script(home, 'a red fox', '', line, 'make it night')
  const ended = await run(['run', 'moods.limn'], home, engine.env)
  expect(ended.code).toBe(1)
  expect(ended.stderr).toContain(`\nlimn: moods.limn:3: ${sentence}`)
  expect(ended.stdout).toBe(`${join(await onlySession(home), 'images/v1.jpg')}\n`)
  expect(engine.asked.length).toBe(1)
})

test.each([
  ['403', 'This key has no permission to do that', 5],
  ['text-only', 'No image: the model answered in words', 1],
  ['no-image', 'No image: the model made none', 1],
  ['safety', 'No image: the filter', 3],
])('limn run stops at a turn without an image: %s', async (fault, sentence, code) => {
  const home = await smallHome()
  const engine = await startEngine(`${fault}`)
  await script(home, 'a red fox', 'make it night')
  const ended = await run(['run', 'moods.limn'], home, engine.env)
  expect(ended).toMatchObject({ code, stdout: '' })
  expect(ended.stderr).toContain('limn: moods.limn:1: ')
  expect(ended.stderr).toContain(sentence)
  expect(engine.asked.length).toBe(1)
})

test('limn run --keep-going runs every line, and ends with the status of the first that failed', async () => {
  const home = await smallHome()
  const engine = await startEngine('safety,403')
  await script(home, 'a red fox', 'a blue fox', 'v9', 'a green fox')
  const ended = await run(['run', 'moods.limn', '--keep-going'], home, engine.env)
  expect(engine.asked.length).toBe(3)
  expect(ended.stdout).toBe(`${join(await onlySession(home), 'images/v1.jpg')}\n`)
  expect(ended.stderr.match(/^limn: moods\.limn:\d+:/gm)).toEqual([
    'limn: moods.limn:1:',
    'limn: moods.limn:2:',
    'limn: moods.limn:3:',
  ])
  expect(ended.code, 'a refusal counts only where nothing else went wrong').toBe(5)
})

test('limn run --out saves every image in a folder too, and says before it pays when it cannot', async () => {
  const home = await smallHome()
  await script(home, 'a red fox', '/quit', 'never sent')
  const ended = await run(['run', 'moods.limn', '--out', 'moods'], home)
  expect(ended).toMatchObject({ code: 0, stdout: `${join(home.cwd, 'moods/a-red-fox-v1.jpg')}\n` })

  await writeFile(join(home.cwd, 'taken'), 'mine')
  const engine = await startEngine()
  const refused = await run(['run', 'moods.limn', '--out', 'taken'], home, engine.env)
  expect(refused).toMatchObject({ code: 1, stdout: '' })
  expect(refused.stderr).toContain('a part of its path is a file, not a folder')
  expect(engine.asked).toEqual([])
})

test('limn run --session continues a session, and never starts a new one instead', async () => {
  const home = await smallHome()
  await script(home, 'make it night')
  expect(await run(['-p', 'a red fox'], home)).toMatchObject({ code: 0 })
  const folder = await onlySession(home)
  const ended = await run(['run', 'moods.limn', '--session', 'red fox'], home)
  expect(ended).toMatchObject({ code: 0, stdout: `${join(folder, 'images/v2.jpg')}\n` })

  const missing = await run(['run', 'moods.limn', '--session', 'blue whale'], home)
  expect(missing).toMatchObject({ code: 1, stdout: '' })
  expect(missing.stderr).toContain('limn: moods.limn: No session has "blue whale" in it')
  expect(await sessionsOf(home)).toEqual([folder])
})

/** Of `--json`: an object a row. */
function eventsOf(stdout: string): readonly Record<string, unknown>[] {
  return stdout
    .trimEnd()
    .split('\n')
    .map((row) => JSON.parse(row))
}

test('limn run --json prints what happens as lines of JSON: the session first, the result last', async () => {
  const home = await smallHome()
  await script(home, '# one', 'a red fox', 'v9', 'never run')
  const { code, stdout } = await run(['run', 'moods.limn', '--json'], home)
  const folder = await onlySession(home)
  const path = join(folder, 'images/v1.jpg')
  const events = eventsOf(stdout)
  expect(code).toBe(1)
  expect(events[0]).toMatchObject({
    type: 'session',
    schema: 1,
    session_id: null,
    practice: true,
    versions: [],
  })
  // What is said before the first line is of none.
  expect(events.filter(({ line }) => line !== undefined)).toMatchObject([
    { type: 'line', line: 2, from: 'v0', text: 'a red fox' },
    { type: 'turn', line: 2, turn: 't1', text: 'a red fox', size: '512' },
    { type: 'answer', line: 2, turn: 't1', text: 'Painted a fox in red.', versions: [1], cost_usd: 0 },
    { type: 'image', line: 2, version: 1, origin: 'generated', turn: 't1', path, width: 512 },
    { type: 'line_result', line: 2, subtype: 'success', is_error: false, versions: [1], exit_code: 0 },
    { type: 'line', line: 3, from: 'v1', text: 'v9' },
    { type: 'problem', line: 3, kind: 'failed', text: 'There is no v9: this session has v1.' },
    { type: 'line_result', line: 3, subtype: 'failed', is_error: true, versions: [], exit_code: 1 },
  ])
  expect(events.at(-1)).toMatchObject({
    ...{ type: 'result', subtype: 'failed', is_error: true, session_id: basename(folder) },
    ...{ versions: [1], total_cost_usd: 0, exit_code: 1 },
  })
  expect(events.filter(({ type }) => type === 'session' || type === 'result')).toHaveLength(2)
})

test.each([
  ['a file that cannot be read', ['run', 'folder'], [], 1, 'failed'],
  ['a session that is not there', ['run', 'moods.limn', '--session', 'whale'], ['a fox'], 1, 'failed'],
  ['lines that are wrong', ['run', 'moods.limn'], ['a fox', '/refff'], 2, 'usage'],
] as const)(
  'limn run --json has a session and a result for %s too',
  async (_, args, lines, code, subtype) => {
    const home = await smallHome()
    await mkdir(join(home.cwd, 'folder'))
    await script(home, ...lines)
    const ended = await run([...args, '--json'], home)
    expect(ended.code).toBe(code)
    const events = eventsOf(ended.stdout)
    expect(events[0]).toMatchObject({ type: 'session', schema: 1, session_id: null })
    expect(events.at(-1)).toMatchObject({ type: 'result', subtype, is_error: true, exit_code: code })
    expect(events.filter(({ type }) => type === 'problem').length).toBeGreaterThan(0)
    expect(await sessionsOf(home)).toEqual([])
  },
)

test('limn run - reads its lines from stdin', async () => {
  const home = await smallHome()
  const { status, stdout, stderr } = spawnSync(NODE, [LIMN, 'run', '-'], {
    cwd: home.cwd,
    env: environmentOf(home),
    input: 'a red fox\n/nothing\n',
    encoding: 'utf8',
  })
  expect(status).toBe(2)
  expect(stdout).toBe(`${join(await onlySession(home), 'images/v1.jpg')}\n`)
  expect(stderr).toContain('limn: stdin:2: There is no command /nothing')
})

test('limn run ends with 2 after wrong usage', async () => {
  const home = await smallHome()
  await mkdir(join(home.cwd, 'folder'))
  expect(await run(['run', 'none.limn'], home)).toMatchObject({
    code: 2,
    stderr: expect.stringContaining('There is no file none.limn.'),
  })
  expect(await run(['run', 'folder'], home)).toMatchObject({ code: 1 })
  expect(await run(['run', '-', '-p', 'a fox'], home)).toMatchObject({ code: 2 })
  expect(await run(['--out', 'x', 'a fox'], home)).toMatchObject({ code: 2 })
})

test.each(['SIGINT', 'SIGTERM'] as const)(
  'limn run, stopped by %s, ends by that signal and leaves the session intact',
  async (signal) => {
    const home = await smallHome()
    const engine = await startEngine()
    const held = engine.holdNext()
    await script(home, 'a red fox', 'make it night')
    const child = spawn(NODE, [LIMN, 'run', 'moods.limn'], {
      cwd: home.cwd,
      env: environmentOf(home, engine.env),
      stdio: ['ignore', 'ignore', 'pipe'],
    })
    onTestFinished(() => void child.kill('SIGKILL'))
    let stderr = ''
    child.stderr.on('data', (data) => (stderr += data))
    await held.come
    child.kill(signal)
    expect(await once(child, 'close')).toEqual([null, signal])
    expect(stderr).toContain(
      'limn: moods.limn:1: Stopped. The answer that was out may be billed all the same.',
    )
    const folder = await onlySession(home)
    expect(existsSync(join(folder, 'lock'))).toBe(false)
    expect((await factsIn(folder)).at(-1)).toMatchObject({ type: 'left', out: ['t1'] })
    held.release()
  },
)
