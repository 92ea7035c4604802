import { expect, test } from 'vitest'
import { hintFor } from '../../src/terminal/hint.ts'
import { probeEnvironment, refine } from '../../src/terminal/probe.ts'

const probe = (env: Record<string, string>) => probeEnvironment(env, { columns: 100, rows: 40 })

test('whose tmux keeps pictures to itself is told what to set, once that is known', () => {
  const tmux = probe({ TERM: 'tmux-256color', TMUX: 'x' })
  expect(hintFor(tmux)).toBeUndefined()
  expect(hintFor({ ...tmux, passthrough: false })).toContain('allow-passthrough')
  expect(hintFor({ ...tmux, passthrough: true })).toBeUndefined()
})

test('whose VS Code has images switched off is told what to switch on', () => {
  const code = probe({ TERM: 'xterm-256color', TERM_PROGRAM: 'vscode' })
  expect(hintFor(code)).toBeUndefined()
  expect(hintFor(refine(code, ['\x1b[?1;2c']))).toContain('enableImages')
  expect(hintFor(refine(code, ['\x1b[?62;4;9;22c']))).toBeUndefined()
})
