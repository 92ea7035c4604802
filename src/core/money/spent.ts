import type { Session } from '../session/session.ts'
import { billsOf } from './bill.ts'
import { sum, sumText } from './call-cost.ts'

/** What a session has cost so far, as it is said: "free", "$0.134", "$0.067 +?" where a turn may have been billed. */
export function spent(session: Session): string {
  const free = session.turns.length > 0 && session.turns.every(({ engine }) => engine === 'practice')
  return free ? 'free' : sumText(sum(billsOf(session).map(({ cost }) => cost)))
}
