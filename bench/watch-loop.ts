// Preloaded into limn by bench/thirty-turns.ts. At each SIGUSR2 it writes down what limn's main thread did since the one
// before, or since the first frame that answers keys: the longest time between two rounds of the event loop, and the
// memory that is left after a collection.
import { appendFileSync } from 'node:fs'
import { monitorEventLoopDelay } from 'node:perf_hooks'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'

export type Measured = {
  /** Milliseconds between two rounds of the event loop, at most. */
  readonly longest: number
  /** The same in the thread's own processor time: on a busy machine a thread that is not let run blocks nothing. */
  readonly cpu: number
  /** Bytes. */
  readonly rss: number
  /** Bytes of the heap and of buffers outside of it. */
  readonly held: number
}

const log = process.env.LIMN_BENCH_LOG ?? ''

/** In milliseconds. */
const RESOLUTION = 1
const delay = monitorEventLoopDelay({ resolution: RESOLUTION })
delay.enable()

let busiest = 0
let used = process.threadCpuUsage()
setInterval(() => {
  const { user, system } = process.threadCpuUsage(used)
  busiest = Math.max(busiest, (user + system) / 1000)
  used = process.threadCpuUsage()
}, RESOLUTION).unref()

let collect: (() => void) | undefined

/** Not by starting with --expose-gc: under another flag Node compiles its own modules anew, which holds up the loop. */
function collector(): () => void {
  setFlagsFromString('--expose-gc')
  return runInNewContext('gc') as () => void
}

process.on('SIGUSR2', () => {
  const longest = delay.max / 1e6 - RESOLUTION
  const cpu = busiest
  collect ??= collector()
  collect()
  collect()
  const { rss, heapUsed, external } = process.memoryUsage()
  const measured: Measured = { longest, cpu, rss, held: heapUsed + external }
  appendFileSync(log, `${JSON.stringify(measured)}\n`)
  // What this took is none of the program's.
  begin()
  setImmediate(begin)
})

function begin(): void {
  delay.reset()
  used = process.threadCpuUsage()
  busiest = 0
}

// The first prompt is drawn by hand; the second is Ink's.
let prompts = 0
const write = process.stdout.write.bind(process.stdout)
process.stdout.write = ((...given: Parameters<typeof write>) => {
  if (prompts < 2 && String(given[0]).includes('›') && ++prompts === 2) setImmediate(begin)
  return write(...given)
}) as typeof process.stdout.write
