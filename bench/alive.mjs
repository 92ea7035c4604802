// Preloaded into limn: on SIGUSR2 it runs a garbage collection and writes down how much memory is still in use.
import { renameSync, writeFileSync } from 'node:fs'
import { setImmediate } from 'node:timers/promises'

process.on('SIGUSR2', async () => {
  // Some garbage is only found by the second collection.
  for (let times = 0; times < 4; times++) {
    globalThis.gc?.()
    await setImmediate()
  }
  const { heapUsed, external } = process.memoryUsage()
  const file = process.env.LIMN_BENCH_ALIVE ?? ''
  writeFileSync(`${file}.part`, String(heapUsed + external))
  renameSync(`${file}.part`, file)
})
