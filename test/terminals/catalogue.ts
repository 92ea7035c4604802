// The terminals in Debian, and how to start each one so that two runs look the same.
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Settings } from '../../src/store/settings/all-settings.ts'
import { openBrowser } from './browser.ts'
import { openFoot } from './foot.ts'
import type { Margins } from './reading.ts'
import type { Stage } from './stage.ts'
import { FONT, type Size, type Window } from './window.ts'
import { openX11 } from './x11.ts'

export type Play = {
  readonly stage: Stage
  readonly size: Size
  /** The program that runs in the terminal. */
  readonly program: string
}

export type TerminalUnderTest = {
  readonly name: string
  /** The programs that it needs, each with its Debian package. */
  readonly needs: Readonly<Record<string, string>>
  open(play: Play): Promise<Window>
  /** Pixels between the window's edge and the first cell. */
  readonly margins?: Partial<Margins>
  /** Its cells do not have a whole number of pixels. */
  readonly fractional?: true
  /** Rows that do not belong to limn. */
  readonly taken?: number
  /** The graphics setting, to see another protocol than the table's first choice. */
  readonly graphics?: Settings['graphics']
}

const x = { Xvfb: 'xvfb', xdotool: 'xdotool', import: 'imagemagick' }
const around = (pixels: number) => ({ left: pixels, top: pixels, right: pixels, bottom: pixels })

const wayland = { sway: 'sway', swaymsg: 'sway', grim: 'grim', wtype: 'wtype' }

function kitty({ stage, size }: Play, program: string): readonly string[] {
  const options = {
    initial_window_width: `${size.columns}c`,
    initial_window_height: `${size.rows}c`,
    remember_window_size: 'no',
    font_family: FONT,
    font_size: '11',
    cursor_blink_interval: '0',
    window_padding_width: '0',
    enable_audio_bell: 'no',
    update_check_interval: '0',
    shell_integration: 'disabled',
    allow_remote_control: 'yes',
  }
  return [
    'kitty',
    '--config',
    'NONE',
    ...Object.entries(options).flatMap(([name, value]) => ['-o', `${name}=${value}`]),
    '--listen-on',
    `unix:${join(stage.folder, 'kitty')}`,
    program,
  ]
}

function xterm({ size }: Play, program: string): readonly string[] {
  return [
    'xterm',
    ...['-ti', 'vt340', '-fa', FONT, '-fs', '11', '-bg', 'black', '-fg', 'gray90', '+sb', '+bc', '-b', '2'],
    ...['-xrm', 'XTerm*numColorRegisters: 256', '-xrm', 'XTerm*maxGraphicSize: 4096x4096'],
    ...['-geometry', `${size.columns}x${size.rows}+0+0`, '-e', program],
  ]
}

/** In tmux, limn has all rows but the status line. */
async function openTmux(play: Play, sixel: boolean, terminal: typeof kitty): Promise<Window> {
  const { stage, size, program } = play
  const config = join(stage.folder, 'tmux.conf')
  stage.write(
    config,
    [
      'set -g allow-passthrough on',
      'set -g escape-time 10',
      'set -g destroy-unattached on',
      'set -as terminal-features ",*:RGB"',
      'set -g status-right ""',
      ...(sixel ? ['set -as terminal-features ",*:sixel"'] : []),
    ].join('\n'),
  )
  const start = join(stage.folder, 'tmux.sh')
  const tmux = ['-S', join(stage.folder, 'tmux'), '-f', config]
  stage.write(start, `#!/bin/sh\nexec tmux ${tmux.join(' ')} new-session ${program}`, 0o755)
  const window = await openX11(stage, size, terminal(play, start))
  return {
    ...window,
    async rows() {
      return stage
        .run('tmux', [...tmux, 'capture-pane', '-p'])
        .toString()
        .split('\n')
        .slice(0, -1)
    },
  }
}

