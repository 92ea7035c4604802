import type { Cost } from '../../core/money/call-cost.ts'
import type { ProcessName } from '../process.ts'
import { amount, atLeastZero, byKind, byType, either, object, orNull, otherwise, text } from '../schema.ts'
import { cost } from '../session/outcome-schema.ts'

/** One call; its session and its turn name it. */
export type Call = {
  readonly session: string
  readonly turn: string
  readonly model: string
  /** The most that it is expected to cost, in dollars; null where that is not known. */
  readonly most: number | null
}

/** The server turned it away, or it never got there. */
export type NotBilled = { readonly kind: 'none' }

type StampedLine = Call & { readonly at: string }

/** What is written before a call goes out, and when it has come to its end. */
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

/** Undefined for what is no line of a ledger, or one of a newer limn. */
export function readLedgerLine(json: string): LedgerLine | undefined {
  try {
    return line.safeParse(JSON.parse(json)).data
  } catch {
    return undefined
  }
}
