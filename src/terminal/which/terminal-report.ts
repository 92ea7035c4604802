// What a bug report about pictures needs to say about a terminal: what it answered, what was chosen, and why.
import type { Graphics, Protocol } from '../../core/graphics.ts'
import { choose, rowInUse } from './choose.ts'
import { EVIDENCE } from './evidence.ts'
import { hintFor } from './hint.ts'
import type { Terminal } from './probe.ts'

export type GraphicsChoice = {
  /** The user's setting, from --graphics or /set. */
  readonly wanted: Graphics
  readonly chosen: Protocol | 'none'
  readonly why: string
}

export function choiceOf(terminal: Terminal, wanted: Graphics): GraphicsChoice {
  const chosen = choose(terminal, wanted)
  const own = terminal.protocols[0] ?? 'none'
  if (wanted !== 'auto') {
    return { wanted, chosen, why: `graphics is set to ${wanted}; auto would choose ${own}` }
  }
  const row = rowInUse(terminal)
  const { how, where } = row.known
  const leftOut = row.protocols.filter((one) => !terminal.protocols.includes(one))
  const without = leftOut.length === 0 ? '' : `, without ${leftOut.join(' and ')}, ${denialOf(terminal)}`
  return { wanted, chosen, why: `best for "${row.terminal}" (${how}: ${where})${without}` }
}

function denialOf({ complete }: Terminal): string {
  return complete ? 'which it does not report' : 'because it has not answered'
}

/** The rows of a list with two columns. */
export function terminalRows(terminal: Terminal, wanted: Graphics): readonly (readonly [string, string])[] {
  const { brand, version, multiplexer, outer, columns, rows, cell, colours, protocols } = terminal
  const { chosen, why } = choiceOf(terminal, wanted)
  const hint = hintFor(terminal, wanted)
  const through = multiplexer === 'none' ? '' : ` in ${multiplexer}`
  const around = outer ? `, in ${named(outer)}` : ''
  const details = protocols.flatMap((protocol) => EVIDENCE[protocol].detail?.(terminal) ?? [])
  return [
    ['terminal', `${named({ brand, ...(version ? { version } : {}) })}${through}${around}`],
    ['window', `${columns} × ${rows} cells of ${cell.width} × ${cell.height} pixels`],
    ['colours', colours],
    ['supports', abilitiesOf(terminal).join(', ') || 'text only'],
    ['pictures', [protocols.join(', then ') || 'none', ...details].join('; ')],
    ['chosen', `${chosen}: ${why}`],
    ...(hint === undefined ? [] : [['hint', hint] as const]),
    ['answers', terminal.answers.map(visible).join('  ') || 'none'],
  ]
}

function named({ brand, version }: { readonly brand: string; readonly version?: string }): string {
  return version ? `${brand} ${version}` : brand
}

function abilitiesOf(terminal: Terminal): readonly string[] {
  const { links, synchronized, kittyKeyboard, filesReadable, multiplexer, passthrough } = terminal
  return [
    ...(links ? ['links'] : []),
    ...(synchronized ? ['synchronized output'] : []),
    ...(kittyKeyboard ? ["kitty's keys"] : []),
    ...(filesReadable ? ['reads local files'] : []),
    ...(multiplexer === 'tmux' && passthrough !== undefined
      ? [passthrough ? 'pictures through tmux' : 'no pictures through tmux']
      : []),
  ]
}

/** With each control character as ^ and its letter. */
function visible(answer: string): string {
  return answer.replace(/[\x00-\x1f]/g, (control) => `^${String.fromCharCode(control.charCodeAt(0) + 64)}`)
}
