import { expect, test } from 'vitest'
import { hintFor } from '../../../src/terminal/which/hint.ts'
import { probeEnvironment, refine } from '../../../src/terminal/which/probe.ts'

const probe = (env: Record<string, string>) => probeEnvironment(env, { columns: 100, rows: 40 })

test('a user whose tmux does not let pictures through learns what to set, once that is known', () => {
  const tmux = probe({ TERM: 'tmux-256color', TMUX: 'x' })
  expect(hintFor(tmux, 'auto')).toBeUndefined()
  expect(hintFor({ ...tmux, passthrough: false }, 'auto')).toContain('allow-passthrough')
  expect(hintFor({ ...tmux, passthrough: true }, 'auto')).toBeUndefined()
})

test.each(['none', 'blocks'] as const)(
  'with graphics set to %s there is no advice on sharper pictures',
  (graphics) => {
    const tmux = probe({ TERM: 'tmux-256color', TMUX: 'x' })
    expect(hintFor({ ...tmux, passthrough: false }, graphics)).toBeUndefined()
    const code = probe({ TERM: 'xterm-256color', TERM_PROGRAM: 'vscode' })
    expect(hintFor(refine(code, ['\x1b[?1;2c']), graphics)).toBeUndefined()
  },
)

test('with a forced protocol in such a tmux, the hint says why nothing may be visible, and does not mention blocks', () => {
  const tmux = { ...probe({ TERM: 'tmux-256color', TMUX: 'x' }), passthrough: false }
  expect(hintFor(tmux, 'kitty')).toMatch(
    /^tmux does not let pictures through, so kitty may show nothing\. .*allow-passthrough/,
  )
  expect(hintFor(tmux, 'kitty')).not.toContain('blocks')
})

test('a user whose VS Code has images switched off learns what to switch on', () => {
  const code = probe({ TERM: 'xterm-256color', TERM_PROGRAM: 'vscode' })
  expect(hintFor(code, 'auto')).toBeUndefined()
  expect(hintFor(refine(code, ['\x1b[?1;2c']), 'auto')).toContain('enableImages')
  expect(hintFor(refine(code, ['\x1b[?62;4;9;22c']), 'auto')).toBeUndefined()
})
