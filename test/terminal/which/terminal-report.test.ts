import { expect, test } from 'vitest'
import type { Graphics } from '../../../src/core/graphics.ts'
import { probeEnvironment, refine } from '../../../src/terminal/which/probe.ts'
import { terminalRows } from '../../../src/terminal/which/terminal-report.ts'

const probe = (env: Record<string, string>) => probeEnvironment(env, { columns: 100, rows: 40 })

function rowsOf(terminal: ReturnType<typeof probe>, wanted: Graphics = 'auto') {
  return Object.fromEntries(terminalRows(terminal, wanted))
}

test('reports what a terminal answered, unchanged, and why its pictures are drawn as they are', () => {
  const kitty = [
    '\x1bP>|kitty(0.41.1)\x1b\\',
    '\x1b[6;18;9t',
    '\x1b_Gi=31;OK\x1b\\',
    '\x1b_Gi=32;OK\x1b\\',
    '\x1b[?62;c',
  ]
  expect(rowsOf(refine(probe({ TERM: 'xterm-kitty' }), kitty))).toEqual({
    terminal: 'kitty 0.41.1',
    window: '100 × 40 cells of 9 × 18 pixels',
    colours: 'truecolor',
    supports: 'links, synchronized output, reads local files',
    pictures: 'kitty-placeholders, then kitty, then blocks; octants in blocks',
    chosen: 'kitty-placeholders: best for "kitty 0.40 and later" (seen: kitty 0.41.1)',
    answers: '^[P>|kitty(0.41.1)^[\\  ^[[6;18;9t  ^[_Gi=31;OK^[\\  ^[_Gi=32;OK^[\\  ^[[?62;c',
  })
})

test('gives the reason for each protocol that is left out', () => {
  const foot = probe({ TERM: 'foot' })
  expect(rowsOf(foot).chosen).toContain('without sixel, because it has not answered')
  expect(rowsOf(refine(foot, ['\x1b[?62;22c'])).chosen).toContain('without sixel, which it does not report')
})

test('in tmux, reports the terminal around it, whether pictures get there, and what the user can do', () => {
  const tmux = refine(probe({ TERM: 'tmux-256color', TMUX: 'x' }), ['\x1bP>|tmux 3.5a\x1b\\', '\x1b[?1;2;4c'])
  const silent = rowsOf({ ...tmux, passthrough: false })
  expect(silent.supports).toContain('no pictures through tmux')
  expect(silent.chosen).toContain('best for "tmux in any other terminal"')
  expect(silent.hint).toContain('allow-passthrough')
  const outside = ['\x1bP>|kitty(0.41.1)\x1b\\', '\x1b_Gi=31;OK\x1b\\', '\x1b[?62;c']
  const open = rowsOf(refine(tmux, tmux.answers, outside))
  expect(open.terminal).toBe('unknown in tmux, in kitty 0.41.1')
  expect(open.chosen).toContain('kitty-placeholders: best for "tmux in kitty 0.28 and later')
  expect(open.answers).toMatch(/tmux 3\.5a.*kitty\(0\.41\.1\)/)
  expect(open.hint).toBeUndefined()
})

test('reports the user’s setting with what limn would choose without it', () => {
  expect(rowsOf(probe({ TERM: 'xterm-kitty' }), 'blocks').chosen).toBe(
    'blocks: graphics is set to blocks; auto would choose kitty',
  )
})
