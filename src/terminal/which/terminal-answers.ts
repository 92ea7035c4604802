// The queries to the terminal, and the parsing of its answers.
import { vteVersion } from './environment.ts'
import type { Brand } from './terminal-row.ts'

/** The positive answer to the query with this id: the direct one, or the one about a file. */
const kittyOk = (id: number) => new RegExp(`^\\x1b_Gi=${id};OK\\x1b\\\\$`)

const ids = { direct: 31, file: 32 }

/** Asks the terminal to try, and not show, one pixel sent directly, and one in a file of three bytes. */
export function kittyQuestion(file: string | undefined): string {
  const direct = `\x1b_Gi=${ids.direct},s=1,v=1,a=q,t=d,f=24;AAAA\x1b\\`
  if (!file) return direct
  return `${direct}\x1b_Gi=${ids.file},s=1,v=1,a=q,t=f,f=24;${Buffer.from(file).toString('base64')}\x1b\\`
}

/**
 * Asks for sixel's largest picture and its number of colour registers (XTSMGRAPHICS; xterm needs all three numbers).
 */
export const sixelQuestion = '\x1b[?2;1;0S\x1b[?1;1;0S'

/** Asks for the size of the window and of a cell, in pixels. */
export const pixelQuestion = '\x1b[14t\x1b[16t'

/** Asked last: every terminal has device attributes, and terminals answer in order. */
export const attributesQuestion = '\x1b[c'

/** The answer that comes last: `CSI ? 62 ; ... c`. */
export function isDeviceAttributes(answer: string): boolean {
  return /^\x1b\[\?[\d;]*c$/.test(answer)
}

/** An answer in pixels, which is valid only until the window's size changes. */
export function isInPixels(answer: string): boolean {
  return /^\x1b\[(\d+;\d+;\d+t|\?2;[\d;]*S)$/.test(answer)
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

export type ReadAnswers = {
  complete: boolean
  /** As it reports it (XTVERSION). */
  name?: string
  brand?: Brand
  version?: string
  kitty: boolean
  filesReadable: boolean
  /** Its device attributes include sixel. */
  sixel: boolean
  registers?: number
  /** The largest sixel picture, in pixels; in xterm, the size of the window. */
  largestSixel?: { width: number; height: number }
  cell?: { width: number; height: number }
  window?: { width: number; height: number }
  keyboard: boolean
  background?: readonly [red: number, green: number, blue: number]
}

/** Of several answers of one kind, the last counts. */
export function readAnswers(answers: readonly string[]): ReadAnswers {
  const last = (pattern: RegExp) => {
    for (let at = answers.length - 1; at >= 0; at--) {
      const found = pattern.exec(answers[at]!)
      if (found) return found
    }
    return undefined
  }
  const size = (found: RegExpExecArray | undefined, width: number, height: number) => {
    const pixels = { width: Number(found?.[width]), height: Number(found?.[height]) }
    return pixels.width > 0 && pixels.height > 0 ? pixels : undefined
  }
  const reported = last(/^\x1bP>\|([^\x1b]*)\x1b\\$/)?.[1]
  const brand = reported === undefined ? undefined : names.find(([pattern]) => pattern.test(reported))?.[1]
  const number = reported === undefined ? undefined : /\d[\w.-]*/.exec(reported.replace(/^iTerm2/i, ''))?.[0]
  const version = number && brand === 'vte' ? vteVersion(number) : number
  const attributes = last(/^\x1b\[\?([\d;]*)c$/)?.[1]?.split(';')
  const registers = Number(last(/^\x1b\[\?1;0;(\d+)S$/)?.[1])
  const largestSixel = size(last(/^\x1b\[\?2;0;(\d+);(\d+)S$/), 1, 2)
  const cell = size(last(/^\x1b\[6;(\d+);(\d+)t$/), 2, 1)
  const window = size(last(/^\x1b\[4;(\d+);(\d+)t$/), 2, 1)
  const background = colourOf(last(/^\x1b\]11;rgba?:([\da-f/]+)(?:\x07|\x1b\\)$/i)?.[1])
  return {
    complete: attributes !== undefined,
    ...(reported === undefined ? {} : { name: reported }),
    ...(brand ? { brand } : {}),
    ...(version ? { version } : {}),
    kitty: last(kittyOk(ids.direct)) !== undefined,
    filesReadable: last(kittyOk(ids.file)) !== undefined,
    sixel: attributes?.slice(1).includes('4') ?? false,
    ...(registers > 0 ? { registers } : {}),
    ...(largestSixel ? { largestSixel } : {}),
    ...(cell ? { cell } : {}),
    ...(window ? { window } : {}),
    keyboard: last(/^\x1b\[\?\d+u$/) !== undefined,
    ...(background ? { background } : {}),
  }
}

/** `rgb:ffff/8080/0000`, each part with one to four digits, as bytes. */
function colourOf(text: string | undefined): readonly [number, number, number] | undefined {
  const parts = text?.split('/').slice(0, 3)
  if (parts?.length !== 3 || parts.some((part) => !/^[\da-f]{1,4}$/i.test(part))) return undefined
  const [red, green, blue] = parts.map((part) =>
    Math.round((Number.parseInt(part, 16) * 255) / (16 ** part.length - 1)),
  )
  return [red!, green!, blue!]
}
