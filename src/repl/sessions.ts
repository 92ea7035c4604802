import { change, type Notice, say } from '../core/event.ts'
import { isProblem, type TaskProblem } from '../core/line/part-outcome.ts'
import type { Fact } from '../core/session/fact.ts'
import type { Session } from '../core/session/session.ts'
import type { ActiveSession, Target } from './active-session.ts'
import type { ReplDependencies } from './dependencies.ts'
import type { Home, LineRun } from './line-run.ts'
import { Recorder } from './recorder.ts'
import type { Screen } from './screen.ts'
import { surprise } from './unexpected-error.ts'

/** What the screen shows of the open session. */
type SessionScreen = Pick<Screen, 'session' | 'engine' | 'readOnly'>

/** The open session, and the switch from one to another. A session with a running turn is never closed. */
export class Sessions {
  readonly #deps: ReplDependencies
  readonly #show: (screen: Partial<SessionScreen>) => void
  /** Lines that still run, of any session. */
  readonly #out: () => Iterable<LineRun>
  #active: ActiveSession
  #recorder: Recorder

  constructor(
    deps: ReplDependencies,
    active: ActiveSession,
    show: (screen: Partial<SessionScreen>) => void,
    out: () => Iterable<LineRun>,
  ) {
    this.#deps = deps
    this.#show = show
    this.#out = out
    this.#active = active
    this.#recorder = this.#recorderOf(active)
  }

  get active(): ActiveSession {
    return this.#active
  }

  get recorder(): Recorder {
    return this.#recorder
  }

  /** The session of a line that starts now. */
  get home(): Home {
    return { active: this.#active, recorder: this.#recorder }
  }

  /**
   * Switches to another session. Turns that still run end in their own session. A session with a running turn was never
   * closed, so switching back to it opens nothing.
   */
  async switch(to: Target): Promise<'opened' | 'back' | TaskProblem> {
    const { active: left, recorder } = this.home
    const out = this.#homes().find(({ active }) => to.kind === 'session' && active.store.id === to.id)
    // The same session, open read-only because another limn had it.
    if (to.kind === 'session' && to.id === left.store.id) await left.store.close()
    const active = out?.active ?? (await this.#deps.open(to))
    if (isProblem(active)) {
      this.#print({ type: 'problem', problem: active })
      return active
    }
    this.#active = active
    this.#recorder = out?.recorder ?? this.#recorderOf(active)
    this.#show({ ...screenOf(active), session: this.#recorder.session })
    await recorder.settled()
    await this.release(left)
    return out ? 'back' : 'opened'
  }

  /** Gives the open session another engine; its files and its running turns are not affected. */
  async reconnect(): Promise<void> {
    const { chat, warnings } = await this.#deps.connect(this.#recorder.session)
    this.#active = { ...this.#active, chat }
    this.#show({ engine: chat.engine })
    this.#print(say(chat.engine.label))
    for (const warning of warnings) this.#print(say(warning, 'warning'))
  }

  /** Records what is still running in every session, and closes all of them. */
  async leave(): Promise<void> {
    const all = new Map([[this.#active.store, this.#recorder]])
    for (const { active, recorder } of this.#homes()) all.set(active.store, recorder)
    for (const [store, recorder] of all) {
      const out = recorder.session.turns.flatMap(({ id, outcome }) => (outcome.kind === 'open' ? [id] : []))
      if (out.length > 0 && store.readOnly === undefined) {
        await recorder
          .add(change({ type: 'left', out }))
          .catch((error: unknown) =>
            this.#print({ type: 'problem', problem: surprise(error, this.#deps.place) }),
          )
      }
      await recorder.settled()
      await store.close()
    }
  }

  /** Closes a session that is no longer open on the screen, if none of its turns runs. */
  async release({ store }: ActiveSession): Promise<void> {
    const out = this.#homes().some(({ active }) => active.store === store)
    if (store !== this.#active.store && !out) await store.close()
  }

  #homes(): readonly Home[] {
    return [...this.#out()].flatMap(({ home }) => home ?? [])
  }

  #recorderOf(active: ActiveSession): Recorder {
    return new Recorder(active, this.#deps.clock.now, (fact: Fact, session: Session) => {
      if (active.store !== this.#active.store) return this.#elsewhere(fact, session)
      this.#show({ session })
      this.#deps.print({ kind: 'fact', fact, session })
    })
  }

  /** Reports an answer that came after the user had switched to another session. */
  #elsewhere(fact: Fact, session: Session): void {
    if (fact.type !== 'answered') return
    const versions = fact.images.map(({ version }) => `v${version}`).join(', ')
    this.#print(say(`${versions || 'An answer in words'} arrived in the session ${session.id}.`))
  }

  #print(notice: Notice): void {
    this.#deps.print({ kind: 'notice', notice, session: this.#recorder.session })
  }
}

/** What the screen shows of a session that has just been opened. */
export function screenOf({ session, store, chat }: ActiveSession): SessionScreen {
  return { session, engine: chat.engine, readOnly: store.readOnly ?? null }
}
