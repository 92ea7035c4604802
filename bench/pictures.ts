// Pictures of 80 by 40 cells: the time that a running limn takes to draw one, against sharp's decoding of the file; the
// time of `limn show`, against other programs; how similar their drawings and limn's are to the picture; and the
// bytes of each protocol. Prints ratios, with the aims beside them; never fails.
//   node bench/pictures.ts [photo.jpg] [--painting]     with a picture of your own instead of a painted one
// `--painting` writes docs/blocks-beside-others.png.
import { spawnSync } from 'node:child_process'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import sharp, { type OverlayOptions, type Sharp } from 'sharp'
import { paint } from '../practice/painter.ts'
import type { Protocol } from '../src/core/graphics.ts'
import { samplesOf } from '../src/terminal/blocks/draw-blocks.ts'
import { printed } from '../src/terminal/pictures/printed.ts'
import { picture } from '../src/terminal/pictures/render.ts'
import { createSent } from '../src/terminal/pictures/sent.ts'
import { probeEnvironment, refine, type Terminal } from '../src/terminal/which/probe.ts'
import { lettering } from '../test/image/samples.ts'
import { colourDistance, ssim } from '../test/terminal/pictures/likeness.ts'
import { type Pixels, pixelsOf } from './glyphs.ts'
import { environmentOf, LIMN, median, medianRatio, newHome, printTable } from './measure.ts'

const PAIRS = 11
const ROUNDS = 5
const COLUMNS = 80
const ROWS = 40
const SIDES = { '1K': 1024, '2K': 2048, '4K': 4096 }
const PAINTING = 'docs/blocks-beside-others.png'

type Name = keyof typeof SIDES
type File = {
  readonly name: Name
  readonly format: 'png' | 'jpeg'
  readonly path: string
  readonly bytes: Buffer
}

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { painting: { type: 'boolean', default: false } },
})
const own = positionals[0]

const home = newHome()
// The temporary files of pictures that kitty reads itself; kitty would remove them.
process.env.TMPDIR = home
const env = environmentOf(home)
const plain: Terminal = probeEnvironment(env, { columns: 120, rows: 50 })
const kitty = refine(plain, ['\x1bP>|kitty(0.41.1)\x1b\\', '\x1b_Gi=31;OK\x1b\\', '\x1b[?62;c'])

if (values.painting) await writePainting()
else {
  const files = await makeFiles()
  await inProcess(files)
  wholePrograms(files)
  await likeness()
  await bytesSent(files)
}

/** A harbour painted by the practice engine, with grain, or the given photograph. */
async function source(side: number): Promise<Buffer> {
  if (own !== undefined)
    return sharp(own).rotate().resize(side, side, { fit: 'cover' }).removeAlpha().png().toBuffer()
  const { pixels } = await paint('a harbour at dawn', '1', { width: side, height: side })
  return sharp(pixels.data, { raw: { width: side, height: side, channels: 3 } })
    .png()
    .toBuffer()
}

async function makeFiles(): Promise<readonly File[]> {
  const files: File[] = []
  for (const name of Object.keys(SIDES) as Name[]) {
    const png = await source(SIDES[name])
    const jpeg = await sharp(png).jpeg({ quality: 95, chromaSubsampling: '4:4:4' }).toBuffer()
    for (const [format, bytes] of [['png', png] as const, ['jpeg', jpeg] as const]) {
      const path = join(home, `${name}.${format}`)
      writeFileSync(path, bytes)
      files.push({ name, format, path, bytes })
    }
  }
  return files
}

function shown(
  bytes: Uint8Array,
  terminal: Terminal,
  protocol: Protocol = 'blocks',
  cells = [COLUMNS, ROWS],
) {
  const [maxColumns = COLUMNS, maxRows = ROWS] = cells
  return picture(bytes, { terminal, protocol, maxColumns, maxRows })
}

