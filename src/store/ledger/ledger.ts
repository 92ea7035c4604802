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

/** In milliseconds. No call stays out for longer: limn stops waiting for an answer after an hour at most. */
const LONGEST = 2 * 60 * 60 * 1000

/** A call that is out, or about to be sent. */
export type CallsOut = Pick<Call, 'session' | 'most'>

/** A call that counts as out until it is released. */
export type Held = { readonly out: CallsOut; release(): void }

/** A call of this limn that is in the ledger. With `held`, calls that were held after it do not count either. */
type Own = { readonly call: Call; readonly held?: Held }

export type Account = {
  readonly bills: readonly Bill[]
  /** The calls of every limn on this machine. */
  readonly out: readonly CallsOut[]
  /** The part that this process wrote or holds. */
  readonly own: { readonly bills: readonly Bill[]; readonly out: readonly CallsOut[] }
}

/**
 * What was spent in all sessions, in one file that every limn appends to: a line before a call is sent, and one when it
 * has ended. A limn that is killed in between leaves only the first; the session then shows what the call cost.
 * Practice is never in it.
 */
export class Ledger {
  readonly #root: string
  readonly #now: () => Date
  readonly #log: SharedLog
  /** The newest line of each call that was read. */
  #calls = new Map<string, LedgerLine>()
  /** Lines that were read. */
  #lines = 0
  /** The line number of the newest line of each call. */
  #places = new Map<string, number>()
  /** Calls that this process wrote. Those that are out are counted from `#held`, not from the file. */
  readonly #mine = new Set<string>()
  /** Rows of batches that this process has sent. Other limns find them in the files of the jobs. */
  readonly #submitted: CallsOut[] = []
  /** Calls that have passed the spending gate, until they are released. */
  readonly #held = new Set<Held>()
  /** Lines that could not be written yet. */
  #unwritten: readonly LedgerLine[] = []
  /** Calls of killed limns whose sessions do not show what became of them. */
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

  /** Counts rows of a batch that the server has, each with the most that it can cost. */
  submitted(rows: readonly CallsOut[]): void {
    this.#submitted.push(...rows)
  }

  /** True the first time that a name is asked about, so that a warning is given once. */
  isFirst(name: string): boolean {
    return !this.#named.has(name) && this.#named.add(name).has(name)
  }

  /** Records that a call is about to be sent. Gives a sentence when the disk refuses; the line is then written later. */
  sent(call: Call): Promise<string | undefined> {
    this.#mine.add(nameOf(call))
    return this.#write({ at: this.#now().toISOString(), type: 'sent', ...call, by: thisProcess() })
  }

  ended(call: Call, cost: Cost | NotBilled): Promise<string | undefined> {
    return this.#write({ at: this.#now().toISOString(), type: 'ended', ...call, cost })
  }

  /**
   * All bills and all calls that are out. Throws a DiskError when the file cannot be read. With `own`, calls written
   * after that call do not count as out: otherwise two calls that need the same money would each give way to the other.
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
        return `${error.message} The session still records what this call costs.`
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

  /** Rebuilds the ledger from the sessions: before the first call, and when somebody has deleted it. */
  async #make(): Promise<void> {
    const bills = await billsOfAll(this.#root)
    const lines = bills.map((bill) => `${JSON.stringify({ ...bill, type: 'ended' })}\n`)
    await makeFolder(this.#root, 0o700)
    await writeNew(this.#root, LEDGER, Buffer.from(lines.join(''))).catch((error: unknown) => {
      // Another limn was first, and has written the same.
      if (!(error instanceof DiskError && error.code === 'EEXIST')) throw error
    })
  }

  async #read(call: Own | undefined): Promise<Account> {
    const held = [...this.#held]
    const upTo = call?.held ? held.indexOf(call.held) + 1 : held.length
    const out = held.slice(0, upTo).map((one) => one.out)
    const own = { bills: [] as Bill[], out: [...out, ...this.#submitted] }
    if (!(await this.#isThere())) {
      const bills = await billsOfAll(this.#root)
      return { bills, out, own: { ...own, bills: bills.filter((bill) => this.#mine.has(nameOf(bill))) } }
    }
    const { readLedgerLine } = await import('./ledger-lines.ts')
    const { lines, fromStart } = await this.#log.readNew()
    if (fromStart) this.#calls = new Map()
    if (fromStart) this.#places = new Map()
    const newLines = [...lines.map(readLedgerLine), ...this.#unwritten]
    for (const [index, line] of newLines.entries()) {
      if (!line) continue
      this.#calls.set(nameOf(line), line)
      this.#places.set(nameOf(line), this.#lines + index)
    }
    this.#lines += newLines.length
    const place = call && this.#places.get(nameOf(call.call))
    const bills: Bill[] = []
    for (const [name, line] of [...this.#calls]) {
      const behind = place !== undefined && (this.#places.get(name) ?? 0) > place
      if (line.type === 'ended') {
        const billed = billOf(line, line.cost)
        bills.push(...billed)
        if (this.#mine.has(name)) own.bills.push(...billed)
      } else if (this.#mine.has(name)) continue
      else if (this.#isOut(line)) out.push(...(behind ? [] : [line]))
      else bills.push(...billOf(line, await this.#settle(line)))
    }
    return { bills, out, own }
  }

  #isOut({ at, by }: LedgerLine & { type: 'sent' }): boolean {
    const old = this.#now().getTime() - Date.parse(at) > LONGEST
    return !old && isAlive(by) !== false
  }

  /** The cost of a call that was out when its limn was killed, from its session if that shows it. */
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