const own: readonly TerminalUnderTest[] = [
  {
    name: 'kitty',
    needs: { ...x, kitty: 'kitty' },
    async open(play) {
      const window = await openX11(play.stage, play.size, kitty(play, play.program))
      const to = `unix:${join(play.stage.folder, 'kitty')}`
      return {
        ...window,
        async rows() {
          return play.stage
            .run('kitty', ['@', '--to', to, 'get-text', '--add-wrap-markers'])
            .toString()
            .split(/\r\n?|\n/)
        },
      }
    },
  },
  {
    name: 'xterm with sixel',
    needs: { ...x, xterm: 'xterm' },
    margins: around(2),
    open: (play) => openX11(play.stage, play.size, xterm(play, play.program)),
  },
  {
    name: 'foot',
    needs: { ...wayland, foot: 'foot' },
    open: ({ stage, size, program }) =>
      openFoot(stage, size, [
        'foot',
        ...[
          '-c',
          '/dev/null',
          '-o',
          `font=${FONT}:size=11`,
          '-o',
          'pad=0x0',
          '-o',
          'colors.background=000000',
        ],
        ...['-W', `${size.columns}x${size.rows}`, program],
      ]),
  },
  {
    name: 'Konsole',
    needs: { ...x, konsole: 'konsole' },
    open: ({ stage, size, program }) => {
      const options = {
        ScrollBarPosition: '2',
        TerminalColumns: String(size.columns),
        TerminalRows: String(size.rows),
        TerminalMargin: '0',
        // It would cover the picture, and the cells beside it, for a second.
        ShowTerminalSizeHint: 'false',
        HighlightScrolledLines: 'false',
        Font: `${FONT},11`,
      }
      // A separate window has tool bars, unless this file removes them.
      const plan = join(stage.home, '.local/share/kxmlgui5/konsole')
      mkdirSync(plan, { recursive: true })
      stage.write(
        join(plan, 'konsoleui.rc'),
        '<gui name="konsole" version="1000"><ToolBar name="mainToolBar" hidden="true"/><ToolBar name="sessionToolbar" hidden="true"/></gui>',
      )
      return openX11(stage, size, [
        'konsole',
        ...['--nofork', '--hide-menubar', '--hide-tabbar', '--notransparency'],
        ...Object.entries(options).flatMap(([name, value]) => ['-p', `${name}=${value}`]),
        '-e',
        program,
      ])
    },
  },
  {
    name: 'mlterm',
    margins: around(2),
    needs: { ...x, mlterm: 'mlterm' },
    open: ({ stage, size, program }) =>
      openX11(stage, size, [
        'mlterm',
        ...[
          '--fontsize=16',
          `--geometry=${size.columns}x${size.rows}`,
          '--fg=white',
          '--bg=black',
          '--sbmod=none',
        ],
        ...['--blink=false', '-e', program],
      ]),
  },
  {
    name: 'Alacritty',
    needs: { ...x, alacritty: 'alacritty' },
    open: ({ stage, size, program }) => {
      const options = [
        `window.dimensions.columns=${size.columns}`,
        `window.dimensions.lines=${size.rows}`,
        'font.size=11.0',
        `font.normal.family="${FONT}"`,
      ]
      return openX11(stage, size, [
        'alacritty',
        ...options.flatMap((option) => ['-o', option]),
        '-e',
        program,
      ])
    },
  },
  {
    name: 'VTE in Xfce',
    margins: around(1),
    needs: { ...x, 'xfce4-terminal': 'xfce4-terminal', 'dbus-run-session': 'dbus-daemon' },
    open: ({ stage, size, program }) =>
      openX11(stage, size, [
        // It needs a bus for its settings.
        'dbus-run-session',
        ...[
          '--',
          'xfce4-terminal',
          '--disable-server',
          '--hide-menubar',
          '--hide-borders',
          '--hide-scrollbar',
        ],
        ...[`--font=${FONT} 11`, `--geometry=${size.columns}x${size.rows}`],
        ...['--color-bg=#000000', '--color-text=#e5e5e5', `--command=${program}`],
      ]),
  },
  {
    name: 'xterm.js in Chromium',
    fractional: true,
    needs: { chromium: 'chromium' },
    open: ({ stage, size, program }) => openBrowser(stage, size, [program]),
  },
  {
    name: 'tmux in kitty',
    needs: { ...x, kitty: 'kitty', tmux: 'tmux' },
    taken: 1,
    open: (play) => openTmux(play, false, kitty),
  },
  {
    name: 'screen in xterm',
    needs: { ...x, xterm: 'xterm', screen: 'screen' },
    margins: around(2),
    open: (play) => {
      const { stage, size, program } = play
      const config = join(stage.folder, 'screenrc')
      stage.write(config, ['startup_message off', 'defutf8 on', 'term screen-256color'].join('\n'))
      const start = join(stage.folder, 'screen.sh')
      stage.write(start, `#!/bin/sh\nTERM=xterm-256color exec screen -c ${config} ${program}`, 0o755)
      return openX11(stage, size, xterm(play, start))
    },
  },
  {
    name: 'tmux in xterm',
    needs: { ...x, xterm: 'xterm', tmux: 'tmux' },
    margins: around(2),
    taken: 1,
    open: (play) => openTmux(play, true, xterm),
  },
]

/** Protocols that a terminal has but the table does not prefer. */
const otherProtocols = {
  Konsole: ['sixel', 'iterm2'],
  mlterm: ['iterm2'],
  'xterm.js in Chromium': ['iterm2'],
} as const

export const terminals: readonly TerminalUnderTest[] = [
  ...own,
  ...Object.entries(otherProtocols).flatMap(([name, ways]) =>
    own
      .filter((terminal) => terminal.name === name)
      .flatMap((terminal) =>
        ways.map((graphics) => ({ ...terminal, name: `${name} by ${graphics}`, graphics })),
      ),
  ),
]
