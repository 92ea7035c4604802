// Loaded into limn before it starts: on SIGUSR2 it collects its garbage and writes down what is then still in use.
import { renameSync, writeFileSync } from 'node:fs'
import { setImmediate } from 'node:timers/promises'

process.on('SIGUSR2', async () => {
  // What is freed by one collection may hold what only the next one finds.
  for (let times = 0; times < 4; times++) {
    globalThis.gc?.()
    await setImmediate()
  }
  const { heapUsed, external } = process.memoryUsage()
  const file = process.env.LIMN_BENCH_ALIVE ?? ''
  writeFileSync(`${file}.part`, String(heapUsed + external))
  renameSync(`${file}.part`, file)
})
