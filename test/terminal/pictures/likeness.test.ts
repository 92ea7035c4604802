import { rm } from 'node:fs/promises'
import sharp, { type Sharp } from 'sharp'
import { beforeAll, describe, expect, test, vi } from 'vitest'
import type { Protocol } from '../../../src/core/graphics.ts'
import { picture } from '../../../src/terminal/pictures/render.ts'
import { probeEnvironment, refine, type Terminal } from '../../../src/terminal/which/probe.ts'
import type { Colours, Glyphs } from '../../../src/terminal/which/terminal-row.ts'
import { lettering, photograph } from '../../image/samples.ts'
import {
  blocksPicture,
  fromFile,
  iterm2File,
  kittyCommands,
  kittyPicture,
  type Picture,
  sixelPicture,
} from './decode.ts'
import { atSizeOf, colourDistance, ssim } from './likeness.ts'

const env = { TERM: 'xterm-256color', COLORTERM: 'truecolor' }
const base: Terminal = {
  ...probeEnvironment(env, { columns: 120, rows: 50 }),
  cell: { width: 9, height: 18 },
}
const kitty = refine(base, ['\x1bP>|kitty(0.41.1)\x1b\\', '\x1b_Gi=31;OK\x1b\\', '\x1b[?62;c'])

const samples: Record<string, Buffer> = {}
let terminalImage: typeof import('terminal-image')['default']

beforeAll(async () => {
  // Its chalk decides once, when it loads; with these variables, it always uses 24 bits.
  vi.stubEnv('TERM', 'dumb').stubEnv('FORCE_COLOR', '3').stubEnv('TF_BUILD', undefined)
  terminalImage = (await import('terminal-image')).default
  vi.unstubAllEnvs()
  samples.photograph = await photograph(1024, 1024)
  samples.lettering = await lettering(1024, 1024)
})

type Likeness = { like: number; away: number; bytes: number }

async function likenessOf(bytes: Uint8Array, shown: Picture, sent: number): Promise<Likeness> {
  const source = await atSizeOf(bytes, shown)
  return { like: ssim(source, shown), away: colourDistance(source, shown), bytes: sent }
}

function report(what: string, { like, away, bytes }: Likeness) {
  console.log(
    `${what}: SSIM ${like.toFixed(3)}, mean colour distance ${away.toFixed(1)}, ${Math.ceil(bytes / 1000)} kB`,
  )
}

async function show(bytes: Uint8Array, protocol: Protocol, terminal: Terminal) {
  return picture(bytes, { terminal, protocol, maxColumns: 60, maxRows: 30 })
}

async function sequenceOf(bytes: Uint8Array, protocol: Protocol, terminal: Terminal): Promise<string> {
  const shown = await show(bytes, protocol, terminal)
  if (shown.kind === 'none') throw new Error('nothing is shown')
  return shown.kind === 'raw' ? shown.sequence : shown.transmit
}

/** The yardstick: the most widely used package, in the same cells. */
async function terminalImageOf(bytes: Uint8Array): Promise<Likeness> {
  const drawn = await terminalImage.buffer(bytes, {
    width: 60,
    height: 30,
    preserveAspectRatio: false,
    preferNativeRender: false,
  })
  const lines = drawn.split('\n').filter((line) => line !== '')
  return likenessOf(bytes, await blocksPicture(lines, 60), drawn.length)
}

async function blocksOf(
  bytes: Uint8Array,
  glyphs: Glyphs,
  colours: Colours = 'truecolor',
): Promise<Likeness> {
  const shown = await show(bytes, 'blocks', { ...base, glyphs, colours })
  if (shown.kind !== 'text') throw new Error(shown.kind)
  return likenessOf(bytes, await blocksPicture(shown.lines, shown.columns), shown.lines.join('\n').length)
}

