// Thirty turns of one conversation at 1K and at 4K, with answers as large as Gemini's from another process. Prints the
// bytes sent, against a plain chat of the SDK that keeps everything; the longest time that limn's event loop was
// blocked while the user reads, in the first turn and in the others; and limn's memory at the end. Fails only if the
// bytes grow.
import { fork } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { monitorEventLoopDelay } from 'node:perf_hooks'
import { GoogleGenAI } from '@google/genai'
import { spawn } from '@lydell/node-pty'
import type { Weighed } from './heavy-engine.ts'
import { environmentOf, LIMN, median, newHome, printTable } from './measure.ts'
import type { Measured } from './watch-loop.ts'

const TURNS = Number(process.env.LIMN_BENCH_TURNS ?? 30)
/** From this turn on the window is full. */
const FULL = 4
const EARLY = 5
/** The largest ratio of the newest turn's bytes to those of the first turn with a full window. */
const MOST = 1.1
const MODEL = 'gemini-nano-banana-2.1'
/** Milliseconds for which the user reads before the first line. */
const READING = 2000

type Engine = { readonly url: string; readonly sent: number[]; close(): void }

const sizes = [
  { size: '1K', side: 1024 },
  { size: '4K', side: 4096 },
].filter(({ size }) => process.argv.length < 3 || process.argv.includes(size))

// The longest block of a process that only waits, for comparison: on a busy machine, most of limn's.
const idle = monitorEventLoopDelay({ resolution: 1 })
idle.enable()

for (const { size, side } of sizes) {
  const engine = await startEngine(side)
  idle.reset()
  const measured = await converse(engine.url, size)
  const waited = idle.max / 1e6
  const ours = engine.sent.splice(0)
  const plain = await chatPlainly(engine)
  engine.close()
  tell(size, ours, plain, measured, waited)
}

function tell(
  size: string,
  ours: readonly number[],
  plain: readonly number[],
  [reading, ...all]: readonly Measured[],
  waited: number,
) {
  const megabytes = (bytes: number) => `${(bytes / 1e6).toFixed(1)} MB`
  const at = (numbers: readonly number[], turn: number) => numbers[turn - 1] ?? Number.NaN
  const turns = [1, 2, 3, FULL, 10, 20, TURNS].filter((turn) => turn <= TURNS)
  printTable(`${size}: bytes sent in a turn`, [
    ['', 'limn', 'plain chat'],
    ...turns.map((turn) => {
      const theirs = at(plain, turn)
      return [`turn ${turn}`, megabytes(at(ours, turn)), Number.isNaN(theirs) ? 'refused' : megabytes(theirs)]
    }),
  ])
  const growth = at(ours, TURNS) / at(ours, FULL)
  const both = Math.min(plain.length, ours.length)
  const total = sum(ours.slice(0, both)) / sum(plain.slice(0, both))
  // The median of the turns around it: how much a collection frees depends on what is in flight at that moment.
  const around = (turn: number, name: 'rss' | 'held') =>
    median(all.slice(Math.max(0, turn - 3), turn + 2).map((one) => one[name]))
  const ratio = (name: 'rss' | 'held') => `${(around(TURNS, name) / around(EARLY, name)).toFixed(2)} x`
  printTable(`${size}: limn over ${TURNS} turns`, [
    ['', 'figure', 'aim'],
    [`turn ${TURNS} to turn ${FULL}, bytes sent`, `${growth.toFixed(2)} x`, `${MOST} x`],
    [`all bytes of ${both} turns to a plain chat's`, `${total.toFixed(3)} x`, size === '1K' ? '0.15 x' : ''],
    ['resident memory', megabytes(around(TURNS, 'rss')), ''],
    [`resident memory to turn ${EARLY}`, ratio('rss'), '1.3 x'],
    [`heap and buffers to turn ${EARLY}`, ratio('held'), '1.3 x'],
  ])
  const longest = (some: readonly Measured[], of: (numbers: readonly number[]) => number) =>
    (['longest', 'cpu'] as const).map((name) => `${of(some.map((one) => one[name])).toFixed(0)} ms`)
  const worst = (numbers: readonly number[]) => Math.max(...numbers)
  const aim = size === '1K' ? '30 ms' : '120 ms'
  printTable(`${size}: longest block of the event loop`, [
    ['', 'time', 'of the processor', 'aim'],
    ['while the user reads', ...longest(reading ? [reading] : [], worst), '30 ms'],
    ['in the first turn', ...longest(all.slice(0, 1), worst), aim],
    [`in the worst of turns 2 to ${TURNS}`, ...longest(all.slice(1), worst), aim],
    [`in the middle one of turns 2 to ${TURNS}`, ...longest(all.slice(1), median), ''],
    ['in the bench, which only waits', `${waited.toFixed(0)} ms`, '', ''],
  ])
  if (growth <= MOST) return
  process.stdout.write(`\n${size}: turn ${TURNS} sends more than ${MOST} times what turn ${FULL} sends.\n`)
  process.exitCode = 1
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, one) => total + one, 0)
}

