import { access } from 'node:fs/promises'
import { join } from 'node:path'
import type { Bill } from '../../core/money/bill.ts'
import type { Cost } from '../../core/money/call-cost.ts'
import { DiskError } from '../disk-error.ts'
import { makeFolder, writeNew } from '../files.ts'
import { isAlive, thisProcess } from '../process.ts'
import type { Call, LedgerLine, NotBilled } from './ledger-lines.ts'
import { billsOfAll, recordedCost } from './rebuild-ledger.ts'
import { SharedLog } from './shared-log.ts'

const LEDGER = 'ledger.jsonl'

/** No call is out for longer than this, in milliseconds: an answer is given up after an hour at the latest. */
const LONGEST = 2 * 60 * 60 * 1000

/** A call that is out, or is about to go. */
export type CallsOut = Pick<Call, 'session' | 'most'>

/** A call that counts as out until it is released. */
export type Held = { readonly out: CallsOut; release(): void }

/** A call of one's own that is written already; `held`, where those held behind it do not count either. */
type Own = { readonly call: Call; readonly held?: Held }

export type Account = {
  readonly bills: readonly Bill[]
  /** Of every limn on this machine. */
  readonly out: readonly CallsOut[]
}

/**
 * What was spent in all sessions, in one file that every limn appends to: a line before a call goes out, and one when
 * it has come to its end. A limn that is killed in between leaves the first, and its session tells the rest. Practice
 * is never in it.
 */
export class Ledger {
  readonly #root: string
  readonly #now: () => Date
  readonly #log: SharedLog
  /** The newest line of each call that was read. */
  #calls = new Map<string, LedgerLine>()
  /** Lines that were read. */
  #lines = 0
  /** Where each of them stands, by the count of lines. */
  #places = new Map<string, number>()
  /** Calls that were written here: what of them is out is held, and not read. */
  readonly #mine = new Set<string>()
  /** Calls that may go, from the moment that each is allowed. */
  readonly #held = new Set<Held>()
  /** Lines that the disk has refused so far. */
  #unwritten: readonly LedgerLine[] = []
  /** Calls of killed limns of which their sessions tell nothing. */
  readonly #lost = new Set<string>()
  readonly #named = new Set<string>()
  #last: Promise<unknown> = Promise.resolve()

  constructor(root: string, now: () => Date) {
    this.#root = root
    this.#now = now
    this.#log = new SharedLog(join(root, LEDGER))
  }

  /** Counts a call as out until it is released. */
  hold(out: CallsOut): Held {
    const held = { out, release: () => void this.#held.delete(held) }
    this.#held.add(held)
    return held
  }

  /** True when this is asked for the first time: a warning is given once. */
  isFirst(name: string): boolean {
    return !this.#named.has(name) && this.#named.add(name).has(name)
  }

  /** A call is about to go out. Gives a sentence when that could not be written: it is tried again later. */
  sent(call: Call): Promise<string | undefined> {
    this.#mine.add(nameOf(call))
    return this.#write({ at: this.#now().toISOString(), type: 'sent', ...call, by: thisProcess() })
  }

  ended(call: Call, cost: Cost | NotBilled): Promise<string | undefined> {
    return this.#write({ at: this.#now().toISOString(), type: 'ended', ...call, cost })
  }

  /**
   * All that is known now. Throws a DiskError when the file cannot be read. For a call of one's own, those that were
   * written behind it are not out: of two that have seen the same room each would else give way to the other.
   */
  read(own?: Own): Promise<Account> {
    return this.#inTurn(() => this.#read(own))
  }

  #inTurn<T>(work: () => Promise<T>): Promise<T> {
    const done = this.#last.then(work)
    this.#last = done.catch(() => undefined)
    return done
  }

  #write(line: LedgerLine): Promise<string | undefined> {
    return this.#inTurn(async () => {
      try {
        await this.#append(line)
        return undefined
      } catch (error) {
        if (!(error instanceof DiskError)) throw error
        return `${error.message} What this call costs is known in its session, and written down there.`
      }
    })
  }

  async #append(line: LedgerLine): Promise<void> {
    this.#unwritten = [...this.#unwritten, line]
    if (!(await this.#isThere())) await this.#make()
    await this.#log.append(this.#unwritten.map((one) => JSON.stringify(one)))
    this.#unwritten = []
  }

  #isThere(): Promise<boolean> {
    return access(this.#log.path).then(
      () => true,
      () => false,
    )
  }

  /** Before the first call, and when somebody has deleted it, it is made of what the sessions tell. */
  async #make(): Promise<void> {
    const bills = await billsOfAll(this.#root)
    const lines = bills.map((bill) => `${JSON.stringify({ ...bill, type: 'ended' })}\n`)
    await makeFolder(this.#root, 0o700)
    await writeNew(this.#root, LEDGER, Buffer.from(lines.join(''))).catch((error: unknown) => {
      // Another limn was first, and has made the same.
      if (!(error instanceof DiskError && error.code === 'EEXIST')) throw error
    })
  }

  async #read(own: Own | undefined): Promise<Account> {
    const held = [...this.#held]
    const upTo = own?.held ? held.indexOf(own.held) + 1 : held.length
    const out = held.slice(0, upTo).map((one) => one.out)
    if (!(await this.#isThere())) return { bills: await billsOfAll(this.#root), out }
    const { readLedgerLine } = await import('./ledger-lines.ts')
    const { lines, anew } = await this.#log.news()
    if (anew) this.#calls = new Map()
    if (anew) this.#places = new Map()
    const news = [...lines.map(readLedgerLine), ...this.#unwritten]
    for (const [index, line] of news.entries()) {
      if (!line) continue
      this.#calls.set(nameOf(line), line)
      this.#places.set(nameOf(line), this.#lines + index)
    }
    this.#lines += news.length
    const place = own && this.#places.get(nameOf(own.call))
    const bills: Bill[] = []
    for (const [name, line] of [...this.#calls]) {
      const behind = place !== undefined && (this.#places.get(name) ?? 0) > place
      if (line.type === 'ended') bills.push(...billOf(line, line.cost))
      else if (this.#mine.has(name)) continue
      else if (this.#isOut(line)) out.push(...(behind ? [] : [line]))
      else bills.push(...billOf(line, await this.#settle(line)))
    }
    return { bills, out }
  }

  #isOut({ at, by }: LedgerLine & { type: 'sent' }): boolean {
    const old = this.#now().getTime() - Date.parse(at) > LONGEST
    return !old && isAlive(by) !== false
  }

  /** A limn was killed with this call out: its session may know what became of it. */
  async #settle({ type: _type, by: _by, ...call }: LedgerLine & { type: 'sent' }) {
    const name = nameOf(call)
    if (this.#lost.has(name)) return UNKNOWN
    const cost = await recordedCost(this.#root, call.session, call.turn)
    if (!cost) this.#lost.add(name)
    else await this.#append({ type: 'ended', ...call, cost }).catch(() => undefined)
    return cost ?? UNKNOWN
  }
}

function nameOf({ session, turn }: Pick<Call, 'session' | 'turn'>): string {
  return `${session}/${turn}`
}

const UNKNOWN: Cost = { kind: 'unknown' }

function billOf({ at, session, turn, model, most }: LedgerLine, cost: Cost | NotBilled): readonly Bill[] {
  return cost.kind === 'none' ? [] : [{ at, session, turn, model, most, cost }]
}