async function inProcess(files: readonly File[]): Promise<void> {
  const rows: string[][] = []
  for (const file of files) {
    const row = [`${file.name} ${file.format}`, `${(file.bytes.length / 1e6).toFixed(1)} MB`]
    for (const glyphs of ['halves', 'sextants', 'octants'] as const) {
      const terminal: Terminal = { ...plain, glyphs }
      const cell = samplesOf(terminal)
      const [width, height] = [COLUMNS * cell.width, ROWS * cell.height]
      const ours = () => shown(file.bytes, terminal).then(printed)
      const least = () =>
        sharp(file.bytes).resize(width, height, { fit: 'fill' }).removeAlpha().raw().toBuffer()
      const times = { ours: [] as number[], least: [] as number[] }
      // The first two rounds load and compile.
      for (let pair = -2; pair < PAIRS; pair++) {
        // They alternate in who goes first.
        const first = pair % 2 === 0 ? await timed(ours) : undefined
        const sharps = await timed(least)
        const limns = first ?? (await timed(ours))
        if (pair < 0) continue
        times.ours.push(limns)
        times.least.push(sharps)
      }
      row.push(
        `${median(times.least).toFixed(1)} ms`,
        `${median(times.ours).toFixed(1)} ms`,
        `${medianRatio(times.ours, times.least).toFixed(2)} x`,
      )
    }
    rows.push(row)
  }
  printTable(
    `To blocks in a running limn, against sharp to the same samples (${PAIRS} pairs; aim: <= 1.15 x)`,
    [
      ['', 'file', 'sharp', 'halves', 'ratio', 'sharp', 'sextants', 'ratio', 'sharp', 'octants', 'ratio'],
      ...rows,
    ],
  )
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const began = performance.now()
  await work()
  return performance.now() - began
}

/** Commands that draw a file in blocks, for the programs that are installed. */
function programs(): ReadonlyMap<string, (path: string) => readonly string[]> {
  const script = join(home, 'terminal-image.mjs')
  const module = import.meta.resolve('terminal-image')
  const options = `{ width: ${COLUMNS}, height: ${ROWS}, preferNativeRender: false }`
  writeFileSync(
    script,
    `import terminalImage from ${JSON.stringify(module)}\n` +
      `process.stdout.write(await terminalImage.file(process.argv[2], ${options}))\n`,
  )
  const cells = `${COLUMNS}x${ROWS}`
  const node = process.execPath
  const all = new Map<string, (path: string) => readonly string[]>([
    ['node -e 0', () => [node, '-e', '0']],
    ['limn show', (path) => [node, LIMN, 'show', '--graphics=blocks', '--cells', cells, path]],
    ['chafa', (path) => ['chafa', '-f', 'symbols', '--size', cells, path]],
    ['timg', (path) => ['timg', '-ph', `-g${cells}`, path]],
    ['catimg', (path) => ['catimg', `-w${2 * COLUMNS}`, path]],
    ['terminal-image', (path) => [node, script, path]],
  ])
  for (const name of ['chafa', 'timg', 'catimg']) {
    const { error } = spawnSync(name, ['--help'], { stdio: 'ignore' })
    if (!error) continue
    all.delete(name)
    process.stdout.write(`\nSkipped: ${name} is not installed (apt-get install ${name}).\n`)
  }
  return all
}

/** Runs the program to its end and discards its output. */
function lifeOf([file = '', ...args]: readonly string[]): number {
  const began = performance.now()
  // A terminal in which limn draws sextants, its slowest blocks; FORCE_COLOR turns on terminal-image's colours.
  const { status, error } = spawnSync(file, args, {
    env: { ...env, TERM: 'xterm-kitty', FORCE_COLOR: '3' },
    stdio: 'ignore',
  })
  if (status !== 0) throw new Error(`${file} ${args.join(' ')} ended with ${status} ${error ?? ''}`)
  return performance.now() - began
}

function wholePrograms(files: readonly File[]): void {
  const all = programs()
  const rows: string[][] = []
  for (const file of files.filter(({ name }) => name !== '2K')) {
    const times = new Map([...all.keys()].map((name) => [name, [] as number[]]))
    for (let round = -1; round < ROUNDS; round++) {
      for (const [name, command] of all) {
        const time = lifeOf(command(file.path))
        if (round >= 0) times.get(name)?.push(time)
      }
    }
    const ours = times.get('limn show') ?? []
    for (const [name, these] of times) {
      const first = name === [...times.keys()][0]
      rows.push([
        `${first ? `${file.name} ${file.format}` : ''}`,
        name,
        `${median(these).toFixed(0)} ms`,
        name === 'limn show' ? '' : `${medianRatio(ours, these).toFixed(2)} x`,
        aimOf(file, name),
      ])
    }
  }
  printTable(`Whole programs (medians of ${ROUNDS} rounds)`, [['', '', 'time', 'limn to it', 'aim'], ...rows])
}

