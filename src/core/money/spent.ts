import type { Session, ToolAct } from '../session/session.ts'
import { turnOf } from '../session/tree.ts'
import { billsOf, costOfTurn } from './bill.ts'
import { costText, sum, sumText } from './call-cost.ts'

/** What a session has cost so far, as shown: "free", "$0.134", "$0.067 +?" where a turn may have been billed. */
export function spent(session: Session): string {
  const free = session.turns.length > 0 && session.turns.every(({ engine }) => engine === 'practice')
  return free ? 'free' : sumText(sum(billsOf(session).map(({ cost }) => cost)))
}

/** What a tool makes is free, except for a turn that it had to send. */
export function actCostText(session: Session, { turn: id }: ToolAct): string {
  const turn = turnOf(session, id ?? null)
  const cost = turn && costOfTurn(turn)
  return cost ? costText(cost) : 'free'
}
