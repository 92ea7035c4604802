import { describe, expect, test } from 'vitest'
import { choose, type Graphics } from '../../src/terminal/graphics.ts'
import { probeEnvironment, queryFor, refine } from '../../src/terminal/probe.ts'

const size = { columns: 100, rows: 40 }
const probe = (env: Record<string, string>) => probeEnvironment(env, size)
const shows = (env: Record<string, string>, answers: string[] = [], wanted: Graphics = 'auto') =>
  choose(refine(probe(env), answers), wanted)

const kitty = (version: string) => [
  `\x1bP>|kitty(${version})\x1b\\`,
  '\x1b[6;18;9t',
  '\x1b[?0u',
  '\x1b_Gi=31;OK\x1b\\',
  '\x1b[?62;c',
]

describe('what is shown where', () => {
  test.each([
    ['kitty that has told its version', { TERM: 'xterm-kitty' }, kitty('0.41.1'), 'kitty-placeholders'],
    ['kitty by its environment only', { TERM: 'xterm-kitty' }, [], 'kitty'],
    ['an old kitty', { TERM: 'xterm-kitty' }, kitty('0.26.5'), 'kitty'],
    ['kitty over ssh', { TERM: 'xterm-256color' }, kitty('0.41.1'), 'kitty-placeholders'],
    ['ghostty', { TERM: 'xterm-ghostty' }, [], 'kitty-placeholders'],
    ['Konsole', { TERM: 'xterm-256color', KONSOLE_VERSION: '221203' }, [], 'kitty'],
    [
      'Konsole, asked',
      { TERM: 'xterm-256color' },
      ['\x1bP>|Konsole 25.04.2\x1b\\', '\x1b_Gi=31;OK\x1b\\', '\x1b[?62;1;4c'],
      'kitty',
    ],
    ['WezTerm', { TERM: 'xterm-256color', TERM_PROGRAM: 'WezTerm' }, [], 'iterm2'],
    ['iTerm2', { TERM: 'xterm-256color', TERM_PROGRAM: 'iTerm.app' }, [], 'iterm2'],
    ['VS Code', { TERM: 'xterm-256color', TERM_PROGRAM: 'vscode' }, ['\x1b[?62;4;9;22c'], 'iterm2'],
    ['mintty', { TERM: 'xterm', TERM_PROGRAM: 'mintty' }, [], 'iterm2'],
    [
      'xterm',
      { TERM: 'xterm', XTERM_VERSION: 'XTerm(379)' },
      ['\x1bP>|XTerm(379)\x1b\\', '\x1b[?63;1;2;4;6;9c'],
      'blocks',
    ],
    [
      'xterm started from a shell in kitty',
      { TERM: 'xterm', XTERM_VERSION: 'XTerm(379)', KITTY_WINDOW_ID: '1' },
      [],
      'blocks',
    ],
    [
      'a stranger that answers the kitty query',
      { TERM: 'xterm-256color' },
      ['\x1b_Gi=31;OK\x1b\\', '\x1b[?62c'],
      'kitty',
    ],
    [
      'something that only claims to be kitty',
      { TERM: 'xterm-256color', KITTY_WINDOW_ID: '1' },
      ['\x1b[?1;2c'],
      'blocks',
    ],
    ['foot', { TERM: 'foot' }, [], 'blocks'],
    [
      'tmux in kitty',
      { TERM: 'tmux-256color', TMUX: '/tmp/x', KITTY_WINDOW_ID: '1' },
      ['\x1bP>|tmux 3.5a\x1b\\', '\x1b[?1;2;4c'],
      'blocks',
    ],
    [
      'tmux at the other end of ssh',
      { TERM: 'screen-256color' },
      ['\x1bP>|tmux 3.5a\x1b\\', '\x1b[?1;2;4c'],
      'blocks',
    ],
    ['a dumb terminal', { TERM: 'dumb' }, [], 'none'],
    ['no colours wanted', { TERM: 'xterm-256color', NO_COLOR: '1' }, [], 'none'],
    [
      'no colours wanted, in kitty',
      { TERM: 'xterm-kitty', NO_COLOR: '1' },
      kitty('0.41.1'),
      'kitty-placeholders',
    ],
  ])('%s', (_, env, answers, protocol) => {
    expect(shows(env as Record<string, string>, answers)).toBe(protocol)
  })

  test('what the user forces holds', () => {
    expect(shows({ TERM: 'xterm' }, [], 'kitty')).toBe('kitty')
    expect(shows({ TERM: 'xterm-kitty' }, kitty('0.41.1'), 'kitty')).toBe('kitty-placeholders')
    expect(shows({ TERM: 'xterm-kitty' }, kitty('0.41.1'), 'blocks')).toBe('blocks')
    expect(shows({ TERM: 'xterm' }, [], 'iterm2')).toBe('iterm2')
    expect(shows({ TERM: 'xterm-kitty' }, kitty('0.41.1'), 'none')).toBe('none')
    expect(shows({ TERM: 'dumb' }, [], 'blocks')).toBe('none')
  })
})

