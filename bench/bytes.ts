// The bytes that a line sends in a long session: 20 turns against the practice engine, through a proxy that counts.
// Contract 5: they do not grow with the session. Then with four references, inside every request and uploaded once. The
// bench fails if either promise is broken.
import { spawn } from 'node:child_process'
import { listen } from '../practice/server.ts'
import { environmentOf, LIMN, newHome, printTable } from './measure.ts'
import { proxyTo } from './proxy.ts'
import { weigh } from './reference-bytes.ts'

const TURNS = 20
const LINES = ['slightly warmer', 'slightly darker', 'slightly cooler', 'slightly brighter']
/** From turn 3 on, two turns with images are sent with each request; images of one size differ a little in bytes. */
const MOST = 1.1

/** The share of the bytes of 20 lines with four references that may remain if they are named from the third line on. */
const MOST_OF_REFERENCES = 0.5

const practice = await listen({})
const proxy = await proxyTo(practice.url)

const env = environmentOf(newHome(), {
  GOOGLE_GEMINI_BASE_URL: proxy.url,
  GEMINI_API_KEY: 'bench',
})
for (let turn = 1; turn <= TURNS; turn++) {
  const line = turn === 1 ? 'a red fox in the snow' : (LINES[turn % LINES.length] ?? '')
  await limn([...(turn === 1 ? [] : ['--continue']), '-p', line])
}
proxy.close()
await practice.close()

const counted = proxy.counted.filter(({ path }) => path.includes(':generateContent'))
const at = (turn: number) => counted[turn - 1]?.sent ?? Number.NaN
const whole = (turn: number) => counted.slice(0, turn - 1).reduce((sum, { received }) => sum + received, 0)
const megabytes = (bytes: number) => `${(bytes / 1e6).toFixed(2)} MB`
printTable('Bytes sent in a turn', [
  ['', 'sent', 'to turn 2', 'to turn 3', 'the whole history'],
  ...[1, 2, 3, 5, 10, 20].map((turn) => [
    `turn ${turn}`,
    turn === 1 ? `${at(1)} B` : megabytes(at(turn)),
    turn === 1 ? '' : `${(at(turn) / at(2)).toFixed(2)} x`,
    turn < 3 ? '' : `${(at(turn) / at(3)).toFixed(2)} x`,
    turn === 1 ? '' : megabytes(whole(turn)),
  ]),
])
if (!(at(TURNS) <= MOST * at(3))) {
  process.stdout.write(`\nTurn ${TURNS} sends more than ${MOST} times what turn 3 sends.\n`)
  process.exitCode = 1
}

const inside = await weigh('off')
const named = await weigh('auto')
printTable(`Bytes sent in ${TURNS} turns with 4 references of 1200 × 1200`, [
  ['', 'in all', 'of that uploads', `turn ${TURNS}`],
  ['inside every request', megabytes(inside.all), '', megabytes(inside.last)],
  ['uploaded once', megabytes(named.all), megabytes(named.uploaded), megabytes(named.last)],
  ['', `${(named.all / inside.all).toFixed(2)} x`, '', `${(named.last / inside.last).toFixed(2)} x`],
])
if (!(named.all <= MOST_OF_REFERENCES * inside.all)) {
  process.stdout.write(`\nWith uploads, more than ${MOST_OF_REFERENCES} of the bytes remain.\n`)
  process.exitCode = 1
}

function limn(args: readonly string[]): Promise<void> {
  return new Promise((done, fail) => {
    const child = spawn(process.execPath, [LIMN, ...args], { env, stdio: ['ignore', 'ignore', 'pipe'] })
    let said = ''
    child.stderr.on('data', (data) => (said += data))
    child.on('close', (code) => (code === 0 ? done() : fail(new Error(`limn ended with ${code}: ${said}`))))
  })
}
