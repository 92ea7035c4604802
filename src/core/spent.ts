import { type Cost, sum, sumText } from './cost.ts'
import { tell } from './failure.ts'
import type { Outcome, Session } from './session.ts'

/** What a session has cost so far, as it is said: "free", "$0.134", "$0.067 +?" where a turn may have been billed. */
export function spent(session: Session): string {
  const free = session.turns.length > 0 && session.turns.every(({ engine }) => engine === 'practice')
  return free ? 'free' : sumText(sum(session.turns.flatMap(({ outcome }) => costsOf(outcome))))
}

function costsOf(outcome: Outcome): readonly Cost[] {
  switch (outcome.kind) {
    case 'open':
      return []
    case 'answered':
      return [outcome.cost]
    case 'failed':
      return tell(outcome.failure).maybeBilled ? [{ kind: 'unknown' }] : []
  }
}