describe('what the terminal is', () => {
  test('its cells are as large as it says, else as its window says, else 1 to 2', () => {
    const terminal = probe({ TERM: 'xterm-256color' })
    expect(terminal.cell).toEqual({ width: 8, height: 16 })
    expect(refine(terminal, ['\x1b[4;800;1000t']).cell).toEqual({ width: 10, height: 20 })
    expect(refine(terminal, ['\x1b[4;800;1000t', '\x1b[6;18;9t']).cell).toEqual({ width: 9, height: 18 })
    expect(refine(terminal, ['\x1b[6;0;0t']).cell).toEqual({ width: 8, height: 16 })
  })

  test.each([
    [{ TERM: 'xterm' }, '16'],
    [{ TERM: 'xterm-256color' }, '256'],
    [{ TERM: 'xterm-256color', COLORTERM: 'truecolor' }, 'truecolor'],
    [{ TERM: 'xterm-kitty' }, 'truecolor'],
    [{ TERM: 'xterm', XTERM_VERSION: 'XTerm(379)' }, 'truecolor'],
    [{ TERM: 'xterm', XTERM_VERSION: 'XTerm(300)' }, '16'],
    [{ TERM: 'tmux-256color', TMUX: 'x', KITTY_WINDOW_ID: '1' }, '256'],
    [{ TERM: 'xterm-kitty', NO_COLOR: '1' }, 'none'],
    [{ TERM: 'xterm-kitty', NO_COLOR: '' }, 'truecolor'],
    [{ TERM: 'xterm', NO_COLOR: '1', FORCE_COLOR: '3' }, 'truecolor'],
    [{ TERM: 'xterm-256color', FORCE_COLOR: '1' }, '16'],
    [{ TERM: 'xterm-256color', FORCE_COLOR: '0' }, 'none'],
    [{ TERM: 'dumb' }, 'none'],
    [{}, 'none'],
  ])('%j has colours: %s', (env, colours) => {
    expect(probe(env as unknown as Record<string, string>).colours).toBe(colours)
  })

  test('a terminal that tells its name over ssh has its colours, unless the user said how many', () => {
    expect(refine(probe({ TERM: 'xterm-256color' }), kitty('0.41.1')).colours).toBe('truecolor')
    expect(refine(probe({ TERM: 'xterm-256color', FORCE_COLOR: '1' }), kitty('0.41.1')).colours).toBe('16')
  })

  test('answers tell of links and of the keyboard', () => {
    const before = probe({ TERM: 'xterm-256color' })
    expect(before).toMatchObject({ links: false, kittyKeyboard: false, brand: 'unknown' })
    expect(refine(before, kitty('0.41.1'))).toMatchObject({
      links: true,
      kittyKeyboard: true,
      brand: 'kitty',
      version: '0.41.1',
    })
  })

  test('no answers change nothing', () => {
    const before = probe({ TERM: 'xterm-kitty' })
    expect(refine(before, [])).toEqual(before)
  })

  test('a dumb terminal is not asked, and every other is asked for its attributes last', () => {
    expect(queryFor(probe({ TERM: 'dumb' }))).toBe('')
    expect(queryFor(probe({ TERM: 'xterm' }))).toMatch(/\x1b\[c$/)
    expect(queryFor(probe({ TERM: 'tmux-256color' }))).not.toContain('\x1b_G')
  })
})
