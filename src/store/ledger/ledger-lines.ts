import * as z from 'zod'
import type { Cost } from '../../core/money/call-cost.ts'
import type { ProcessName } from '../process.ts'
import { cost } from '../session/facts.ts'

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
  at: z.string(),
  session: z.string(),
  turn: z.string(),
  model: z.string(),
  most: z.number().nonnegative().nullable().catch(null),
}

const line: z.ZodType<LedgerLine> = z.discriminatedUnion('type', [
  z.looseObject({
    ...call,
    type: z.literal('sent'),
    by: z.looseObject({
      pid: z.number(),
      started: z.string().nullable(),
      boot: z.string().nullable(),
      host: z.string(),
    }),
  }),
  z.looseObject({
    ...call,
    type: z.literal('ended'),
    cost: z.union([z.looseObject({ kind: z.literal('none') }), cost]),
  }),
])

/** Undefined for what is no line of a ledger, or one of a newer limn. */
export function readLedgerLine(text: string): LedgerLine | undefined {
  try {
    return line.safeParse(JSON.parse(text)).data
  } catch {
    return undefined
  }
}
