import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import { COMMANDS } from '../../src/commands/command-list.ts'
import { isProblem, whyText } from '../../src/core/line/part-outcome.ts'
import type { Fact } from '../../src/core/session/fact.ts'
import type { Session } from '../../src/core/session/session.ts'
import { connect } from '../../src/gemini/connect.ts'
import type { Place } from '../../src/host/place.ts'
import type { Target } from '../../src/repl/active-session.ts'
import { openTarget } from '../../src/repl/opening.ts'
import { Repl } from '../../src/repl/repl.ts'
import type { Screen, TranscriptItem } from '../../src/repl/screen.ts'
import type { Settings } from '../../src/store/settings/all-settings.ts'
import { loadSettings } from '../../src/store/settings/load-settings.ts'
import { gate } from '../gemini/wire.ts'
import { temporaryHome } from '../store/temporary-home.ts'
import { saidIn } from '../turn/said.ts'
import { engine, placeAt, SMALL, TestClock } from '../turn/talk.ts'

type Options = {
  readonly faults?: string
  /** The address of an engine; one is started when there is none. */
  readonly url?: string
  readonly values?: Partial<Settings>
  readonly asks?: boolean
  readonly maxUsd?: number | null
  readonly home?: string
  readonly target?: Target
  readonly env?: Place['env']
}

/** Starts a REPL without a screen, in front of an engine that answers when the test opens the wire. */
export async function startRepl({
  faults,
  url,
  values = {},
  asks = true,
  maxUsd = null,
  home,
  target = { kind: 'new', title: '' },
  env = {},
}: Options = {}) {
  const wire = await gate(url ?? (await engine(faults)))
  const world = { GOOGLE_GEMINI_BASE_URL: wire.url, GEMINI_API_KEY: 'a-key', ...env }
  const place = await placeAt(home ?? (await temporaryHome()), world)
  const clock = new TestClock()
  const loaded = await loadSettings(place.root)
  const settings = { ...loaded, values: { ...loaded.values, askAbove: 'off', ...values } as const }
  const printed: TranscriptItem[] = []
  const watchers: ((item: TranscriptItem) => void)[] = []
  const opening = {
    place,
    doors: {
      env: world,
      root: place.root,
      practice: false,
      practiceUrl: async () => wire.url,
      now: clock.now,
    },
    settings: SMALL,
    now: () => clock.now(),
  }
  const open = (to: Target) => openTarget(to, opening)
  const opened = await open(target)
  if (isProblem(opened)) throw new Error(whyText(opened.why))
  const print = (item: TranscriptItem) => {
    printed.push(item)
    for (const watch of watchers) watch(item)
  }
  const terminal = () => null
  const parts = {
    clock,
    place,
    settings,
    commands: COMMANDS,
    maxUsd,
    print,
    terminal,
    asks,
    open,
    connect: (session: Session) => connect(session, opening.doors),
  }
  const repl = new Repl(parts, opened)
  onTestFinished(() => repl.close())
  return {
    repl,
    wire,
    place,
    clock,
    printed,
    watchers,
    get screen(): Screen {
      return repl.live.value
    },
    get session() {
      return repl.live.value.session
    },
    /** The sentences that were printed, in order. */
    get words(): readonly string[] {
      return printed.flatMap((item) => {
        return item.kind === 'notice' ? saidIn(item.notice) : []
      })
    },
    get facts(): readonly Fact[] {
      return printed.flatMap((item) => (item.kind === 'fact' ? [item.fact] : []))
    },
    /** Types a line; resolves when it has been taken, whether it runs, is queued or was given back. */
    type(line: string): Promise<void> {
      void repl.submit(line)
      return repl.taken()
    },
    /** Waits until the screen passes a test. */
    async until(what: (screen: Screen) => boolean): Promise<void> {
      while (!what(repl.live.value)) {
        await new Promise<void>((done) => {
          const stop = repl.live.subscribe(() => {
            stop()
            done()
          })
        })
      }
    },
    journal(): readonly Fact[] {
      const path = join(repl.folder ?? '', 'session.jsonl')
      if (!existsSync(path)) return []
      return readFileSync(path, 'utf8')
        .trimEnd()
        .split('\n')
        .slice(1)
        .map((line) => JSON.parse(line))
    },
  }
}

export type TestRepl = Awaited<ReturnType<typeof startRepl>>

export const ready = ({ lane, behind }: Screen) => lane.kind === 'ready' && behind === 0
export const drawn = (versions: number) => (screen: Screen) =>
  ready(screen) && screen.session.versions.length === versions
export const ended = (turns: number) => (screen: Screen) =>
  ready(screen) &&
  screen.session.turns.length === turns &&
  screen.session.turns.every(({ outcome }) => outcome.kind !== 'open')

/** Types a line and lets its answer come. */
export async function draw(one: TestRepl, line: string): Promise<void> {
  const turns = one.session.turns.length + 1
  await one.type(line)
  await one.wire.open()
  await one.until(ended(turns))
}
