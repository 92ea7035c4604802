import type { Cost } from '../../core/money/call-cost.ts'
import type { ProcessName } from '../process.ts'
import { amount, atLeastZero, byKind, byType, either, object, orNull, otherwise, text } from '../schema.ts'
import { cost } from '../session/outcome-schema.ts'

/** One call, identified by its session and its turn. */
export type Call = {
  readonly session: string
  readonly turn: string
  readonly model: string
  /** The most that it is expected to cost, in dollars; null when that is not known. */
  readonly most: number | null
}

/** The server refused the call, or it never reached the server. */
export type NotBilled = { readonly kind: 'none' }

type StampedLine = Call & { readonly at: string }

/** Written before a call is sent, and when it has ended. */
export type LedgerLine =
  | (StampedLine & { readonly type: 'sent'; readonly by: ProcessName })
  | (StampedLine & { readonly type: 'ended'; readonly cost: Cost | NotBilled })

const call = {
  at: text,
  session: text,
  turn: text,
  model: text,
  most: otherwise(orNull(atLeastZero), null),
}

const by = object<ProcessName>({ pid: amount, started: orNull(text), boot: orNull(text), host: text })

const line = byType<LedgerLine>({
  sent: { ...call, by },
  ended: { ...call, cost: either(byKind<NotBilled>({ none: {} }), cost) },
})

/** Undefined when it is not a line of a ledger, or is one of a newer limn. */
export function readLedgerLine(json: string): LedgerLine | undefined {
  try {
    return line.safeParse(JSON.parse(json)).data
  } catch {
    return undefined
  }
}
