// The bytes that references take over 20 turns: inside every request, and uploaded once.
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import sharp from 'sharp'
import { listen } from '../practice/server.ts'
import { openRepl } from '../src/repl/open-repl.ts'
import { loadSettings } from '../src/store/settings/load-settings.ts'
import { newHome } from './measure.ts'
import { type Counted, proxyTo } from './proxy.ts'

const TURNS = 20
const REFERENCES = 4
/** Pixels per side, typical of a reference sheet. */
const SIDE = 1200
const LINES = ['slightly warmer', 'slightly darker', 'slightly cooler', 'slightly brighter']

export type Weighed = {
  /** All bytes sent, including uploads. */
  readonly all: number
  readonly uploaded: number
  /** Bytes of the last turn's request. */
  readonly last: number
}

export async function weigh(uploads: 'auto' | 'off'): Promise<Weighed> {
  const engine = await listen({})
  const proxy = await proxyTo(engine.url)
  const home = newHome()
  const settings = await loadSettings(home)
  await settings.set('uploads', uploads)
  await settings.set('size', '512')
  const { repl } = await openRepl({
    open: { kind: 'new' },
    model: 'nb2',
    practice: true,
    place: { folder: home, home, root: home, env: {}, platform: 'linux', remote: null, version: '0.0.0' },
    clock: { now: () => new Date(), sleep: async () => undefined, chance: () => 0.5 },
    practiceUrl: async () => proxy.url,
    print: () => undefined,
    settings,
    asks: false,
  })
  await repl.submit(`/ref add ${(await references(join(home, 'references'))).join(' ')}`)
  for (let turn = 1; turn <= TURNS; turn++) {
    await repl.submit(turn === 1 ? 'a red fox in the snow' : (LINES[turn % LINES.length] ?? ''))
    await repl.settled()
  }
  const { turns } = repl.live.value.session
  if (turns.some(({ outcome }) => outcome.kind !== 'answered') || turns.length !== TURNS)
    throw new Error(`Not all of ${turns.length} turns were answered.`)
  await repl.close()
  proxy.close()
  await engine.close()
  const asked = proxy.counted.filter(({ path }) => path.includes(':generateContent'))
  const uploaded = sum(proxy.counted.filter(({ path }) => path.startsWith('/upload/')))
  return { all: sum(proxy.counted), uploaded, last: asked.at(-1)?.sent ?? Number.NaN }
}

function sum(counted: readonly Counted[]): number {
  return counted.reduce((bytes, { sent }) => bytes + sent, 0)
}

/** Grain on grey, as JPEG: about as many bytes as a photograph of that size. */
async function references(folder: string): Promise<readonly string[]> {
  mkdirSync(folder)
  const paths = Array.from({ length: REFERENCES }, (_, number) => join(folder, `sheet-${number + 1}.jpg`))
  for (const path of paths) {
    const noise = { type: 'gaussian', mean: 128, sigma: 12 } as const
    const image = sharp({ create: { width: SIDE, height: SIDE, channels: 3, background: 'grey', noise } })
    await image.jpeg({ quality: 85 }).toFile(path)
  }
  return paths
}
