import { readdir } from 'node:fs/promises'
import { type Bill, billsOf, costOfTurn } from '../../core/money/bill.ts'
import type { Cost } from '../../core/money/call-cost.ts'
import { replay } from '../../core/session/apply.ts'
import { emptySession, type Session } from '../../core/session/session.ts'
import { readJournal } from '../session/journal.ts'
import { sessionFolder, sessionsFolder } from '../session/session-store.ts'
import type { NotBilled } from './ledger-lines.ts'

/** The bills of all sessions, for a missing ledger. Sessions that cannot be read are left out. */
export async function billsOfAll(root: string): Promise<readonly Bill[]> {
  const ids = await readdir(sessionsFolder(root)).catch(() => [])
  const bills: Bill[] = []
  for (const id of ids) {
    const session = await sessionAt(root, id)
    if (session) bills.push(...billsOf(session))
  }
  return bills
}

/** What a session records as the cost of one of its calls; undefined when the call has no recorded end. */
export async function recordedCost(
  root: string,
  id: string,
  turn: string,
): Promise<Cost | NotBilled | undefined> {
  const session = await sessionAt(root, id)
  const found = session?.turns.find((one) => one.id === turn)
  if (!found || found.outcome.kind === 'open') return undefined
  return costOfTurn(found) ?? { kind: 'none' }
}

/** A session replayed from its lines, without opening it. */
export async function sessionAt(root: string, id: string): Promise<Session | undefined> {
  const read = await readJournal(sessionFolder(root, id)).catch(() => undefined)
  return read && replay(emptySession(id, { model: '', aspect: '', size: '' }), read.facts)
}
