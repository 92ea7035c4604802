// The time from a key to its echo, and the bytes written for it, in an empty session and in one of 300 turns, against
// node:readline on the same kind of pty. Prints ratios; never fails.
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Fact } from '../src/core/session/fact.ts'
import { environmentOf, LIMN, median, newHome, OnPty, printTable } from './measure.ts'

const ROUNDS = 5
const TURNS = 300
/** Letters that end no control sequence in use, so that they appear only as themselves. */
const KEYS = [...'wxyzwzyxwyxzwxyzwzyxwyxz']
/** Milliseconds of quiet after a key. */
const GAP = 60

const READLINE =
  "require('node:readline').createInterface({ input: process.stdin, output: process.stdout }).prompt()"

type Keys = { readonly times: number[]; readonly bytes: number[] }

const empty = environmentOf(newHome())
const long = environmentOf(longSession())
const readline: Keys = { times: [], bytes: [] }
const none: Keys = { times: [], bytes: [] }
const many: Keys = { times: [], bytes: [] }

for (let round = 0; round < ROUNDS; round++) {
  await typed(['-e', READLINE], empty, '> ', readline)
  await typed([LIMN], empty, 'v0 ›', none)
  await typed([LIMN, '--continue'], long, `v${TURNS} ›`, many)
}

const row = (name: string, { times, bytes }: Keys) => [
  name,
  `${median(times).toFixed(1)} ms`,
  `${(median(times) / median(readline.times)).toFixed(1)} x`,
  median(bytes).toFixed(0),
]
printTable(`A key (medians of ${ROUNDS} rounds of ${KEYS.length} keys)`, [
  ['', 'to its paint', 'to readline', 'bytes'],
  row('node:readline', readline),
  row('limn', none),
  row(`limn, ${TURNS} turns before`, many),
])

/** Types the keys one by one. */
async function typed(
  args: readonly string[],
  env: Readonly<Record<string, string>>,
  prompt: string,
  { times, bytes }: Keys,
): Promise<void> {
  const program = new OnPty(args, env)
  await program.sees(prompt)
  // After its prompt limn still loads what the first request needs.
  await pause(1500)
  for (const key of KEYS) {
    const from = program.length
    const began = performance.now() - program.began
    program.type(key)
    times.push((await program.sees(key, from)) - began)
    await pause(GAP)
    bytes.push(program.length - from)
  }
  await program.end()
}

function pause(milliseconds: number): Promise<void> {
  return new Promise((done) => setTimeout(done, milliseconds))
}

/** A home with one session of many turns, as limn would have written it, without images, which typing does not need. */
function longSession(): string {
  const home = newHome()
  const folder = join(home, 'sessions', '2026-11-22-2048-a-red-fox')
  mkdirSync(folder, { recursive: true })
  const settings = { model: 'gemini-nano-banana-2.1', aspect: 'auto', size: '1K' }
  const at = new Date(0).toISOString()
  const facts = Array.from({ length: TURNS }, (_, index): readonly Fact[] => {
    const number = index + 1
    const file = {
      file: `images/v${number}.jpg`,
      mime: 'image/jpeg',
      width: 1024,
      height: 1024,
      bytes: 300_000,
      sha256: String(number).padStart(64, '0'),
    }
    const parent = index === 0 ? { turn: null, version: null } : { turn: `t${index}`, version: index }
    return [
      {
        at,
        type: 'prompted',
        turn: `t${number}`,
        prompt: {
          text: `a red fox, try ${number}`,
          parent,
          mentions: [],
          references: [],
          settings,
          engine: 'practice',
          fresh: false,
        },
      },
      {
        at,
        type: 'answered',
        turn: `t${number}`,
        words: 'Here it is.',
        images: [{ version: number, file }],
        weight: 850_000,
        usage: null,
        cost: { kind: 'free' },
        seconds: 1,
      },
    ]
  }).flat()
  const lines = [{ limn: '1.0', created: at, folder: home }, ...facts].map(
    (line) => `${JSON.stringify(line)}\n`,
  )
  writeFileSync(join(folder, 'session.jsonl'), lines.join(''))
  return home
}
