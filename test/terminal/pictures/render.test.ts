import headless from '@xterm/headless'
import fc from 'fast-check'
import sharp from 'sharp'
import stringWidth from 'string-width'
import { describe, expect, test } from 'vitest'
import { diacritics } from '../../../src/terminal/pictures/diacritics.ts'
import { DRIVERS } from '../../../src/terminal/pictures/drivers.ts'
import { deleteImage, imageIdAt } from '../../../src/terminal/pictures/kitty-commands.ts'
import { transmit } from '../../../src/terminal/pictures/kitty-placeholders.ts'
import { reserve } from '../../../src/terminal/pictures/printed.ts'
import { type PictureOptions, picture } from '../../../src/terminal/pictures/render.ts'
import { createSent } from '../../../src/terminal/pictures/sent.ts'
import { choose } from '../../../src/terminal/which/choose.ts'
import { probeEnvironment, refine, type Terminal } from '../../../src/terminal/which/probe.ts'
import type { Colours } from '../../../src/terminal/which/terminal-row.ts'
import { noise, plain, quarters } from '../../image/samples.ts'
import { fromFile, iterm2File, kittyCommands, kittyPicture, type Picture, sixelPicture } from './decode.ts'

const base = probeEnvironment({ TERM: 'xterm-256color', COLORTERM: 'truecolor' }, { columns: 100, rows: 40 })
const kitty = refine({ ...base, cell: { width: 9, height: 18 } }, [
  '\x1bP>|kitty(0.41.1)\x1b\\',
  '\x1b_Gi=31;OK\x1b\\',
])

function show(bytes: Uint8Array, more: Partial<PictureOptions> & { terminal: Terminal }) {
  return picture(bytes, { protocol: choose(more.terminal, 'auto'), maxColumns: 60, maxRows: 20, ...more })
}

function corners({ pixels, width }: Picture, right = width, bottom = pixels.length / 3 / width) {
  const at = (x: number, y: number) => [...pixels.subarray((y * width + x) * 3, (y * width + x) * 3 + 3)]
  return [at(2, 2), at(right - 3, 2), at(2, bottom - 3), at(right - 3, bottom - 3)]
}

const red = [255, 0, 0]
const green = [0, 255, 0]
const blue = [0, 0, 255]
const white = [255, 255, 255]

describe('the table of drivers', () => {
  test('has each driver under the name of its protocol', () => {
    for (const [name, { protocol }] of Object.entries(DRIVERS)) expect(protocol).toBe(name)
  })

  test('fits every picture into its room, in its own shape and never enlarged', () => {
    const side = fc.integer({ min: 1, max: 5000 })
    const room = fc.record({
      maxColumns: fc.integer({ min: 1, max: 400 }),
      maxRows: fc.integer({ min: 1, max: 400 }),
    })
    fc.assert(
      fc.property(
        side,
        side,
        room,
        fc.constantFrom(...Object.values(DRIVERS)),
        (width, height, within, driver) => {
          const { columns, rows, pixels } = driver.fits({ width, height }, { terminal: kitty, ...within })
          expect(columns).toBeGreaterThanOrEqual(1)
          expect(rows).toBeGreaterThanOrEqual(1)
          expect(columns).toBeLessThanOrEqual(within.maxColumns)
          expect(rows).toBeLessThanOrEqual(within.maxRows)
          if (driver.protocol === 'blocks') return
          expect(pixels.width).toBeLessThanOrEqual(width)
          expect(pixels.height).toBeLessThanOrEqual(height)
          expect(columns * kitty.cell.width).toBeGreaterThanOrEqual(pixels.width)
        },
      ),
    )
  })
})

