// The memory of a limn that has shown 200 pictures against one that has shown 10, in blocks and in kitty's protocol.
// The images are named on the command line, and each is shown as a version. Prints two ratios. "Alive" is the memory in
// use after a garbage collection, which is the same in every run: the bench fails if it grows by more than the facts of a
// session. "Resident" is what the system has given, with garbage that V8 has not collected and holes that the C library
// keeps after the allocations of sharp's threads: it differs by a fifth from run to run.
import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { spawn } from '@lydell/node-pty'
import sharp from 'sharp'
import { paint } from '../practice/painter.ts'
import { environmentOf, LIMN, median, newHome, printTable } from './measure.ts'

const ROUNDS = 5
const FEW = 10
const MANY = 200
const SIDE = 1024
/** Bytes in use that each further picture may add: its facts, and what is needed to redraw the screen. */
const EACH_MORE = 20_000
/** Milliseconds without output, after which drawing counts as finished. */
const QUIET = 2500
const LIMIT = 300_000

const TERMINALS = {
  blocks: { TERM: 'xterm-256color' },
  kitty: { TERM: 'xterm-kitty' },
} as const

/** The answers of kitty 0.41, so that limn draws placeholders and sends each picture once. */
const KITTY = '\x1bP>|kitty(0.41.1)\x1b\\\x1b_Gi=31;OK\x1b\\'

const home = newHome()
const images = await makeImages()
let sessions = 0
const rows: string[][] = []
for (const name of ['blocks', 'kitty'] as const) {
  const few: Memory[] = []
  const many: Memory[] = []
  for (let round = 0; round < ROUNDS; round++) {
    few.push(await shows(FEW, name))
    many.push(await shows(MANY, name))
  }
  const of = (key: keyof Memory) => [few.map((one) => one[key]), many.map((one) => one[key])] as const
  const [fewAlive, manyAlive] = of('alive')
  const each = (median(manyAlive) - median(fewAlive)) / (MANY - FEW)
  for (const what of ['alive', 'resident'] as const) {
    const [before, after] = of(what)
    const ratios = after.map((one, index) => one / (before[index] ?? Number.NaN))
    rows.push([
      `${name}, ${what}`,
      `${(median(before) / 1e6).toFixed(1)} MB`,
      `${(median(after) / 1e6).toFixed(1)} MB`,
      `${median(ratios).toFixed(2)} x`,
      `${Math.min(...ratios).toFixed(2)} to ${Math.max(...ratios).toFixed(2)} x`,
      `${((median(after) - median(before)) / (MANY - FEW) / 1000).toFixed(1)} KB`,
    ])
  }
  rows.push([`${name}, bytes drawn`, ...of('sent').map((sent) => `${(median(sent) / 1e6).toFixed(1)} MB`)])
  if (each > EACH_MORE) {
    process.stdout.write(
      `\nIn ${name}, each further picture keeps ${(each / 1000).toFixed(0)} KB, which is too much.\n`,
    )
    process.exitCode = 1
  }
}
printTable(`Memory after so many 1K pictures (${ROUNDS} rounds, medians)`, [
  ['', `${FEW}`, `${MANY}`, 'ratio', 'least to most', 'each more'],
  ...rows,
])

/** One painting in so many tints. */
async function makeImages(): Promise<readonly string[]> {
  const { pixels } = await paint('a harbour at dawn', '1', { width: SIDE, height: SIDE })
  const raw = { width: SIDE, height: SIDE, channels: 3 } as const
  const folder = join(home, 'images')
  mkdirSync(folder)
  const paths = Array.from({ length: MANY }, (_, number) => join(folder, `${number + 1}.jpg`))
  for (const [number, path] of paths.entries()) {
    const tinted = sharp(pixels.data, { raw }).modulate({ hue: Math.round((number * 360) / MANY) })
    await tinted.jpeg({ quality: 95, chromaSubsampling: '4:4:4' }).toFile(path)
  }
  return paths
}

/** Bytes. */
type Memory = { readonly alive: number; readonly resident: number; readonly sent: number }

/** Shows so many pictures in a new session; returns the memory that limn then has. */
async function shows(count: number, name: keyof typeof TERMINALS): Promise<Memory> {
  const own = join(home, `${++sessions}`)
  mkdirSync(own)
  const told = join(own, 'alive')
  const env = { ...environmentOf(own), ...TERMINALS[name], LIMN_BENCH_ALIVE: told }
  const probe = ['--expose-gc', '--import', join(import.meta.dirname, 'alive.mjs')]
  const args = [...probe, LIMN, '--practice', ...images.slice(0, count)]
  const pty = spawn(process.execPath, args, { cols: 120, rows: 40, cwd: env.HOME, env })
  const ended = new Promise((done) => pty.onExit(done))
  let sent = 0
  let seen = ''
  let last = performance.now()
  pty.onData((data) => {
    sent += data.length
    // Only the end is kept: the output of 200 pictures has as many megabytes.
    seen = (seen + data).slice(-100_000)
    last = performance.now()
    if (name === 'kitty' && /\x1b_Gi=31,[^\x1b]*a=q/.test(data)) pty.write(KITTY)
    if (data.includes('\x1b[c')) pty.write('\x1b[?62;22c')
  })
  const began = performance.now()
  const until = async (there: () => boolean) => {
    while (!there()) {
      if (performance.now() - began > LIMIT)
        throw new Error(`v${count} was never shown:\n${seen.slice(-2000)}`)
      await new Promise((done) => setTimeout(done, 100))
    }
  }
  await until(() => seen.includes(`v${count} ›`) && performance.now() - last > QUIET)
  const kilobytes = execFileSync('ps', ['-o', 'rss=', '-p', `${pty.pid}`], { encoding: 'utf8' })
  process.kill(pty.pid, 'SIGUSR2')
  await until(() => existsSync(told))
  pty.kill('SIGKILL')
  await ended
  return { alive: Number(readFileSync(told, 'utf8')), resident: Number(kilobytes) * 1024, sent }
}
