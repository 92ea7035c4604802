// What a terminal would show: decodes kitty's, iTerm2's, sixel and block output to pixels.
import { readFile } from 'node:fs/promises'
import zlib from 'node:zlib'
import headless from '@xterm/headless'
import sharp from 'sharp'
import { expect } from 'vitest'
import { palette } from '../../../src/terminal/pictures/palette.ts'
import { octants } from '../blocks/octants.ts'

/** `pixels`: red, green and blue bytes. */
export type Picture = { width: number; height: number; pixels: Uint8Array }

export async function fromFile(bytes: Uint8Array): Promise<Picture> {
  const { data, info } = await sharp(bytes)
    .removeAlpha()
    .toColourspace('srgb')
    .raw()
    .toBuffer({ resolveWithObject: true })
  return { width: info.width, height: info.height, pixels: data }
}

type KittyCommand = { keys: Record<string, string>; payload: Buffer }

/** The commands of kitty's protocol, with their payloads joined. */
export function kittyCommands(sequence: string): KittyCommand[] {
  const commands: KittyCommand[] = []
  let base64 = ''
  let keys: Record<string, string> | undefined
  const rest = sequence.replace(
    /\x1b_G([^;\x1b]*)(?:;([^\x1b]*))?\x1b\\/g,
    (_, control: string, data = '') => {
      expect(data.length).toBeLessThanOrEqual(4096)
      const own = Object.fromEntries(control.split(',').map((pair) => pair.split('=')))
      keys ??= own
      base64 += data
      if (own.m === '1') expect(data.length % 4).toBe(0)
      else {
        commands.push({ keys: keys!, payload: Buffer.from(base64, 'base64') })
        base64 = ''
        keys = undefined
      }
      return ''
    },
  )
  expect(rest).toBe('')
  return commands
}

/** The image of a command that transmits one. */
export async function kittyPicture({ keys, payload }: KittyCommand): Promise<Picture> {
  if (keys.f === '100') return fromFile(payload)
  const stored = keys.t === 't' ? await readFile(payload.toString()) : payload
  const data = keys.o === 'z' ? zlib.inflateSync(stored) : stored
  const channels = Number(keys.f) / 8
  const [width, height] = [Number(keys.s), Number(keys.v)]
  expect(data.length).toBe(width * height * channels)
  const pixels = Uint8Array.from({ length: width * height * 3 }, (_, at) => {
    return data[Math.floor(at / 3) * channels + (at % 3)]!
  })
  return { width, height, pixels }
}

/** The image file and its keys, from one sequence or from several parts. */
export function iterm2File(sequence: string): { keys: Record<string, string>; bytes: Buffer } {
  const parts = [...sequence.matchAll(/\x1b\]1337;([^\x07]*)\x07/g)].map(([, body]) => body!)
  expect(parts.map((part) => `\x1b]1337;${part}\x07`).join('')).toBe(sequence)
  const [, control, first = ''] = /^(?:Multipart)?File=([^:]*):?(.*)$/.exec(parts[0]!)!
  const base64 = parts.slice(1).map((part) => part.replace(/^FilePart=|^FileEnd$/, ''))
  const keys = Object.fromEntries(control!.split(';').map((pair) => pair.split('=')))
  const bytes = Buffer.from([first, ...base64].join(''), 'base64')
  expect(bytes.length).toBe(Number(keys.size))
  return { keys, bytes }
}

/** DEC's sixel (VT330/VT340 Programmer Reference, chapter 14). */
export function sixelPicture(sequence: string): Picture & { colours: number } {
  const [, width, height, body] = /^\x1bP0;1;q"1;1;(\d+);(\d+)([\s\S]*)\x1b\\$/.exec(sequence)!
  const picture = { width: Number(width), height: Number(height) }
  const pixels = new Uint8Array(picture.width * picture.height * 3)
  const palette = new Map<number, number[]>()
  let [x, y, colour, painted] = [0, 0, 0, 0]
  for (const [piece, number, definition, repeat, sixel] of body!.matchAll(
    /#(\d+)(;2;\d+;\d+;\d+)?|(?:!(\d+))?([?-~])|\$|-/g,
  )) {
    if (definition) {
      palette.set(
        Number(number),
        definition
          .split(';')
          .slice(2)
          .map((percent) => Math.round((Number(percent) * 255) / 100)),
      )
    }
    if (number) colour = Number(number)
    else if (piece === '$') x = 0
    else if (piece === '-') [x, y] = [0, y + 6]
    else {
      const bits = sixel!.charCodeAt(0) - 63
      for (let left = Number(repeat ?? 1); left > 0; left--, x++) {
        for (let bit = 0; bit < 6; bit++) {
          if (!((bits >> bit) & 1)) continue
          if (x >= picture.width || y + bit >= picture.height) throw new Error('a sixel outside the picture')
          pixels.set(palette.get(colour)!, ((y + bit) * picture.width + x) * 3)
          painted++
        }
      }
    }
  }
  expect(painted).toBe(picture.width * picture.height)
  return { ...picture, pixels, colours: palette.size }
}

