import { describe, expect, test } from 'vitest'
import type { Graphics } from '../../../src/core/graphics.ts'
import { choose } from '../../../src/terminal/which/choose.ts'
import { MULTIPLEXERS } from '../../../src/terminal/which/multiplexers.ts'
import {
  measureQuery,
  outerQuery,
  probeEnvironment,
  queryFor,
  refine,
} from '../../../src/terminal/which/probe.ts'
import { rowOf, TERMINALS } from '../../../src/terminal/which/terminals.ts'

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
    ['kitty that has reported its version', { TERM: 'xterm-kitty' }, kitty('0.41.1'), 'kitty-placeholders'],
    ['kitty by its environment only', { TERM: 'xterm-kitty' }, [], 'kitty'],
    ['an old kitty', { TERM: 'xterm-kitty' }, kitty('0.26.5'), 'kitty'],
    ['kitty over ssh', { TERM: 'xterm-256color' }, kitty('0.41.1'), 'kitty-placeholders'],
    ['ghostty', { TERM: 'xterm-ghostty' }, [], 'kitty-placeholders'],
    ['Konsole', { TERM: 'xterm-256color', KONSOLE_VERSION: '221203' }, [], 'kitty'],
    [
      'Konsole that has answered',
      { TERM: 'xterm-256color' },
      ['\x1bP>|Konsole 25.04.2\x1b\\', '\x1b_Gi=31;OK\x1b\\', '\x1b[?62;1;4c'],
      'kitty',
    ],
    ['WezTerm', { TERM: 'xterm-256color', TERM_PROGRAM: 'WezTerm' }, [], 'iterm2'],
    ['iTerm2', { TERM: 'xterm-256color', TERM_PROGRAM: 'iTerm.app' }, [], 'iterm2'],
    ['VS Code', { TERM: 'xterm-256color', TERM_PROGRAM: 'vscode' }, ['\x1b[?62;4;9;22c'], 'sixel'],
    [
      'VS Code with its images switched off',
      { TERM: 'xterm-256color', TERM_PROGRAM: 'vscode' },
      ['\x1b[?1;2c'],
      'blocks',
    ],
    ['Windows Terminal', { TERM: 'xterm-256color', WT_SESSION: 'x' }, ['\x1b[?61;4;6;7c'], 'sixel'],
    ['a sixel terminal of another name', { TERM: 'xterm-256color' }, ['\x1b[?62;4;22c'], 'sixel'],
    [
      'VTE with sixel built in',
      { TERM: 'xterm-256color', VTE_VERSION: '7800' },
      ['\x1b[?65;1;4;9c'],
      'sixel',
    ],
    ['zellij that passes kitty on', { TERM: 'xterm-256color', ZELLIJ: '0' }, kitty('0.41.1'), 'kitty'],
    ['screen', { TERM: 'screen-256color', STY: '1.x' }, ['\x1b[?1;2c'], 'blocks'],
    ['mintty', { TERM: 'xterm', TERM_PROGRAM: 'mintty' }, [], 'iterm2'],
    [
      'xterm',
      { TERM: 'xterm', XTERM_VERSION: 'XTerm(379)' },
      ['\x1bP>|XTerm(379)\x1b\\', '\x1b[?63;1;2;4;6;9c'],
      'sixel',
    ],
    [
      'xterm without sixel',
      { TERM: 'xterm', XTERM_VERSION: 'XTerm(379)' },
      ['\x1bP>|XTerm(379)\x1b\\', '\x1b[?64;1;2;6;9;15c'],
      'blocks',
    ],
    [
      'xterm started from a shell in kitty',
      { TERM: 'xterm', XTERM_VERSION: 'XTerm(379)', KITTY_WINDOW_ID: '1' },
      [],
      'blocks',
    ],
    [
      'an unknown terminal that answers the kitty query',
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
    ['no colours wanted', { TERM: 'xterm-256color', NO_COLOR: '1' }, [], 'blocks'],
    [
      'no colours wanted, in kitty',
      { TERM: 'xterm-kitty', NO_COLOR: '1' },
      kitty('0.41.1'),
      'kitty-placeholders',
    ],
  ])('%s', (_, env, answers, protocol) => {
    expect(shows(env as Record<string, string>, answers)).toBe(protocol)
  })

  test('the user’s choice is used', () => {
    expect(shows({ TERM: 'xterm' }, [], 'kitty')).toBe('kitty')
    expect(shows({ TERM: 'xterm-kitty' }, kitty('0.41.1'), 'kitty')).toBe('kitty-placeholders')
    expect(shows({ TERM: 'tmux-256color', TMUX: 'x' }, [], 'kitty')).toBe('kitty-placeholders')
    expect(shows({ TERM: 'xterm-kitty' }, kitty('0.41.1'), 'blocks')).toBe('blocks')
    expect(shows({ TERM: 'xterm' }, [], 'iterm2')).toBe('iterm2')
    expect(shows({ TERM: 'xterm-kitty' }, kitty('0.41.1'), 'none')).toBe('none')
    expect(shows({ TERM: 'xterm' }, [], 'sixel')).toBe('sixel')
    expect(shows({ TERM: 'dumb' }, [], 'blocks')).toBe('none')
  })
})

