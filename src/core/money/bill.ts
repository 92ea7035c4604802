import { explain } from '../failures/failure.ts'
import type { Session, Turn } from '../session/session.ts'
import type { Cost } from './call-cost.ts'

/** A call that was billed, or may have been: its cost is then unknown. */
export type Bill = {
  /** When this became known, in ISO form. */
  readonly at: string
  readonly session: string
  readonly turn: string
  readonly model: string
  readonly cost: Cost
  /** The most that it was expected to cost, in dollars; null where that is not known. */
  readonly most: number | null
}

/** The bills that a session records. A call in flight has none yet, and the practice engine never has one. */
export function billsOf({ id: session, turns }: Session): readonly Bill[] {
  return turns.flatMap((turn) => {
    const cost = costOfTurn(turn)
    if (!cost || turn.engine === 'practice') return []
    return [{ at: turn.at, session, turn: turn.id, model: turn.settings.model, cost, most: null }]
  })
}

/** Undefined while the turn is in flight, and when nothing was billed. */
export function costOfTurn({ outcome }: Pick<Turn, 'outcome'>): Cost | undefined {
  switch (outcome.kind) {
    case 'open':
      return undefined
    case 'answered':
      return outcome.cost
    case 'failed':
      return explain(outcome.failure).maybeBilled ? { kind: 'unknown' } : undefined
  }
}
