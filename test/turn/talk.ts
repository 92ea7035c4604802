import { setTimeout as sleep } from 'node:timers/promises'
import { onTestFinished } from 'vitest'
import { listen } from '../../practice/server.ts'
import type { Answer, Event, NewFile, Task } from '../../src/core/event.ts'
import { inForce } from '../../src/core/session/reference.ts'
import { emptySession, type Outcome, type Prompt, type Session } from '../../src/core/session/session.ts'
import type { TurnSettings } from '../../src/core/settings/turn-settings-type.ts'
import type { Chat } from '../../src/gemini/chat.ts'
import { createClient } from '../../src/gemini/client.ts'
import { type Access, type Engine, engineOf, PRACTICE } from '../../src/gemini/engine.ts'
import { GenerateContentChat } from '../../src/gemini/generate-content.ts'
import type { Clock } from '../../src/host/clock.ts'
import type { Place } from '../../src/host/place.ts'
import { Recorder } from '../../src/repl/recorder.ts'
import { Ledger } from '../../src/store/ledger/ledger.ts'
import { SessionStore } from '../../src/store/session/session-store.ts'
import type { Settings } from '../../src/store/settings/all-settings.ts'
import { type LoadedSettings, loadSettings } from '../../src/store/settings/load-settings.ts'
import type { Context } from '../../src/turn/context.ts'
import { passSpendingGate } from '../../src/turn/spending-gate.ts'
import { turn } from '../../src/turn/turn.ts'
import { temporaryHome } from '../store/temporary-home.ts'
import { saidIn } from './said.ts'

/** The smallest images that any model makes, so that a test waits for little. */
export const SMALL: TurnSettings = { model: 'gemini-3.1-flash-image', aspect: 'auto', size: '512' }

/** A practice engine for one test. */
export async function engine(faults?: string): Promise<string> {
  const server = await listen({ faults, maxWait: Infinity })
  onTestFinished(() => server.close())
  return server.url
}

/** Time that passes as soon as someone waits for it; `waited` has the seconds of each wait. */
export class TestClock implements Clock {
  readonly waited: number[] = []
  /** Called instead of waiting. */
  onSleep: ((seconds: number) => void | Promise<void>) | undefined
  #now = Date.parse('2026-11-22T20:48:00.000Z')

  readonly now = () => new Date((this.#now += 100))

  readonly chance = () => 0.5

  readonly sleep = async (seconds: number) => {
    this.waited.push(seconds)
    this.#now += seconds * 1000
    await this.onSleep?.(seconds)
    await sleep(0)
  }
}

export async function placeAt(home: string, env: Place['env'] = {}): Promise<Place> {
  return {
    folder: home,
    home,
    root: `${home}/limn`,
    env,
    platform: 'linux',
    remote: null,
    version: '0.0.0',
  }
}

type Options = {
  readonly faults?: string
  /** The address of an engine; one is started when there is none. */
  readonly url?: string
  readonly settings?: TurnSettings
  /** Values in force, even ones that a user could not set. */
  readonly values?: Partial<Settings>
  readonly env?: Place['env']
  readonly access?: Access
  /** limn's root; a temporary folder if there is none. */
  readonly home?: string
  /** As the practice engine, instead of as a server of the protocol. */
  readonly practice?: boolean
}

/** A conversation over real HTTP, with a real session on disk and without a screen. */
export class Talk {
  readonly store: SessionStore
  readonly ledger: Ledger
  readonly record: Recorder
  readonly place: Place
  readonly clock: TestClock
  readonly events: Event[] = []
  readonly answers: Answer[] = []
  asks = true
  maxUsd: number | null = null
  released = new AbortController()
  cut = new AbortController()
  chat: Chat
  readonly #settings: LoadedSettings
  readonly #values: Partial<Settings>

  constructor(
    place: Place,
    chat: Chat,
    clock: TestClock,
    settings: LoadedSettings,
    values: Partial<Settings>,
    of: TurnSettings,
  ) {
    this.place = place
    this.chat = chat
    this.clock = clock
    this.#settings = settings
    this.#values = values
    this.store = new SessionStore(place.root, place.folder, () => this.clock.now())
    this.ledger = new Ledger(place.root, this.clock.now)
    this.record = new Recorder(
      { session: emptySession('', of), store: this.store },
      () => this.clock.now(),
      () => {},
    )
  }

  get session(): Session {
    return this.record.session
  }

  /** The messages, in order. */
  get words(): readonly string[] {
    return this.events.flatMap(saidIn)
  }

  /** The texts that the spinner showed. */
  get progress(): readonly string[] {
    return this.events.flatMap((event) =>
      event.type === 'progress' && event.text !== '' ? [event.text] : [],
    )
  }

  context(): Context {
    const { record, store, chat, ledger, asks, clock, place } = this
    const [own, over] = [this.#settings, this.#values]
    const settings = {
      ...own,
      get values() {
        return { ...own.values, ...over }
      },
    }
    const context = {
      get session() {
        return record.session
      },
      settings,
      store,
      chat,
      ledger,
      maxUsd: this.maxUsd,
      asks,
      clock,
      place,
      terminal: () => null,
      signal: this.cut.signal,
      released: this.released.signal,
    }
    return context
  }

  async line(text: string, change: Partial<Prompt> = {}, files: readonly NewFile[] = []): Promise<Outcome> {
    const { head, references, settings } = this.session
    const prompt: Prompt = {
      text,
      parent: head,
      mentions: [],
      references: inForce(references),
      settings,
      engine: this.chat.engine.id,
      fresh: false,
      ...change,
    }
    await this.drive(async function* (context): Task {
      for (const gated of yield* passSpendingGate([prompt], context)) {
        if (gated.passed) yield* turn(gated.call, files, context)
      }
    })
    const outcome = this.session.turns.at(-1)?.outcome
    if (!outcome) throw new Error('the line was not recorded')
    return outcome
  }

  /** Runs a task to its end; its questions get `answers`, in order. */
  async drive(make: (context: Context) => Task): Promise<void> {
    const work = make(this.context())
    for (let step = await work.next(undefined); !step.done; ) {
      if (step.value.type === 'change') await this.record.add(step.value)
      else this.events.push(step.value)
      step = await work.next(step.value.type === 'ask' ? this.answers.shift() : undefined)
    }
  }
}

export async function talk({
  faults,
  url,
  settings = SMALL,
  values = {},
  env = {},
  access = { key: 'a-good-key', source: 'file' },
  practice = false,
  home,
}: Options = {}): Promise<Talk> {
  const address = url ?? (await engine(faults))
  const world = practice ? env : { GOOGLE_GEMINI_BASE_URL: address, ...env }
  const place = await placeAt(home ?? (await temporaryHome()), world)
  const found: Engine = practice ? PRACTICE : engineOf(world, access, false)
  const client = () => createClient(found, access, world, async () => address)
  const clock = new TestClock()
  const chat = new GenerateContentChat({ engine: found, client, now: clock.now, secret: access?.key })
  const one = new Talk(place, chat, clock, await loadSettings(place.root), values, settings)
  onTestFinished(() => one.store.close())
  return one
}