function aimOf({ name, format }: File, program: string): string {
  if (program === 'terminal-image') return '<= 0.30'
  return program === 'chafa' && format === 'png' ? (name === '4K' ? '< 1.00' : '< 2.00') : ''
}

type Drawing = { readonly name: string; readonly text: string }

async function drawings(bytes: Buffer, cells: readonly [number, number]): Promise<readonly Drawing[]> {
  const drawn: Drawing[] = []
  for (const glyphs of ['halves', 'quadrants', 'sextants', 'octants'] as const) {
    const { text } = printed(await shown(bytes, { ...plain, glyphs }, 'blocks', [...cells]))
    drawn.push({ name: `limn, ${glyphs}`, text })
  }
  const path = join(home, 'drawn.png')
  writeFileSync(path, bytes)
  const args = ['-f', 'symbols', '-c', 'full', '--size', cells.join('x'), path]
  for (const [name, more] of [
    ['chafa', []],
    ['chafa, with sextants', ['--symbols', 'block+border+space+sextant']],
  ] as const) {
    const { stdout, status } = spawnSync('chafa', [...more, ...args], { env, encoding: 'utf8' })
    // The sequences that hide and show the cursor are not part of the picture.
    if (status === 0) drawn.push({ name, text: stdout })
  }
  return drawn
}

/** The pixels that a terminal with cells of this size shows. */
async function seen({ text }: Drawing, [columns, rows]: readonly [number, number], cell: [number, number]) {
  const { width, height, pixels } = await pixelsOf(text, columns, rows)
  const size = { width: columns * cell[0], height: rows * cell[1] }
  return rgb(
    sharp(pixels, { raw: { width, height, channels: 3 } }).resize(size.width, size.height, {
      fit: 'fill',
      kernel: 'linear',
    }),
  )
}

async function rgb(image: Sharp): Promise<Pixels> {
  const { data, info } = await image
    .removeAlpha()
    .toColourspace('srgb')
    .raw()
    .toBuffer({ resolveWithObject: true })
  return { width: info.width, height: info.height, pixels: data }
}

async function likeness(): Promise<void> {
  const subjects = {
    [own === undefined ? 'painting' : 'photograph']: await source(1024),
    lettering: await lettering(1024, 1024),
  }
  const cells = [COLUMNS, ROWS] as const
  const rows: string[][] = []
  for (const [subject, bytes] of Object.entries(subjects)) {
    const wanted = await rgb(sharp(bytes).resize(COLUMNS * 10, ROWS * 20, { fit: 'fill' }))
    for (const drawing of await drawings(bytes, cells)) {
      const drawn = await seen(drawing, cells, [10, 20])
      rows.push([
        subject,
        drawing.name,
        ssim(wanted, drawn).toFixed(3),
        colourDistance(wanted, drawn).toFixed(1),
        `${(Buffer.byteLength(drawing.text) / 1000).toFixed(0)} KB`,
      ])
    }
  }
  printTable(
    'Similarity to the picture, at cells of 10 by 20 pixels (SSIM: 1 is identical; colour: mean distance of 255)',
    [['', '', 'SSIM', 'colour', 'bytes'], ...rows],
  )
}

