// Peak memory of fetching a batch: 60 images at 4K against 6, in limn's own process. The results have about 20 MB a row
// and must be read as they come; fails if ten times the rows take more than one and a half times the memory.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import sharp from 'sharp'
import { serveBatches } from './batch-server.ts'
import { environmentOf, LIMN, median, medianRatio, newHome, printTable } from './measure.ts'

const ROUNDS = 3
const FEW = 6
const MANY = 60
const MOST = 1.5
/** Characters, as recorded from a real answer. */
const SIGNATURE = 600_000

const home = newHome()
const image = await largeImage()
const server = await serveBatches(image, SIGNATURE)
const reporter = join(home, 'report.mjs')
writeFileSync(
  reporter,
  "process.on('exit', () => process.stderr.write('\\npeak ' + process.resourceUsage().maxRSS + '\\n'))\n",
)

const peaks = { few: [] as number[], many: [] as number[] }
const seconds: number[] = []
for (let round = 0; round < ROUNDS; round++) {
  peaks.few.push((await fetches(FEW, `few${round}`)).megabytes)
  const many = await fetches(MANY, `many${round}`)
  peaks.many.push(many.megabytes)
  seconds.push(many.seconds)
}
server.close()
const ratio = medianRatio(peaks.many, peaks.few)
printTable(
  `Peak memory of limn batch fetch, ${(image.length / 1e6).toFixed(1)} MB of base64 a row (medians of ${ROUNDS})`,
  [
    ['', `${FEW} rows`, `${MANY} rows`, 'ratio', `${MANY} rows take`],
    [
      '4K',
      `${median(peaks.few).toFixed(0)} MB`,
      `${median(peaks.many).toFixed(0)} MB`,
      `${ratio.toFixed(2)} x`,
      `${median(seconds).toFixed(1)} s`,
    ],
  ],
)
if (ratio > MOST) {
  process.stdout.write(`\nA batch must be read as it comes: at most ${MOST} x.\n`)
  process.exitCode = 1
}

/** Noise, which compresses badly, so that the file is as large as real 4K images. */
async function largeImage(): Promise<string> {
  const noise = { type: 'gaussian', mean: 128, sigma: 24 } as const
  const picture = sharp({ create: { width: 4096, height: 4096, channels: 3, background: '#888', noise } })
  return (await picture.jpeg({ quality: 90 }).toBuffer()).toString('base64')
}

/** The peak memory of fetching a batch of so many rows, in a new limn. */
async function fetches(count: number, name: string): Promise<{ megabytes: number; seconds: number }> {
  const own = join(home, name)
  mkdirSync(own)
  const rows = Array.from({ length: count }, (_, row) => `row ${row + 1},a harbour,4K,pro`)
  writeFileSync(join(own, 'rows.csv'), `name,prompt,size,model\n${rows.join('\n')}\n`)
  await limn(['batch', 'submit', 'rows.csv', '--yes'], own)
  const began = performance.now()
  const said = await limn(['batch', 'fetch', 'rows'], own)
  const peak = Number(/peak (\d+)/.exec(said)?.[1])
  return { megabytes: peak / 1024, seconds: (performance.now() - began) / 1000 }
}

async function limn(args: readonly string[], own: string): Promise<string> {
  const env = environmentOf(own, { GOOGLE_GEMINI_BASE_URL: server.url, GEMINI_API_KEY: 'bench' })
  const child = spawn(process.execPath, ['--import', reporter, LIMN, ...args], { cwd: own, env })
  let said = ''
  child.stderr.on('data', (data) => (said += data))
  const [code] = await once(child, 'close')
  if (code !== 0) throw new Error(`limn ${args.join(' ')} ended with ${code}: ${said}`)
  return said
}