async function startEngine(side: number): Promise<Engine> {
  const child = fork(resolve(import.meta.dirname, 'heavy-engine.ts'), [String(side)])
  const sent: number[] = []
  const [address] = (await once(child, 'message')) as [{ readonly port: number }]
  child.on('message', (weighed) => sent.push((weighed as Weighed).sent))
  return { url: `http://127.0.0.1:${address.port}`, sent, close: () => child.disconnect() }
}

/** Runs limn on a terminal without a picture protocol, one line at a time, and measures it before and in each turn. */
async function converse(url: string, size: string): Promise<readonly Measured[]> {
  const home = newHome()
  const log = join(home, 'measured')
  writeFileSync(log, '')
  mkdirSync(join(home, 'work'))
  writeFileSync(join(home, 'settings.json'), JSON.stringify({ size }))
  const env = environmentOf(home, {
    GOOGLE_GEMINI_BASE_URL: url,
    GEMINI_API_KEY: 'bench',
    LIMN_BENCH_LOG: log,
  })
  const watch = resolve(import.meta.dirname, 'watch-loop.ts')
  const args = ['--import', watch, LIMN]
  const pty = spawn(process.execPath, args, { cols: 120, rows: 40, cwd: join(home, 'work'), env })
  let seen = ''
  pty.onData((data) => {
    seen = (seen + data).slice(-200_000)
    if (data.includes('\x1b[c')) pty.write('\x1b[?62;22c')
  })
  const ended = new Promise((done) => pty.onExit(done))
  const measured = () => readFileSync(log, 'utf8').trimEnd().split('\n').filter(Boolean)
  const comes = (version: number) =>
    until(() => seen.includes(`v${version} ›`), `v${version} of ${size}\n${seen.slice(-1500)}`)
  const measures = async (count: number) => {
    pty.kill('SIGUSR2')
    await until(() => measured().length === count, 'a measurement')
  }
  await comes(0)
  await new Promise((done) => setTimeout(done, READING))
  await measures(1)
  for (let turn = 1; turn <= TURNS; turn++) {
    pty.write(`a harbour at dawn, in the light of hour ${turn}\r`)
    await comes(turn)
    await measures(turn + 1)
  }
  pty.kill('SIGKILL')
  await ended
  if (!existsSync(log)) throw new Error('nothing was measured')
  return measured().map((line) => JSON.parse(line) as Measured)
}

/** The bytes that the SDK's own chat sends, which keeps everything, up to Google's limit of 100 MB. */
async function chatPlainly({ url, sent }: Engine): Promise<readonly number[]> {
  const ai = new GoogleGenAI({ apiKey: 'bench', httpOptions: { baseUrl: url } })
  const chat = ai.chats.create({ model: MODEL, config: { responseModalities: ['TEXT', 'IMAGE'] } })
  for (let turn = 1; turn <= TURNS && (sent.at(-1) ?? 0) < 100_000_000; turn++) {
    await chat.sendMessage({ message: `a harbour at dawn, in the light of hour ${turn}` })
  }
  return sent.filter((bytes) => bytes < 100_000_000)
}

async function until(there: () => boolean, what: string): Promise<void> {
  const began = performance.now()
  while (!there()) {
    if (performance.now() - began > 120_000) throw new Error(`never came: ${what}`)
    await new Promise((done) => setTimeout(done, 20))
  }
}
