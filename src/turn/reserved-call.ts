import type { Price } from '../core/money/forecast.ts'
import type { Prompt } from '../core/session/session.ts'
import type { Held } from '../store/ledger/ledger.ts'
import type { Context } from './context.ts'

/** A call that may be sent. It counts as out in the budgets until it is released. */
export type ReservedCall = {
  readonly prompt: Prompt
  readonly price: Price
  /** The user has agreed to send it although a budget has no room for it. */
  readonly agreed: boolean
  /** Its entry in the ledger; undefined when it is free. */
  readonly held?: Held
  release(): void
}

/** Counts a call as out from now on. */
export function reserve(prompt: Prompt, price: Price, context: Context, agreed = false): ReservedCall {
  if (price === 'free') return { prompt, price, agreed, release: () => undefined }
  const held = context.ledger.hold({
    // Read late: a session has no id before its first line is recorded.
    get session() {
      return context.session.id
    },
    most: price === 'unknown' ? null : price.most,
  })
  return { prompt, price, agreed, held, release: () => held.release() }
}
