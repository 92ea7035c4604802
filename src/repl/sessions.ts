import { change, type Notice, say } from '../core/event.ts'
import type { Fact, Session } from '../core/session/session.ts'
import type { ActiveSession, ReplDependencies, Running, Target } from './parts.ts'
import { Recorder } from './recorder.ts'
import type { Live, Screen } from './screen.ts'
import { surprise } from './surprise.ts'

/** The session that is open, and going from one to another. One that something is still out of is never closed. */
export class Sessions {
  readonly #parts: ReplDependencies
  readonly #live: Live<Screen>
  /** What goes on behind, of any session. */
  readonly #behind: ReadonlySet<Running>
  #opened: ActiveSession
  #record: Recorder

  constructor(
    parts: ReplDependencies,
    opened: ActiveSession,
    live: Live<Screen>,
    behind: ReadonlySet<Running>,
  ) {
    this.#parts = parts
    this.#live = live
    this.#behind = behind
    this.#opened = opened
    this.#record = this.#recordOf(opened)
  }

  get opened(): ActiveSession {
    return this.#opened
  }

  get record(): Recorder {
    return this.#record
  }

  /**
   * Goes to another session. What is still out of this one ends where it belongs, and a session that something is
   * still out of is gone back to as it is: it has never been closed.
   */
  async switch(to: Target): Promise<'opened' | 'back' | 'stayed'> {
    const { opened: left, record } = { opened: this.#opened, record: this.#record }
    const out = [...this.#behind].find(({ opened }) => to.kind === 'session' && opened.store.id === to.id)
    // One's own session, looked at while another limn had it.
    if (to.kind === 'session' && to.id === left.store.id) await left.store.close()
    const opened = out?.opened ?? (await this.#parts.open(to, (notice) => this.#print(notice)))
    if (!opened) return 'stayed'
    this.#opened = opened
    this.#record = out?.record ?? this.#recordOf(opened)
    this.#live.set({ ...screenOf(opened), session: this.#record.session })
    await record.settled()
    await this.release(left)
    return out ? 'back' : 'opened'
  }

  /** Another engine for the session that is open; its files and what is out of it stay as they are. */
  async reconnect(): Promise<void> {
    const { chat, words } = await this.#parts.connect(this.#record.session)
    this.#opened = { ...this.#opened, chat }
    this.#live.set({ engine: chat.engine })
    this.#print(say(chat.engine.label))
    for (const word of words) this.#print(say(word, 'warning'))
  }

  /** Records what is still out, in every session, and gives all of them back. */
  async leave(): Promise<void> {
    const all = new Map([[this.#opened.store, this.#record]])
    for (const running of this.#behind) all.set(running.opened.store, running.record)
    for (const [store, record] of all) {
      const out = record.session.turns.flatMap(({ id, outcome }) => (outcome.kind === 'open' ? [id] : []))
      if (out.length > 0 && store.readOnly === undefined) {
        await record
          .add(change({ type: 'left', out }))
          .catch((error: unknown) => this.#print(surprise(error, this.#parts.place)))
      }
      await record.settled()
      await store.close()
    }
  }

  /** Gives a session back that is not open any more, when nothing of it is out. */
  async release({ store }: ActiveSession): Promise<void> {
    const out = [...this.#behind].some(({ opened }) => opened.store === store)
    if (store !== this.#opened.store && !out) await store.close()
  }

  #recordOf(opened: ActiveSession): Recorder {
    return new Recorder(opened, this.#parts.clock.now, (fact: Fact, session: Session) => {
      if (opened.store !== this.#opened.store) return this.#elsewhere(fact, session)
      this.#live.set({ session })
      this.#parts.print({ kind: 'fact', fact, session })
    })
  }

  /** An answer that came after the user had gone to another session. */
  #elsewhere(fact: Fact, session: Session): void {
    if (fact.type !== 'answered') return
    const versions = fact.images.map(({ version }) => `v${version}`).join(', ')
    this.#print(say(`${versions || 'An answer in words'} arrived in the session ${session.id}.`))
  }

  #print(notice: Notice): void {
    this.#parts.print({ kind: 'notice', notice, session: this.#record.session })
  }
}

/** What the screen reads of a session that has just been opened. */
export function screenOf({ session, store, chat }: ActiveSession) {
  return {
    session,
    engine: chat.engine,
    // Who only looks can run nothing.
    held: session.waiting.length > 0 && store.readOnly === undefined,
    readOnly: store.readOnly ?? null,
  }
}
