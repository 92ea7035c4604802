// What the environment says about the terminal: a first guess, before it has answered.
import { brands } from './brands.ts'
import type { Brand, Colours, Multiplexer } from './terminal-row.ts'
import { atLeast } from './terminal-version.ts'

export type Environment = Record<string, string | undefined>

const names = Object.keys(brands) as readonly Brand[] // Object.keys is typed as string[]

// TERM comes first: a shell in an xterm that was started from kitty still has kitty's variables.
export function brandFromEnvironment(env: Environment): { brand: Brand; version?: string } {
  const term = env.TERM ?? ''
  const program = env.TERM_PROGRAM ?? ''
  const version = env.TERM_PROGRAM_VERSION
  const withVersion = version ? { version } : {}
  if (term === 'dumb') return { brand: 'dumb' }
  if (term === 'linux') return { brand: 'linux-console' }
  if (term === 'xterm-kitty') return { brand: 'kitty' }
  if (term === 'xterm-ghostty') return { brand: 'ghostty', ...(program === 'ghostty' ? withVersion : {}) }
  const byTerm = (['foot', 'alacritty', 'mlterm', 'rio', 'wezterm'] as const).find((one) =>
    new RegExp(`^${one}\\b`).test(term),
  )
  if (byTerm) return { brand: byTerm }
  const byProgram = names.find((one) => program !== '' && brands[one].program === program)
  if (byProgram) return { brand: byProgram, ...withVersion }
  if (env.LC_TERMINAL === 'iTerm2') return { brand: 'iterm2' }
  const xterm = /^XTerm\((\d+)\)/.exec(env.XTERM_VERSION ?? '')?.[1]
  if (xterm) return { brand: 'xterm', version: xterm }
  if (env.KONSOLE_VERSION) return konsole(env.KONSOLE_VERSION)
  if (env.MLTERM) return { brand: 'mlterm' }
  if (env.VTE_VERSION) return { brand: 'vte', version: vteVersion(env.VTE_VERSION) }
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

export function multiplexerFromEnvironment(env: Environment): Multiplexer {
  const term = env.TERM ?? ''
  if (env.TMUX || term.startsWith('tmux')) return 'tmux'
  if (env.ZELLIJ) return 'zellij'
  return env.STY || term.startsWith('screen') ? 'screen' : 'none'
}

export function isTruecolor(brand: Brand, version: string | undefined): boolean {
  const { truecolor = false } = brands[brand]
  return typeof truecolor === 'string' ? atLeast(version, truecolor) : truecolor
}

export function coloursOf(
  env: Environment,
  brand: Brand,
  version: string | undefined,
  multiplexer: Multiplexer,
): Colours {
  // FORCE_COLOR overrides NO_COLOR, as in Node, and applies to a dumb terminal too.
  const forced = env.FORCE_COLOR
  if (forced === '0' || forced === 'false') return 'none'
  if (forced === '1') return '16'
  if (forced === '2') return '256'
  if (forced === '3') return 'truecolor'
  const force = forced !== undefined // '' and 'true': as many colours as the terminal has, and at least some
  if (!force && env.NO_COLOR) return 'none'
  if (brand === 'dumb') return force ? '16' : 'none'
  if (/^(truecolor|24bit)$/.test(env.COLORTERM ?? '')) return 'truecolor'
  if (multiplexer === 'none') {
    if (isTruecolor(brand, version)) return 'truecolor'
    // mlterm and Apple's Terminal misread 24-bit colours (mlterm: seen).
    if (brand === 'mlterm' || brand === 'apple-terminal') return '256'
  }
  const term = env.TERM ?? ''
  if (term.includes('256')) return '256'
  if (term.includes('direct')) return 'truecolor'
  if (term !== '') return '16'
  return env.OS === 'Windows_NT' ? 'truecolor' : force ? '16' : 'none'
}

/** 6800 -> 0.68.0: the form that VTE and its environment variable use. */
export function vteVersion(version: string): string {
  return version.replace(/^(\d+)(\d\d)(\d\d)$/, '$1.$2.$3').replace(/^(\d\d)(\d\d)$/, '0.$1.$2')
}