async function bytesSent(files: readonly File[]): Promise<void> {
  const ways: readonly (readonly [string, Protocol, Terminal])[] = [
    ['blocks, halves', 'blocks', { ...plain, glyphs: 'halves' }],
    ['blocks, quadrants', 'blocks', { ...plain, glyphs: 'quadrants' }],
    ['blocks, sextants', 'blocks', { ...plain, glyphs: 'sextants' }],
    ['blocks, octants', 'blocks', { ...plain, glyphs: 'octants' }],
    ['blocks in 256 colours', 'blocks', { ...plain, colours: '256' }],
    ['blocks in 16 colours', 'blocks', { ...plain, colours: '16' }],
    ['blocks without colours', 'blocks', { ...plain, colours: 'none' }],
    ['kitty placeholders', 'kitty-placeholders', kitty],
    ['kitty, through a file', 'kitty-placeholders', { ...kitty, filesReadable: true }],
    ['iTerm2', 'iterm2', plain],
    ['sixel', 'sixel', plain],
  ]
  const pngs = files.filter(({ format }) => format === 'png')
  const kilobytes = (bytes: number) => `${(bytes / 1000).toFixed(1)} KB`
  const rows: string[][] = []
  for (const [name, protocol, terminal] of ways) {
    const row = [name]
    for (const { bytes } of pngs)
      row.push(kilobytes(Buffer.byteLength(printed(await shown(bytes, terminal, protocol)).text)))
    rows.push(row)
    if (name !== 'kitty placeholders') continue
    const again = ['the same once more']
    for (const { bytes, path } of pngs) {
      const options = {
        terminal,
        protocol,
        maxColumns: COLUMNS,
        maxRows: ROWS,
        sent: createSent(0.5),
        name: path,
      }
      await picture(bytes, options)
      again.push(kilobytes(Buffer.byteLength(printed(await picture(bytes, options)).text)))
    }
    rows.push(again)
  }
  rows.push([
    'the PNG as it is, base64',
    ...pngs.map(({ bytes }) => kilobytes(Math.ceil(bytes.length / 3) * 4)),
  ])
  const { width, height } = plain.cell
  printTable(`Bytes to the terminal (cells of ${width} by ${height} pixels; at most 2.5 MB a picture)`, [
    ['', ...pngs.map(({ name }) => name)],
    ...rows,
  ])
}

/** A painting and a card of lettering, side by side in half blocks, in limn's blocks and in chafa's. */
async function writePainting(): Promise<void> {
  const cells = [44, 22] as const
  const [side, gap, caption] = [44 * 9, 12, 34]
  const names = ['limn, halves', 'limn, quadrants', 'limn, sextants', 'limn, octants', 'chafa']
  const words = ['half blocks', 'limn: quadrants', 'limn: sextants', 'limn: octants', 'chafa, its own choice']
  const subjects = [await source(1024), await lettering(1024, 1024)]
  const input: OverlayOptions[] = []
  for (const [down, bytes] of subjects.entries()) {
    const drawn = await drawings(bytes, cells)
    for (const [across, name] of names.entries()) {
      const drawing = drawn.find((one) => one.name === name)
      if (!drawing) throw new Error(`${name} is not there.`)
      const { width, height, pixels } = await seen(drawing, cells, [9, 18])
      const at = { left: gap + across * (side + gap), top: caption + down * (side + gap) }
      input.push({ input: Buffer.from(pixels), raw: { width, height, channels: 3 }, ...at })
    }
  }
  const size = { width: gap + names.length * (side + gap), height: caption + subjects.length * (side + gap) }
  const titles = words.map(
    (word, across) => `<text x="${gap + across * (side + gap)}" y="${caption - 11}">${word}</text>`,
  )
  const frame = `<svg xmlns="http://www.w3.org/2000/svg" width="${size.width}" height="${size.height}"
    ><rect width="100%" height="100%" fill="#16161a"/><g font-family="DejaVu Sans, sans-serif" font-size="17" fill="#ddd"
    >${titles.join('')}</g></svg>`
  const whole = await sharp(Buffer.from(frame)).composite(input).removeAlpha().png().toBuffer()
  const small = await sharp(whole).png({ palette: true, colours: 256, dither: 0, effort: 10 }).toBuffer()
  const path = resolve(import.meta.dirname, '..', PAINTING)
  mkdirSync(resolve(path, '..'), { recursive: true })
  writeFileSync(path, small)
  process.stdout.write(
    `${PAINTING}: ${size.width}x${size.height}, ${(readFileSync(path).length / 1000).toFixed(0)} KB\n`,
  )
}