describe('kitty, with placeholders', () => {
  test('the image arrives complete, at the pixels of its cells, and each cell has its row and column', async () => {
    const shown = await show(await quarters(1800, 900), { terminal: kitty, imageId: 0x12ab34 })
    if (shown.kind !== 'text') throw new Error(shown.kind)
    expect([shown.columns, shown.rows]).toEqual([60, 15])

    const [image, place] = kittyCommands(shown.transmit)
    expect(image?.keys).toMatchObject({ a: 't', q: '2', i: String(0x12ab34) })
    expect(place?.keys).toEqual({ a: 'p', U: '1', q: '2', i: String(0x12ab34), c: '60', r: '15' })
    const drawn = await kittyPicture(image!)
    expect(drawn).toMatchObject({ width: 540, height: 270 })
    expect(corners(drawn)).toEqual([red, green, blue, white])

    expect(shown.lines).toHaveLength(15)
    for (const [row, line] of shown.lines.entries()) {
      expect(stringWidth(line)).toBe(60)
      const [, colour, cells] = /^\x1b\[38;2;(\d+;\d+;\d+)m(.*)\x1b\[39m$/.exec(line)!
      expect(colour).toBe('18;171;52')
      const marks = [...cells!.matchAll(/\u{10eeee}(.)(.)/gu)].map(([, r, c]) => [
        diacritics.indexOf(r!),
        diacritics.indexOf(c!),
      ])
      expect(marks).toEqual(Array.from({ length: 60 }, (_, column) => [row, column]))
    }
  })

  test('the table of diacritics is the same as kitty’s', () => {
    expect(diacritics).toHaveLength(297)
    expect(new Set(diacritics).size).toBe(297)
    // The start and the end of kitty's own file.
    const codes = diacritics.map((character) => character.codePointAt(0)?.toString(16))
    expect(codes.slice(0, 5)).toEqual(['305', '30d', '30e', '310', '312'])
    expect(codes.slice(-4)).toEqual(['1d1ad', '1d242', '1d243', '1d244'])
  })

  test('a picture has at most as many rows as the table has diacritics', async () => {
    const tall = await plain(20, 8000).png().toBuffer()
    const shown = await show(tall, { terminal: kitty, maxRows: 1000 })
    expect(shown).toMatchObject({ kind: 'text', rows: 297 })
  })

  test('image ids have 24 bits and are never 0, wherever they start', () => {
    for (const random of [0, 0.5, 0.999999999]) {
      for (const offset of [0, 1, 0xfffffe, 0xffffff]) {
        expect(imageIdAt(random, offset)).toBeGreaterThan(0)
        expect(imageIdAt(random, offset)).toBeLessThanOrEqual(0xffffff)
      }
    }
  })

  test('a large image is sent in chunks that can be joined again', async () => {
    const png = await noise(200, 200).png().toBuffer()
    const sequences = transmit({ kind: 'png', bytes: png }, 7, 20, 10)
    expect(sequences.length).toBeGreaterThan(20)
    expect(kittyCommands(sequences.join(''))[0]?.payload.equals(png)).toBe(true)
  })
})

describe('kitty, drawn over the cells', () => {
  test('exactly as large as its cells, so that it is not stretched, and the cursor stays', async () => {
    const terminal = refine(kitty, ['\x1bP>|kitty(0.26.5)\x1b\\'])
    const shown = await show(await quarters(500, 300), { terminal, maxColumns: 30, maxRows: 10 })
    if (shown.kind !== 'raw') throw new Error(shown.kind)
    const [image] = kittyCommands(shown.sequence)
    expect(image?.keys).toMatchObject({
      a: 'T',
      q: '2',
      C: '1',
      c: String(shown.columns),
      r: String(shown.rows),
    })
    const drawn = await kittyPicture(image!)
    expect([drawn.width, drawn.height]).toEqual([shown.columns * 9, shown.rows * 18])
    expect(corners(drawn, 270, 162)).toEqual([red, green, blue, white])
  })

  test('a picture smaller than its room is not enlarged', async () => {
    const shown = await show(await quarters(90, 36), { terminal: kitty })
    expect(shown).toMatchObject({ columns: 10, rows: 2 })
  })
})

describe('iTerm2', () => {
  test('one sequence with the whole picture, its size in cells and in bytes', async () => {
    const shown = await show(await quarters(800, 800), { terminal: base, protocol: 'iterm2', maxRows: 10 })
    if (shown.kind !== 'raw') throw new Error(shown.kind)
    const [, keys, base64] = /^\x1b\]1337;File=([^:]*):([A-Za-z0-9+/=]*)\x07$/.exec(shown.sequence)!
    const bytes = Buffer.from(base64!, 'base64')
    expect(keys!.split(';')).toEqual([
      'inline=1',
      'width=20',
      'height=10',
      `size=${bytes.length}`,
      'preserveAspectRatio=1',
    ])
    expect(await sharp(bytes).metadata()).toMatchObject({ width: 160, height: 160 })
    const [first, , , last] = corners(await fromFile(bytes))
    expect(first![0]).toBeGreaterThan(240)
    expect(Math.min(...last!)).toBeGreaterThan(240)
  })
})

test('in VS Code, an iTerm2 picture is as high as whole rows and gets only its height, or it would be drawn higher', async () => {
  const terminal = refine(
    { ...base, brand: 'vscode', protocols: ['sixel', 'iterm2', 'blocks'], cell: { width: 8, height: 17 } },
    [],
  )
  for (const [width, height, rows] of [
    [800, 300, 10],
    [90, 60, 3],
    [40, 10, 1],
  ] as const) {
    const shown = await show(await quarters(width, height), { terminal, protocol: 'iterm2' })
    if (shown.kind !== 'raw') throw new Error(shown.kind)
    const { keys, bytes } = iterm2File(shown.sequence)
    expect([shown.rows, keys.height, keys.width]).toEqual([rows, String(rows), undefined])
    const drawn = await fromFile(bytes)
    expect(drawn.height).toBe(Math.min(height, rows * 17))
    expect(Math.abs(drawn.width / drawn.height - width / height)).toBeLessThan(0.05)
  }
})

describe('block art', () => {
  /** What a terminal shows: the two colours of each cell, as pixels. */
  async function pixelsOn(lines: readonly string[], columns: number) {
    const terminal = new headless.Terminal({ cols: 200, rows: lines.length + 2, allowProposedApi: true })
    await new Promise<void>((done) => terminal.write(lines.join('\r\n'), done))
    const pixels: number[][] = []
    for (const half of lines.flatMap((_, row) => [
      { row, upper: true },
      { row, upper: false },
    ])) {
      for (let column = 0; column < columns; column++) {
        const cell = terminal.buffer.active.getLine(half.row)!.getCell(column)!
        expect(cell.getChars()).toBe('▄')
        const colour = half.upper ? cell.getBgColor() : cell.getFgColor()
        pixels.push([colour >> 16, (colour >> 8) & 255, colour & 255])
      }
    }
    expect(terminal.buffer.active.getLine(0)!.getCell(columns)!.getChars()).toBe('')
    terminal.dispose()
    return pixels
  }

  test('the terminal shows the picture pixel for pixel, in 24 bits whatever the environment says', async () => {
    const source = await noise(640, 400).blur(20).png().toBuffer()
    const shown = await show(source, { terminal: base, maxColumns: 90, maxRows: 21 })
    if (shown.kind !== 'text') throw new Error(shown.kind)
    expect([shown.columns, shown.rows, shown.lines.length]).toEqual([67, 21, 21])
    expect(shown.transmit).toBe('')
    const pixels = await pixelsOn(shown.lines, shown.columns)
    const wanted = await sharp(source).resize(67, 42, { fit: 'fill' }).raw().toBuffer()
    const distance =
      pixels.flat().reduce((sum, value, index) => sum + Math.abs(value - wanted[index]!), 0) / wanted.length
    expect(distance).toBeLessThan(1)
  })

  test('it has exactly the requested rows and columns, even odd numbers or one', async () => {
    for (const [width, height, maxColumns, maxRows] of [
      [500, 500, 41, 13],
      [500, 20, 61, 9],
      [20, 500, 9, 7],
      [1, 1, 5, 5],
      [3, 3, 150, 90],
    ] as const) {
      const shown = await show(await plain(width, height).png().toBuffer(), {
        terminal: base,
        maxColumns,
        maxRows,
      })
      if (shown.kind !== 'text') throw new Error(shown.kind)
      expect(shown.lines).toHaveLength(shown.rows)
      for (const line of shown.lines) expect(stringWidth(line)).toBe(shown.columns)
      expect(shown.columns).toBeLessThanOrEqual(maxColumns)
      expect(shown.rows).toBeLessThanOrEqual(maxRows)
    }
  })

  test('the colours are those that the terminal has', async () => {
    const picture = await quarters(80, 80)
    const codes = async (colours: Colours) => {
      const shown = await show(picture, { terminal: { ...base, colours }, maxRows: 4 })
      return shown.kind === 'text'
        ? (shown.lines
            .join('\n')

            .match(/\x1b\[[\d;]+m/g)
            ?.filter((it) => it !== '\x1b[0m') ?? [])
        : shown.kind
    }
    expect(
      ((await codes('16')) as string[]).every((code) => /^\x1b\[((10|[349])[0-7];?)+m$/.test(code)),
    ).toBe(true)
    expect(((await codes('256')) as string[]).every((code) => /^\x1b\[([34]8;5;\d+;?)+m$/.test(code))).toBe(
      true,
    )
    expect(await codes('256')).toContain('\x1b[48;5;196m')
    expect(await codes('none')).toEqual([])
  })
})

describe('a picture in rows of its own', () => {
  test('the line before, the picture and the caption each keep their place, even at the bottom of the window', async () => {
    for (const start of [0, 8]) {
      const terminal = new headless.Terminal({ cols: 20, rows: 10, allowProposedApi: true })
      const image = 'PIC\x1b[10;20H' // an image that leaves the cursor somewhere else
      const bytes = `${'\r\n'.repeat(start)}before\r\n${reserve(4, image).replaceAll('\n', '\r\n')}caption`
      await new Promise<void>((done) => terminal.write(bytes, done))
      const buffer = terminal.buffer.active
      const lines = Array.from({ length: buffer.length }, (_, row) =>
        buffer.getLine(row)!.translateToString(true),
      ).join('\n')
      expect(lines).toMatch(/before\nPIC\n\n\n\ncaption/)
      terminal.dispose()
    }
  })

  test('nothing is shown when the user wants no pictures', async () => {
    expect(await show(await quarters(9, 9), { terminal: kitty, protocol: 'none' })).toEqual({ kind: 'none' })
  })
})

describe('a picture that the terminal has been sent', () => {
  test('is not sent again: the same image at the same size is only text', async () => {
    const sent = createSent(0.5)
    const bytes = await quarters(300, 300)
    const first = await show(bytes, { terminal: kitty, sent, maxRows: 5 })
    const again = await show(bytes, { terminal: kitty, sent, maxRows: 5 })
    const larger = await show(bytes, { terminal: kitty, sent, maxRows: 6 })
    if (first.kind !== 'text' || again.kind !== 'text' || larger.kind !== 'text') throw new Error('no text')
    expect(first.transmit).not.toBe('')
    expect(again).toEqual({ ...first, transmit: '' })
    expect(larger.transmit).not.toBe('')
    const idIn = ({ transmit }: typeof first) => /\bi=(\d+)/.exec(transmit)?.[1]
    expect(idIn(larger)).not.toBe(idIn(first))
  })

  test('is sent again when so much came after it that the terminal may have dropped it', () => {
    const sent = createSent(0.5)
    const id = sent.take('v1', 10_000_000)
    expect(sent.recall('v1')).toBe(id)
    for (const name of ['v2', 'v3', 'v4', 'v5']) sent.take(name, 10_000_000)
    expect(sent.recall('v1')).toBeUndefined()
    expect(sent.recall('v5')).toBeDefined()
  })

  test('goes through tmux piece by piece', async () => {
    const tmux = refine(
      probeEnvironment({ TERM: 'tmux-256color', TMUX: 'x' }, { columns: 100, rows: 40 }),
      ['\x1bP>|tmux 3.5a\x1b\\', '\x1b[?1;2;4c'],
      ['\x1bP>|kitty(0.41.1)\x1b\\', '\x1b_Gi=31;OK\x1b\\', '\x1b[?62;c'],
    )
    const shown = await show(await noise(300, 300).png().toBuffer(), { terminal: tmux })
    if (shown.kind !== 'text') throw new Error(shown.kind)
    const pieces = shown.transmit.match(/\x1bPtmux;.*?[^\x1b]\x1b\\/gs)!
    expect(pieces.join('')).toBe(shown.transmit)
    const inside = pieces.map((piece) => piece.slice(7, -2).replaceAll('\x1b\x1b', '\x1b')).join('')
    expect(kittyCommands(inside)).toHaveLength(2)
  })

  test('is deleted by its own id', () => {
    expect(deleteImage(7)).toBe('\x1b_Ga=d,d=I,i=7,q=2\x1b\\')
  })

  test('has at most 2.5 MB, in the same cells', async () => {
    const bytes = await noise(2000, 1400).png().toBuffer()
    const terminal = { ...kitty, cell: { width: 16, height: 32 } }
    const shown = await show(bytes, { terminal, maxColumns: 120, maxRows: 40 })
    if (shown.kind !== 'text') throw new Error(shown.kind)
    expect(shown.transmit.length).toBeGreaterThan(1_500_000)
    expect(shown.transmit.length).toBeLessThan(2_600_000)
    expect([shown.columns, shown.rows]).toEqual([115, 40])
  })

  test.each([
    ['iterm2', { width: 16, height: 32 }],
    ['sixel', { width: 8, height: 16 }],
  ] as const)('has no more with %s', async (protocol, cell) => {
    const bytes = await noise(1700, 1200).png().toBuffer()
    const shown = await show(bytes, {
      terminal: { ...base, cell },
      protocol,
      maxColumns: 106,
      maxRows: 37,
    })
    if (shown.kind !== 'raw') throw new Error(shown.kind)
    expect(shown.sequence.length).toBeGreaterThan(1_000_000)
    expect(shown.sequence.length).toBeLessThan(2_600_000)
  })

  test('is sent to iTerm2 3.5 in parts if it is large', async () => {
    const bytes = await noise(1200, 900).png().toBuffer()
    const terminal: Terminal = { ...base, brand: 'iterm2', version: '3.5.4', protocols: ['iterm2', 'blocks'] }
    const shown = await show(bytes, { terminal, maxColumns: 150, maxRows: 56 })
    if (shown.kind !== 'raw') throw new Error(shown.kind)
    expect(shown.sequence).toMatch(/^\x1b\]1337;MultipartFile=/)
    expect(await fromFile(iterm2File(shown.sequence).bytes)).toMatchObject({ width: 1195, height: 896 })
  })
})

describe('transparent pixels', () => {
  const clear = () => plain(160, 160, '#00000000').png().toBuffer()
  const colours = (drawn: Picture) =>
    new Set(Array.from({ length: drawn.pixels.length / 3 }, (_, at) => drawn.pixels[at * 3]))

  test('are shown over a checkerboard', async () => {
    const sixel = await show(await clear(), { terminal: base, protocol: 'sixel', maxRows: 10 })
    if (sixel.kind !== 'raw') throw new Error(sixel.kind)
    expect([...colours(sixelPicture(sixel.sequence))].sort()).toEqual([102, 153])
    const direct = await show(await clear(), { terminal: kitty, protocol: 'kitty', maxRows: 8 })
    if (direct.kind !== 'raw') throw new Error(direct.kind)
    expect([...colours(await kittyPicture(kittyCommands(direct.sequence)[0]!))].sort()).toEqual([102, 153])
  })

  test('or over the background that the terminal reported', async () => {
    const terminal: Terminal = { ...base, background: [255, 255, 255], glyphs: 'quadrants' }
    const shown = await show(await clear(), { terminal, transparency: 'background', maxRows: 4 })
    if (shown.kind !== 'text') throw new Error(shown.kind)
    expect(shown.lines[0]).toBe(`\x1b[48;2;255;255;255m${' '.repeat(shown.columns)}\x1b[0m`)
  })
})

test('a grey image is shown as it is', async () => {
  const grey = await plain(100, 100, '#808080').toColourspace('b-w').png().toBuffer()
  const shown = await show(grey, { terminal: base, maxRows: 2 })
  if (shown.kind !== 'text') throw new Error(shown.kind)
  expect(shown.lines[0]).toContain('128;128;128')
  const direct = await show(grey, { terminal: kitty, maxRows: 2 })
  if (direct.kind !== 'text') throw new Error(direct.kind)
  const drawn = await kittyPicture(kittyCommands(direct.transmit)[0]!)
  expect(new Set(drawn.pixels.subarray(0, 30))).toEqual(new Set([128]))
})
