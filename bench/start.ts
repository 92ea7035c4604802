// The time until the first prompt, and until it echoes a key, against the least that Node needs; and the modules loaded
// by then. Times never fail the bench; a module that is loaded before the first frame against contract 12 does.
import { existsSync, readFileSync, statSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { environmentOf, LIMN, median, medianRatio, newHome, OnPty, printTable } from './measure.ts'

const PAIRS = 11
const HEAVY = ['@google/genai', 'sharp', 'conf', 'zod', 'terminal-image']

const home = newHome()
const env = environmentOf(home)
const times = { nothing: [] as number[], prompt: [] as number[], echo: [] as number[], ready: [] as number[] }

await compiled()
for (let round = -1; round < PAIRS; round++) {
  const nothing = await lifeOf(['-e', '0'])
  const limn = await startOf()
  // The first round fills the disk cache.
  if (round === -1) continue
  times.nothing.push(nothing)
  times.prompt.push(limn.prompt)
  times.echo.push(limn.echo)
  times.ready.push(limn.ready)
}

const row = (name: string, these: readonly number[]) => [
  name,
  `${median(these).toFixed(0)} ms`,
  `${medianRatio(these, times.nothing).toFixed(2)} x`,
]
printTable(`Start (medians of ${PAIRS} pairs)`, [
  ['', 'time', 'to node -e 0'],
  row('node -e 0, to its end', times.nothing),
  row('limn, first prompt drawn', times.prompt),
  row('limn, a key is echoed', times.echo),
  row('limn, session is open', times.ready),
])

const { first, ink, open } = await modulesOf()
printTable('Loaded', [
  ['', 'files', 'KB', ...HEAVY],
  ['before the first prompt', ...summary(first)],
  ["before Ink's, which answers keys", ...summary(ink)],
  ['when the session is open', ...summary(open)],
])
const early = HEAVY.filter((name) => packagesOf(ink).has(name))
if (early.length > 0) {
  process.stdout.write(`\nLoaded too early, before the first frame: ${early.join(', ')}\n`)
  process.exitCode = 1
}

/** Runs one limn until Node has written its compiled code, as for a user who has started limn before. */
async function compiled(): Promise<void> {
  const limn = new OnPty([LIMN], env)
  await limn.sees('v0')
  await new Promise((done) => setTimeout(done, 3000))
  await limn.end()
}

async function lifeOf(args: readonly string[]): Promise<number> {
  const program = new OnPty(args, env)
  await program.ended
  return performance.now() - program.began
}

async function startOf(): Promise<{ prompt: number; echo: number; ready: number }> {
  const limn = new OnPty([LIMN], env)
  const prompt = await limn.sees('›')
  const from = limn.length
  limn.type('Z')
  const [echo, ready] = await Promise.all([limn.sees('Z', from), limn.sees('v0')])
  await limn.end()
  return { prompt, echo, ready }
}

type Modules = Readonly<Record<'first' | 'ink' | 'open', readonly string[]>>

/** The files loaded before the first, hand-drawn prompt, before Ink's prompt, and when the session is open. */
async function modulesOf(): Promise<Modules> {
  const log = join(home, 'modules.log')
  const watch = import.meta.resolve('./watch-modules.ts')
  const limn = new OnPty([`--import=${watch}`, LIMN], { ...env, LIMN_BENCH_LOG: log })
  await limn.sees('v0')
  await new Promise((done) => setTimeout(done, 1500))
  await limn.end()
  const lines = readFileSync(log, 'utf8').trim().split('\n')
  const first = lines.indexOf('frame')
  const ink = lines.indexOf('frame', first + 1)
  if (first === -1 || ink === -1) throw new Error('No frame was drawn.')
  // Native modules are mapped, not read.
  const files = (some: readonly string[]) =>
    [...new Set(some.filter((line) => /^file:.*\.[cm]?js$/.test(line)))].map((url) => fileURLToPath(url))
  return { first: files(lines.slice(0, first)), ink: files(lines.slice(0, ink)), open: files(lines) }
}

function summary(files: readonly string[]): readonly string[] {
  const kilobytes = files.reduce((sum, file) => sum + statSync(file).size, 0) / 1000
  const packages = packagesOf(files)
  return [
    `${files.length}`,
    kilobytes.toFixed(0),
    ...HEAVY.map((name) => (packages.has(name) ? 'yes' : 'no')),
  ]
}

/** The packages in a chunk of the bundle, from its source map. */
function packagesOf(files: readonly string[]): ReadonlySet<string> {
  const sources = files.flatMap((file) => {
    const map = `${file}.map`
    if (!existsSync(map)) return [file]
    const { sources } = JSON.parse(readFileSync(map, 'utf8')) as { sources: readonly string[] }
    return [file, ...sources.map((source) => resolve(dirname(map), source))]
  })
  return new Set(sources.flatMap((path) => /.*node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(path)?.[1] ?? []))
}
