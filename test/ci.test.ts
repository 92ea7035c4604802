// Tests which suites .ci/run runs, and the script itself with stand-ins for npm, apt and dpkg.
import { spawnSync } from 'node:child_process'
import { globSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, relative } from 'node:path'
import { afterAll, expect, test } from 'vitest'

const folder = mkdtempSync(join(tmpdir(), 'limn-ci-'))
afterAll(() => rmSync(folder, { recursive: true }))

function standIn(name: string, script: string): void {
  writeFileSync(join(folder, name), `#!/bin/sh\n${script}\n`, { mode: 0o755 })
}

type Parts = { readonly tests: string; readonly terminals: string; readonly check?: string }

/** As root on a machine without terminals whose packages cannot be reached. */
function run({ tests, terminals, check = 'true' }: Parts) {
  standIn('id', 'echo 0')
  standIn('dpkg-query', 'echo "no packages found" >&2; exit 1')
  standIn('apt-get', 'echo "E: nothing can be reached" >&2; exit 100')
  standIn(
    'npm',
    `case "$*" in ci) ;; test) ${tests} ;; 'run test:terminals') ${terminals} ;; 'run check') ${check} ;; *) exit 9 ;; esac`,
  )
  const { status, stdout } = spawnSync('.ci/run', {
    env: { PATH: `${folder}:/usr/bin:/bin` },
    encoding: 'utf8',
  })
  return { status, last: stdout.trimEnd().split('\n').at(-1), stdout }
}

const summary = (counts: string) => `printf '\\033[2m      Tests \\033[22m \\033[32m${counts}\\033[39m\\n'`

test('counts both suites into the closing line, and says what could not be installed', () => {
  const { status, last, stdout } = run({
    tests: summary('1600 passed\\033[39m | 2 skipped (1602)'),
    terminals: summary('7 passed | 2 skipped (9)'),
  })
  expect(last).toBe('1607 passed, 0 failed, 4 skipped')
  expect(status).toBe(0)
  expect(stdout).toContain('E: nothing can be reached\nSome terminals could not be installed.')
})

test('fails with a terminal that shows something wrong', () => {
  const { status, last } = run({
    tests: summary('1600 passed (1600)'),
    terminals: `${summary('1 failed | 8 passed (9)')}; exit 1`,
  })
  expect(last).toBe('1608 passed, 1 failed')
  expect(status).toBe(1)
})

test('fails with a suite that breaks off before a test has failed, and with the check', () => {
  const { status, last } = run({
    tests: summary('12 passed (12)'),
    terminals: 'exit 1',
    check: 'exit 1',
  })
  expect(last).toBe('12 passed, 2 failed')
  expect(status).toBe(1)
})

const SCRIPTS: Readonly<Record<string, string>> = JSON.parse(readFileSync('package.json', 'utf8')).scripts

/** The files that a suite runs, as Vitest itself lists them. */
function filesOf(script: string): readonly string[] {
  const config = /--config \S+/.exec(script)?.[0].split(' ') ?? []
  const list = ['node_modules/vitest/vitest.mjs', 'list', '--filesOnly', '--json', ...config]
  const { stdout } = spawnSync(process.execPath, list, { encoding: 'utf8' })
  return (JSON.parse(stdout) as { file: string }[]).map(({ file }) => relative('.', file))
}

test('every file with tests belongs to exactly one suite', () => {
  const suites = Object.entries(SCRIPTS).filter(([name]) => /^test(?::|$)/.test(name))
  const run = suites.flatMap(([, script]) => filesOf(script))
  const tests = globSync('**/*.{ts,tsx,js,mjs,cjs}', { exclude: ['node_modules', 'dist'] }).filter((file) =>
    /^import \{[^}]*\b(?:test|it|describe)\b[^}]*\} from 'vitest'/m.test(readFileSync(file, 'utf8')),
  )
  expect(tests.length).toBeGreaterThan(100)
  expect(run.toSorted()).toEqual(tests.toSorted())
})

test('.ci/run runs every suite', () => {
  const suites = Object.keys(SCRIPTS).filter((name) => name.startsWith('test:'))
  const lines = readFileSync('.ci/run', 'utf8').split('\n')
  expect(lines).toEqual(expect.arrayContaining(['suite test', ...suites.map((name) => `suite run ${name}`)]))
})

test('terminals that are not there are skipped by name, with what to install', () => {
  const { status, stdout } = spawnSync(
    process.execPath,
    ['node_modules/vitest/vitest.mjs', 'run', '--config', 'test/terminals/vitest.config.ts'],
    { env: { PATH: folder, NO_COLOR: '1' }, encoding: 'utf8' },
  )
  expect(stdout).toContain('kitty: not here, apt-get install xvfb xdotool imagemagick kitty')
  expect(stdout).toContain('tmux in xterm: not here, apt-get install xvfb xdotool imagemagick xterm tmux')
  expect(stdout).toMatch(/Tests +(\d+) skipped \(\1\)/)
  expect(status).toBe(0)
})
