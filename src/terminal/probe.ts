// What this terminal is and can: first from its environment, then from its own answers.
import {
  atLeast,
  type Brand,
  type Colours,
  type Displayer,
  type Multiplexer,
  protocolsOf,
} from './graphics.ts'

export type Terminal = Displayer & {
  columns: number
  rows: number
  /** Pixels. */
  cell: { width: number; height: number }
  /** The user's FORCE_COLOR or NO_COLOR said how many colours: the terminal's answers do not change it. */
  coloursFixed?: true
  /** It shows OSC 8 hyperlinks. */
  links: boolean
  /** It has kitty's keyboard protocol, so that Shift-Enter can be told from Enter. */
  kittyKeyboard: boolean
}

type Environment = Record<string, string | undefined>

// The shape of most monospaced fonts, 1 to 2, for a terminal that does not tell.
const guessedCell = { width: 8, height: 16 }

const programs: Record<string, Brand> = {
  'iTerm.app': 'iterm2',
  WezTerm: 'wezterm',
  vscode: 'vscode',
  mintty: 'mintty',
  Tabby: 'tabby',
  WarpTerminal: 'warp',
  ghostty: 'ghostty',
  kitty: 'kitty',
  rio: 'rio',
  Apple_Terminal: 'apple-terminal',
}

// TERM comes first, for a shell inside xterm that was started from kitty still has kitty's variables.
function brandFromEnvironment(env: Environment): { brand: Brand; version?: string } {
  const term = env.TERM ?? ''
  const program = env.TERM_PROGRAM ?? ''
  const version = env.TERM_PROGRAM_VERSION
  const withVersion = version ? { version } : {}
  if (term === 'dumb') return { brand: 'dumb' }
  if (term === 'linux') return { brand: 'linux-console' }
  if (term === 'xterm-kitty') return { brand: 'kitty' }
  if (term === 'xterm-ghostty') return { brand: 'ghostty', ...(program === 'ghostty' ? withVersion : {}) }
  const byTerm = /^(foot|alacritty|mlterm|rio|wezterm)\b/.exec(term)?.[1]
  if (byTerm) return { brand: byTerm as Brand }
  const byProgram = programs[program]
  if (byProgram) return { brand: byProgram, ...withVersion }
  if (env.LC_TERMINAL === 'iTerm2') return { brand: 'iterm2' }
  const xterm = /^XTerm\((\d+)\)/.exec(env.XTERM_VERSION ?? '')?.[1]
  if (xterm) return { brand: 'xterm', version: xterm }
  if (env.KONSOLE_VERSION) return konsole(env.KONSOLE_VERSION)
  if (env.MLTERM) return { brand: 'mlterm' }
  if (env.VTE_VERSION) return { brand: 'vte', version: env.VTE_VERSION }
  if (env.WT_SESSION) return { brand: 'windows-terminal' }
  if (env.WEZTERM_PANE) return { brand: 'wezterm' }
  if (env.GHOSTTY_RESOURCES_DIR) return { brand: 'ghostty' }
  if (env.KITTY_WINDOW_ID) return { brand: 'kitty' }
  return { brand: 'unknown' }
}

/** 221203 -> 22.12.03 */
function konsole(version: string): { brand: Brand; version: string } {
  return { brand: 'konsole', version: version.replace(/^(\d\d)(\d\d)(\d\d)$/, '$1.$2.$3') }
}

function multiplexerFromEnvironment(env: Environment): Multiplexer {
  const term = env.TERM ?? ''
  if (env.TMUX || term.startsWith('tmux')) return 'tmux'
  if (env.ZELLIJ) return 'zellij'
  return env.STY || term.startsWith('screen') ? 'screen' : 'none'
}

const truecolorBrands: ReadonlySet<Brand> = new Set([
  'kitty',
  'ghostty',
  'konsole',
  'wezterm',
  'iterm2',
  'mintty',
  'vscode',
  'tabby',
  'warp',
  'foot',
  'rio',
  'alacritty',
  'windows-terminal',
  'vte',
])

function isTruecolor(brand: Brand, version: string | undefined): boolean {
  // xterm shows SGR 38;2 in full since patch 331 (seen in 379), whatever its TERM says.
  return truecolorBrands.has(brand) || (brand === 'xterm' && atLeast(version, '331'))
}

function coloursOf(
  env: Environment,
  brand: Brand,
  version: string | undefined,
  multiplexer: Multiplexer,
): Colours {
  // FORCE_COLOR goes before NO_COLOR, as in Node; what is forced holds for a dumb terminal too.
  const forced = env.FORCE_COLOR
  if (forced === '0' || forced === 'false') return 'none'
  if (forced === '1') return '16'
  if (forced === '2') return '256'
  if (forced === '3') return 'truecolor'
  const force = forced !== undefined // '' and 'true': some colour, as much as is there
  if (!force && env.NO_COLOR) return 'none'
  if (brand === 'dumb') return force ? '16' : 'none'
  if (/^(truecolor|24bit)$/.test(env.COLORTERM ?? '')) return 'truecolor'
  if (multiplexer === 'none') {
    if (isTruecolor(brand, version)) return 'truecolor'
    // mlterm and Apple's Terminal take 24-bit colours for others (mlterm: seen).
    if (brand === 'mlterm' || brand === 'apple-terminal') return '256'
  }
  const term = env.TERM ?? ''
  if (term.includes('256')) return '256'
  if (term.includes('direct')) return 'truecolor'
  if (term !== '') return '16'
  return env.OS === 'Windows_NT' ? 'truecolor' : force ? '16' : 'none'
}

const linkBrands: ReadonlySet<Brand> = new Set([
  'kitty',
  'ghostty',
  'konsole',
  'wezterm',
  'iterm2',
  'mintty',
  'vscode',
  'foot',
  'rio',
  'alacritty',
  'windows-terminal',
  'vte',
])

