// The memory of a limn that has shown 200 pictures against one that has shown 10, in blocks and in kitty's protocol:
// images named on the command line, each a version and shown as one. Told as a ratio; nothing fails here.
import { execFileSync } from 'node:child_process'
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { spawn } from '@lydell/node-pty'
import sharp from 'sharp'
import { paint } from '../src/practice/painter.ts'
import { environmentOf, LIMN, median, medianRatio, newHome, printTable } from './measure.ts'

const ROUNDS = 3
const FEW = 10
const MANY = 200
const SIDE = 1024
/** Milliseconds of quiet, after which nothing more is drawn. */
const QUIET = 2500
const LIMIT = 300_000

const TERMINALS = {
  blocks: { TERM: 'xterm-256color' },
  kitty: { TERM: 'xterm-kitty' },
} as const

const home = newHome()
const images = await makeImages()
let sessions = 0
const rows: string[][] = []
for (const name of ['blocks', 'kitty'] as const) {
  const megabytes = { few: [] as number[], many: [] as number[] }
  let sent = 0
  for (let round = 0; round < ROUNDS; round++) {
    megabytes.few.push((await shows(FEW, name)).megabytes)
    const many = await shows(MANY, name)
    megabytes.many.push(many.megabytes)
    sent = many.sent
  }
  rows.push([
    name,
    `${median(megabytes.few).toFixed(0)} MB`,
    `${median(megabytes.many).toFixed(0)} MB`,
    `${medianRatio(megabytes.many, megabytes.few).toFixed(2)} x`,
    `${((median(megabytes.many) - median(megabytes.few)) / (MANY - FEW)).toFixed(2)} MB`,
    `${(sent / 1e6).toFixed(1)} MB`,
  ])
}
printTable(`Resident memory after so many 1K pictures (medians of ${ROUNDS} rounds)`, [
  ['', `${FEW}`, `${MANY}`, 'ratio', 'each more', `bytes drawn of ${MANY}`],
  ...rows,
])

/** One painting in as many tints. */
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

/** A limn in a session of its own that shows so many, and what it then holds. */
async function shows(
  count: number,
  name: keyof typeof TERMINALS,
): Promise<{ megabytes: number; sent: number }> {
  const own = join(home, `${++sessions}`)
  mkdirSync(own)
  const env = { ...environmentOf(own), ...TERMINALS[name] }
  const args = [LIMN, '--practice', ...images.slice(0, count)]
  const pty = spawn(process.execPath, args, { cols: 120, rows: 40, cwd: env.HOME, env })
  const ended = new Promise((done) => pty.onExit(done))
  let sent = 0
  let seen = ''
  let last = performance.now()
  pty.onData((data) => {
    sent += data.length
    // Only the end is looked at: 200 pictures are as many megabytes.
    seen = (seen + data).slice(-100_000)
    last = performance.now()
    if (name === 'kitty' && /\x1b_Gi=31,[^\x1b]*a=q/.test(data)) pty.write('\x1b_Gi=31;OK\x1b\\')
    if (data.includes('\x1b[c')) pty.write('\x1b[?62;22c')
  })
  const began = performance.now()
  while (!seen.includes(`v${count} ›`) || performance.now() - last < QUIET) {
    if (performance.now() - began > LIMIT) throw new Error(`v${count} was never shown:\n${seen.slice(-2000)}`)
    await new Promise((done) => setTimeout(done, 100))
  }
  const resident = execFileSync('ps', ['-o', 'rss=', '-p', `${pty.pid}`], { encoding: 'utf8' })
  pty.kill('SIGKILL')
  await ended
  return { megabytes: (Number(resident) * 1024) / 1e6, sent }
}