/** Pixels of a cell: its halves, thirds, quarters and eighths are whole numbers of them. */
const cell = { width: 8, height: 24 }

const quadrants = ' ▘▝▀▖▌▞▛▗▚▐▜▄▙▟█'

/** Whether a glyph fills a point, given in fractions of the cell; by the characters' names in Unicode. */
export function fills(glyph: string, x: number, y: number): boolean {
  const below = ' ▁▂▃▄▅▆▇'.indexOf(glyph)
  if (below >= 0) return y >= 1 - below / 8
  const left = '█▉▊▋▌▍▎▏'.indexOf(glyph)
  if (left >= 0) return x < 1 - left / 8
  const mask = [...quadrants].indexOf(glyph)
  if (mask >= 0) return ((mask >> (Math.floor(y * 2) * 2 + Math.floor(x * 2))) & 1) === 1
  const octant = octants.get(glyph)
  if (octant !== undefined) return ((octant >> (Math.floor(y * 4) * 2 + Math.floor(x * 2))) & 1) === 1
  let number = glyph.codePointAt(0)! - 0x1fb00 + 1
  if (number <= 0 || number > 60) throw new Error(`no block: ${glyph}`)
  // The sextants leave out the two halves, 135 and 246.
  if (number >= 0b010101) number++
  if (number >= 0b101010) number++
  return ((number >> (Math.floor(y * 3) * 2 + Math.floor(x * 2))) & 1) === 1
}

const masks = new Map<string, boolean[]>()

function maskOf(glyph: string): boolean[] {
  const known = masks.get(glyph)
  if (known) return known
  const mask = Array.from({ length: cell.width * cell.height }, (_, at) =>
    fills(glyph, ((at % cell.width) + 0.5) / cell.width, (Math.floor(at / cell.width) + 0.5) / cell.height),
  )
  masks.set(glyph, mask)
  return mask
}

/** The picture of lines of blocks; white on black without colours. */
export async function blocksPicture(lines: readonly string[], columns: number): Promise<Picture> {
  const rows = lines.length
  const terminal = new headless.Terminal({ cols: columns + 2, rows: rows + 1, allowProposedApi: true })
  await new Promise<void>((done) => terminal.write(lines.join('\r\n'), done))
  const width = columns * cell.width
  const pixels = new Uint8Array(width * rows * cell.height * 3)
  for (let row = 0; row < rows; row++) {
    const line = terminal.buffer.active.getLine(row)!
    expect(line.getCell(columns)!.getChars()).toBe('')
    for (let column = 0; column < columns; column++) {
      const shown = line.getCell(column)!
      const rgb = (colour: number) => [colour >> 16, (colour >> 8) & 255, colour & 255]
      const [ink, paper] = [shown.getFgColor(), shown.getBgColor()]
      const front = shown.isFgDefault() ? [255, 255, 255] : shown.isFgPalette() ? palette[ink]! : rgb(ink)
      const back = shown.isBgDefault() ? [0, 0, 0] : shown.isBgPalette() ? palette[paper]! : rgb(paper)
      const mask = maskOf(shown.getChars() || ' ')
      for (let y = 0; y < cell.height; y++) {
        for (let x = 0; x < cell.width; x++) {
          const inside = mask[y * cell.width + x]
          const at = ((row * cell.height + y) * width + column * cell.width + x) * 3
          pixels.set(inside ? front : back, at)
        }
      }
    }
  }
  terminal.dispose()
  return { width, height: rows * cell.height, pixels }
}