const keyboardBrands: ReadonlySet<Brand> = new Set(['kitty', 'ghostty', 'foot'])

/** Only `env` and `size`: nothing is asked. */
export function probeEnvironment(env: Environment, size: { columns: number; rows: number }): Terminal {
  const multiplexer = multiplexerFromEnvironment(env)
  const { brand, version } = brandFromEnvironment(env)
  // In a multiplexer, the version that TERM_PROGRAM_VERSION tells is its own.
  const own = env.TERM_PROGRAM === 'tmux' ? env.TERM_PROGRAM_VERSION : undefined
  return {
    columns: size.columns,
    rows: size.rows,
    cell: guessedCell,
    brand,
    ...(version ? { version } : {}),
    multiplexer,
    protocols: protocolsOf({ brand, ...(version ? { version } : {}), multiplexer }),
    colours: coloursOf(env, brand, version, multiplexer),
    ...(env.FORCE_COLOR !== undefined || env.NO_COLOR ? { coloursFixed: true as const } : {}),
    links: multiplexer === 'none' ? linkBrands.has(brand) : multiplexer === 'tmux' && atLeast(own, '3.4'),
    kittyKeyboard: multiplexer === 'none' && keyboardBrands.has(brand),
  }
}

/**
 * One write; the device attributes, which every terminal has, come last and tell that no more answers will come.
 * XTVERSION, pixels of the window and of a cell, kitty's keyboard flags, kitty's graphics query in the one form that
 * no terminal was seen to print.
 */
export function queryFor(terminal: Terminal): string {
  if (terminal.brand === 'dumb' || terminal.brand === 'linux-console') return ''
  const kitty = terminal.multiplexer === 'none' ? '\x1b_Gi=31,s=1,v=1,a=q,t=d,f=24;AAAA\x1b\\' : ''
  return `\x1b[>q\x1b[14t\x1b[16t\x1b[?u${kitty}\x1b[c`
}

/** The answer that comes last: `CSI ? 62 ; ... c`. */
export function isDeviceAttributes(answer: string): boolean {
  return /^\x1b\[\?[\d;]*c$/.test(answer)
}

const names: Array<[RegExp, Brand]> = [
  [/^kitty\b/i, 'kitty'],
  [/^ghostty\b/i, 'ghostty'],
  [/^konsole\b/i, 'konsole'],
  [/^wezterm\b/i, 'wezterm'],
  [/^iterm2?\b/i, 'iterm2'],
  [/^mintty\b/i, 'mintty'],
  [/^warp\b/i, 'warp'],
  [/^foot\b/i, 'foot'],
  [/^xterm\.js\b/i, 'vscode'],
  [/^xterm\b/i, 'xterm'],
  [/^mlterm\b/i, 'mlterm'],
  [/^rio\b/i, 'rio'],
  [/^alacritty\b/i, 'alacritty'],
  [/^vte\b/i, 'vte'],
]

function namedBy(answers: readonly string[]): { name: string; version?: string } | undefined {
  for (const answer of answers) {
    const text = /^\x1bP>\|([^\x1b]*)\x1b\\$/.exec(answer)?.[1]
    if (text === undefined) continue
    const version = /\d[\w.-]*/.exec(text.replace(/^iTerm2/i, ''))?.[0]
    return { name: text, ...(version ? { version } : {}) }
  }
  return undefined
}

function cellFrom(answers: readonly string[], columns: number, rows: number): Terminal['cell'] | undefined {
  const pixels = (kind: number) => {
    for (const answer of answers) {
      const found = /^\x1b\[(\d+);(\d+);(\d+)t$/.exec(answer)
      if (Number(found?.[1]) === kind) return { width: Number(found?.[3]), height: Number(found?.[2]) }
    }
    return undefined
  }
  const cell = pixels(6)
  if (cell && cell.width > 0 && cell.height > 0) return cell
  const window = pixels(4)
  if (!window) return undefined
  const width = Math.floor(window.width / columns)
  const height = Math.floor(window.height / rows)
  return width > 0 && height > 0 ? { width, height } : undefined
}

/** What the answers to queryFor() add. They may come late, in part, or not at all. */
export function refine(terminal: Terminal, answers: readonly string[]): Terminal {
  const told = namedBy(answers)
  const multiplexer =
    told && /^tmux\b/i.test(told.name)
      ? 'tmux'
      : told && /^zellij\b/i.test(told.name)
        ? 'zellij'
        : terminal.multiplexer
  // Inside a multiplexer it is the multiplexer that answers.
  const brand =
    multiplexer === 'none' && told ? names.find(([pattern]) => pattern.test(told.name))?.[1] : undefined
  const version = brand ? told?.version : terminal.version
  const { version: _, ...rest } = terminal
  const known = { brand: brand ?? terminal.brand, ...(version ? { version } : {}), multiplexer }
  const complete = answers.some(isDeviceAttributes)
  const kitty = answers.some((answer) => /^\x1b_Gi=31;OK\x1b\\$/.test(answer))
  const keyboard = answers.some((answer) => /^\x1b\[\?\d+u$/.test(answer))
  return {
    ...rest,
    ...known,
    cell: cellFrom(answers, terminal.columns, terminal.rows) ?? terminal.cell,
    protocols: complete || kitty ? protocolsOf(known, { kitty }) : protocolsOf(known),
    colours:
      multiplexer === 'none' && !terminal.coloursFixed && isTruecolor(known.brand, version)
        ? 'truecolor'
        : terminal.colours,
    links: terminal.links || (multiplexer === 'none' && linkBrands.has(known.brand)),
    kittyKeyboard: complete ? keyboard : terminal.kittyKeyboard || keyboard,
  }
}