describe.each(['photograph', 'lettering'])('what a terminal shows of a %s is similar to it', (name) => {
  test.each([
    ['kitty', kitty],
    ['kitty-placeholders', kitty],
    ['kitty', { ...kitty, filesReadable: true }],
  ] as const)('%s, to the last bit', async (protocol, terminal) => {
    const sequence = await sequenceOf(samples[name]!, protocol, terminal)
    const [image] = kittyCommands(sequence)
    const likeness = await likenessOf(samples[name]!, await kittyPicture(image!), sequence.length)
    if (image!.keys.t) await rm(image!.payload.toString())
    report(`${protocol}${image!.keys.t ? ' by file' : ''}, ${name}`, likeness)
    expect(likeness).toMatchObject({ like: 1, away: 0 })
  })

  test('iTerm2', async () => {
    const sequence = await sequenceOf(samples[name]!, 'iterm2', base)
    const likeness = await likenessOf(
      samples[name]!,
      await fromFile(iterm2File(sequence).bytes),
      sequence.length,
    )
    report(`iTerm2, ${name}`, likeness)
    expect(likeness.like).toBeGreaterThan(0.95)
    expect(likeness.away).toBeLessThan(6)
  })

  test.each([
    [256, 0.93, 6],
    [64, 0.8, 12],
    [16, 0.7, 13],
  ])('sixel in %d registers', async (registers, like, away) => {
    const sequence = await sequenceOf(samples[name]!, 'sixel', { ...base, sixel: { registers } })
    const shown = sixelPicture(sequence)
    expect(shown.colours).toBeLessThanOrEqual(registers)
    const likeness = await likenessOf(samples[name]!, shown, sequence.length)
    report(`sixel in ${shown.colours} colours, ${name}`, likeness)
    expect(likeness.like).toBeGreaterThan(like)
    expect(likeness.away).toBeLessThan(away)
  })

  test('blocks in quadrants, sextants and octants, clearly more than in halves', async () => {
    const halves = await blocksOf(samples[name]!, 'halves')
    report(`half blocks, ${name}`, halves)
    const yardstick = await terminalImageOf(samples[name]!)
    report(`terminal-image, ${name}`, yardstick)
    expect(halves.like).toBeGreaterThan(yardstick.like - 0.02)
    for (const glyphs of ['quadrants', 'sextants', 'octants'] as const) {
      const ours = await blocksOf(samples[name]!, glyphs)
      report(`${glyphs}, ${name}`, ours)
      // How much of the error of halves is gone.
      expect((ours.like - halves.like) / (1 - halves.like)).toBeGreaterThan(name === 'lettering' ? 0.4 : 0.1)
      expect(ours.away).toBeLessThan(halves.away * (name === 'lettering' ? 0.7 : 0.97))
    }
  })

  test.each([
    ['256', 14],
    ['16', 45],
  ] as const)(
    'blocks in %s colours have the colours of the picture, seen from afar',
    async (colours, away) => {
      const shown = await show(samples[name]!, 'blocks', { ...base, glyphs: 'quadrants', colours })
      if (shown.kind !== 'text') throw new Error(shown.kind)
      const { pixels, ...size } = await blocksPicture(shown.lines, shown.columns)
      // The mean light of six by six areas.
      const afar = async (image: Sharp) =>
        image
          .pipelineColourspace('scrgb')
          .resize(6, 6, { fit: 'fill', kernel: 'linear' })
          .removeAlpha()
          .toColourspace('srgb')
          .raw()
          .toBuffer()
      const [drawn, wanted] = await Promise.all([
        afar(sharp(pixels, { raw: { ...size, channels: 3 } })),
        afar(sharp(samples[name]!)),
      ])
      const square = (from: Buffer) => ({ width: 6, height: 6, pixels: from })
      const distance = colourDistance(square(drawn), square(wanted))
      console.log(`${colours} colours, ${name}: mean colour distance from afar ${distance.toFixed(1)}`)
      expect(distance).toBeLessThan(away)
    },
  )

  test('without colours, light stays light and dark stays dark', async () => {
    const shown = await show(samples[name]!, 'blocks', { ...base, glyphs: 'quadrants', colours: 'none' })
    if (shown.kind !== 'text') throw new Error(shown.kind)
    expect(shown.lines.join('')).not.toContain('\x1b')
    const { pixels, ...size } = await blocksPicture(shown.lines, shown.columns)
    const stats = await sharp(pixels, { raw: { ...size, channels: 3 } }).stats()
    const light = stats.channels[0]!.mean
    const linear = await sharp(samples[name]!).greyscale().gamma(2.2).raw().toBuffer()
    const wanted = linear.reduce((sum, byte) => sum + (byte / 255) ** 2.2 * 255, 0) / linear.length
    console.log(`no colours, ${name}: mean light ${light.toFixed(0)} of ${wanted.toFixed(0)}`)
    expect(Math.abs(light - wanted)).toBeLessThan(12)
  })
})
