// Preloaded into limn by bench/thirty-turns.ts. At each SIGUSR2 it writes down the longest time between two rounds of
// the event loop since the last signal, or since the first frame that answers keys, and the memory in use after a
// garbage collection.
import { appendFileSync } from 'node:fs'
import { monitorEventLoopDelay } from 'node:perf_hooks'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'

export type Measured = {
  /** The longest time between two rounds of the event loop, in milliseconds. */
  readonly longest: number
  /** The same in the thread's own processor time, since on a busy machine a thread may simply not be scheduled. */
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

/** Without starting with --expose-gc: with that flag Node compiles its own modules again, which blocks the loop. */
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
  // The time of the measurement itself does not count.
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
