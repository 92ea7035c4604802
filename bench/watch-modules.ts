// Preloaded into limn by bench/start.ts: records every module as it is resolved, and the first frame.
import { appendFileSync } from 'node:fs'
import { registerHooks } from 'node:module'

const log = process.env.LIMN_BENCH_LOG ?? ''

registerHooks({
  resolve(specifier, context, next) {
    const found = next(specifier, context)
    if (found.url.startsWith('file:')) appendFileSync(log, `${found.url}\n`)
    return found
  },
})

const write = process.stdout.write.bind(process.stdout)
process.stdout.write = ((...given: Parameters<typeof write>) => {
  if (String(given[0]).includes('›')) appendFileSync(log, 'frame\n')
  return write(...given)
}) as typeof process.stdout.write