describe('in tmux, what it and the terminal around it support', () => {
  const tmux = probe({ TERM: 'tmux-256color', TMUX: '/tmp/x' })
  const own = ['\x1bP>|tmux 3.5a\x1b\\', '\x1b[?1;2;4c']
  const kittyOutside = ['\x1bP>|kitty(0.41.1)\x1b\\', '\x1b_Gi=31;OK\x1b\\', '\x1b[?62;c']

  test.each([
    ['kitty', kittyOutside, 'kitty-placeholders'],
    ['ghostty', ['\x1bP>|ghostty 1.2.0\x1b\\', '\x1b_Gi=31;OK\x1b\\', '\x1b[?62;22c'], 'kitty-placeholders'],
    ['an old kitty', ['\x1bP>|kitty(0.26.5)\x1b\\', '\x1b_Gi=31;OK\x1b\\', '\x1b[?62;c'], 'blocks'],
    ['Konsole', ['\x1bP>|Konsole 25.04.2\x1b\\', '\x1b_Gi=31;OK\x1b\\', '\x1b[?62;1;4c'], 'sixel'],
    ['xterm with sixel', ['\x1bP>|XTerm(379)\x1b\\', '\x1b[?63;1;2;4;6c'], 'sixel'],
    ['xterm without', ['\x1bP>|XTerm(379)\x1b\\', '\x1b[?64;1;2;6c'], 'blocks'],
    ['one that tmux hides', [], 'blocks'],
  ])('%s', (_, outside, protocol) => {
    expect(choose(refine(tmux, own, outside), 'auto')).toBe(protocol)
  })

  test('a tmux without sixel shows none', () => {
    const old = ['\x1bP>|tmux 3.3a\x1b\\', '\x1b[?1;2c']
    expect(choose(refine(tmux, old, ['\x1bP>|XTerm(379)\x1b\\', '\x1b[?63;4c']), 'auto')).toBe('blocks')
  })

  test('the terminal around it is known by its name, and its glyphs are drawn', () => {
    expect(refine(tmux, own, kittyOutside)).toMatchObject({
      multiplexer: 'tmux',
      brand: 'unknown',
      outer: { brand: 'kitty', version: '0.41.1' },
      passthrough: true,
      glyphs: 'sextants',
    })
  })

  test('it is asked through tmux, each sequence doubled in its ESC, with its attributes last', () => {
    const query = outerQuery()
    expect(query).toMatch(/^\x1bPtmux;.*\x1b\x1b\[c\x1b\\$/)
    expect(query).toContain('\x1b\x1b_Gi=31,')
  })
})

describe('the table', () => {
  test('has a row for every terminal, of any version, and says how it is known', () => {
    const brands = new Set(TERMINALS.map((row) => row.brand))
    for (const brand of brands) expect(rowOf(brand, undefined).brand).toBe(brand)
    for (const row of [...TERMINALS, ...MULTIPLEXERS]) expect(row.known.where).not.toBe('')
    expect(brands.size).toBe(20)
  })

  test('ends each row with what every terminal has', () => {
    for (const { brand, protocols } of [...TERMINALS, ...MULTIPLEXERS])
      expect(protocols.at(-1)).toBe(brand === 'dumb' ? undefined : 'blocks')
  })
})

describe('what the terminal is', () => {
  test('its cells are as large as it reports, else as its window implies, else 1 to 2', () => {
    const terminal = probe({ TERM: 'xterm-256color' })
    expect(terminal.cell).toEqual({ width: 8, height: 16 })
    expect(refine(terminal, ['\x1b[4;800;1000t']).cell).toEqual({ width: 10, height: 20 })
    expect(refine(terminal, ['\x1b[4;800;1000t', '\x1b[6;18;9t']).cell).toEqual({ width: 9, height: 18 })
    expect(refine(terminal, ['\x1b[6;0;0t']).cell).toEqual({ width: 8, height: 16 })
  })

  test("xterm's cells follow from its largest sixel picture, unless that is at its limit", () => {
    const terminal = probe({ TERM: 'xterm' })
    const xterm = '\x1bP>|XTerm(379)\x1b\\'
    expect(refine(terminal, [xterm, '\x1b[?2;0;900;720S']).cell).toEqual({ width: 9, height: 18 })
    expect(refine(terminal, [xterm, '\x1b[?2;0;1000;1000S']).cell).toEqual({ width: 8, height: 16 })
  })

  test('it reports its colour registers, its background, and that it reads our files', () => {
    const terminal = probe({ TERM: 'xterm' })
    expect(terminal).toMatchObject({ sixel: { registers: 256 }, filesReadable: false })
    const answers = [
      '\x1b[?1;0;16S',
      '\x1b[?2;0;720;432S',
      '\x1b]11;rgb:ffff/8080/00\x1b\\',
      '\x1b_Gi=32;OK\x1b\\',
    ]
    expect(refine(terminal, answers)).toMatchObject({
      sixel: { registers: 16, largest: { width: 720, height: 432 } },
      background: [255, 128, 0],
      filesReadable: true,
    })
    expect(refine(terminal, ['\x1b_Gi=32;ENOTSUPPORTED:\x1b\\', '\x1b[?1;3;0S'])).toMatchObject({
      sixel: { registers: 256 },
      filesReadable: false,
    })
  })

  test.each([
    [{ TERM: 'xterm-kitty' }, 'sextants'],
    [{ TERM: 'foot' }, 'sextants'],
    [{ TERM: 'xterm-256color', VTE_VERSION: '6800' }, 'sextants'],
    [{ TERM: 'xterm-256color', VTE_VERSION: '5202' }, 'quadrants'],
    [{ TERM: 'alacritty' }, 'quadrants'],
    [{ TERM: 'linux' }, 'halves'],
  ])('%j draws %s', (env, glyphs) => {
    expect(probe(env as unknown as Record<string, string>).glyphs).toBe(glyphs)
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

  test('a terminal that reports its name over ssh has its colours, unless the user has set how many', () => {
    expect(refine(probe({ TERM: 'xterm-256color' }), kitty('0.41.1')).colours).toBe('truecolor')
    expect(refine(probe({ TERM: 'xterm-256color', FORCE_COLOR: '1' }), kitty('0.41.1')).colours).toBe('16')
  })

  test('answers show whether it has links and kitty’s keyboard', () => {
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
    expect(queryFor(probe({ TERM: 'xterm', TERM_PROGRAM: 'Apple_Terminal' }))).toBe('\x1b[c')
    expect(queryFor(probe({ TERM: 'xterm' }), '/tmp/it')).toContain(`t=f,f=24;${btoa('/tmp/it')}\x1b`)
    expect(measureQuery(probe({ TERM: 'xterm' }))).toMatch(/\x1b\[16t.*\x1b\[c$/)
    expect(measureQuery(probe({ TERM: 'dumb' }))).toBe('')
  })
})
