// The table: which terminal has which graphics protocols, the best first.

export type Brand =
  | 'kitty'
  | 'ghostty'
  | 'konsole'
  | 'wezterm'
  | 'iterm2'
  | 'mintty'
  | 'vscode'
  | 'tabby'
  | 'warp'
  | 'foot'
  | 'xterm'
  | 'mlterm'
  | 'rio'
  | 'alacritty'
  | 'windows-terminal'
  | 'apple-terminal'
  | 'vte'
  | 'linux-console'
  | 'dumb'
  | 'unknown'

export type Multiplexer = 'none' | 'tmux' | 'screen' | 'zellij'
export type Colours = 'truecolor' | '256' | '16' | 'none'

/** 'kitty-placeholders' and 'blocks' are text, which scrolls and reflows; 'kitty' and 'iterm2' lie over the cells. */
export type Protocol = 'kitty-placeholders' | 'kitty' | 'iterm2' | 'blocks' | 'none'
/** What the user asks for with --graphics. */
export type Graphics = 'auto' | 'kitty' | 'iterm2' | 'blocks' | 'none'

export type Displayer = {
  brand: Brand
  /** As the terminal says it: 0.41.1, 22.12.3, 20240203-110809. */
  version?: string
  multiplexer: Multiplexer
  colours: Colours
  protocols: readonly Protocol[]
}

/** "0.41.1" >= "0.28"? An unknown version is not. */
export function atLeast(version: string | undefined, wanted: string): boolean {
  if (!version) return false
  const parts = version.split(/[^\d]+/).map(Number)
  for (const [index, part] of wanted.split('.').map(Number).entries()) {
    const mine = parts[index] ?? 0
    if (mine !== part) return mine > part
  }
  return true
}

// Support for placeholders cannot be asked: Konsole and kitty 0.26 answer OK to every query and then draw garbage
// (seen). So it takes a terminal that says its name and version itself.
function hasPlaceholders(brand: Brand, version: string | undefined): boolean {
  return brand === 'ghostty' || (brand === 'kitty' && atLeast(version, '0.28'))
}

/** `asked`: what the terminal answered to the kitty query, when it has answered the questions. */
export function protocolsOf(
  terminal: Pick<Displayer, 'brand' | 'version' | 'multiplexer'>,
  asked?: { kitty: boolean },
): Protocol[] {
  if (terminal.brand === 'dumb') return ['none']
  if (terminal.multiplexer !== 'none') return ['blocks']
  const kitty: Protocol[] = asked?.kitty === false ? [] : ['kitty']
  switch (terminal.brand) {
    case 'kitty': // 0.26.5 and 0.41.1 seen
    case 'ghostty': // read
      return hasPlaceholders(terminal.brand, terminal.version) && kitty.length > 0
        ? ['kitty-placeholders', ...kitty, 'blocks']
        : [...kitty, 'blocks']
    case 'konsole': // 22.12 and 25.04 seen; kitty's protocol since 22.04
      return [...kitty, 'blocks']
    case 'wezterm': // read
    case 'iterm2': // read
    case 'mintty': // read
    case 'vscode': // seen in xterm.js with its image addon
    case 'tabby': // read
    case 'warp': // read
      return ['iterm2', 'blocks']
    case 'unknown': // the direct protocol only when the terminal itself said that it has it
      return asked?.kitty ? ['kitty', 'blocks'] : ['blocks']
    case 'foot':
    case 'xterm':
    case 'mlterm':
    case 'rio':
    case 'alacritty':
    case 'windows-terminal':
    case 'apple-terminal':
    case 'vte':
    case 'linux-console':
      return ['blocks']
  }
}

export function choose(terminal: Displayer, wanted: Graphics): Protocol {
  const blocks: Protocol = terminal.colours === 'none' ? 'none' : 'blocks'
  switch (wanted) {
    case 'auto': {
      const best = terminal.protocols[0] ?? 'none'
      return best === 'blocks' ? blocks : best
    }
    case 'kitty':
      return hasPlaceholders(terminal.brand, terminal.version) ? 'kitty-placeholders' : 'kitty'
    case 'iterm2':
      return 'iterm2'
    case 'blocks':
      return blocks
    case 'none':
      return 'none'
  }
}
