import { type Event, say } from '../core/event.ts'
import { type Model, modelOf, priced } from '../core/models/model-catalogue.ts'
import { type Cost, costOf } from '../core/money/call-cost.ts'
import { forecastOf, type Price } from '../core/money/forecast.ts'
import type { Reply } from '../core/request/reply.ts'
import { WINDOW } from '../core/request/request.ts'
import type { Prompt, Session } from '../core/session/session.ts'
import { PRACTICE } from '../gemini/engine.ts'
import type { Call } from '../store/ledger/ledger-lines.ts'
import type { Context } from './context.ts'
import type { ReservedCall } from './reserved-call.ts'

type Pricing = Pick<Context, 'settings'>

/** The expected price of a prompt. */
export function priceOf(session: Session, prompt: Prompt, { settings }: Pricing): Price {
  if (prompt.engine === PRACTICE.id) return 'free'
  const window = { ...WINDOW, turns: prompt.settings.history ?? WINDOW.turns }
  return forecastOf(session, prompt, modelAt(prompt, { settings }), window) ?? 'unknown'
}

/** What an answer cost. */
export function costOfReply({ usage }: Reply, prompt: Prompt, pricing: Pricing): Cost {
  if (prompt.engine === PRACTICE.id) return { kind: 'free' }
  const { tier, search } = prompt.settings
  const cost = costOf(usage, modelAt(prompt, pricing), tier)
  // A search can be billed separately, and no answer says how much.
  return cost.kind === 'known' && search !== undefined ? { ...cost, about: true } : cost
}

function modelAt({ settings: { model } }: Prompt, { settings }: Pricing): Model {
  return priced(modelOf(model), settings.prices)
}

/** Records one turn in the ledger. Practice records nothing. */
export class Meter {
  readonly #context: Context
  /** Undefined when the turn is free. */
  readonly call: Call | undefined
  #out = false

  constructor({ prompt, price }: Pick<ReservedCall, 'prompt' | 'price'>, turn: string, context: Context) {
    this.#context = context
    if (price === 'free') return
    const { id: session } = context.session
    this.call = {
      session,
      turn,
      model: prompt.settings.model,
      most: price === 'unknown' ? null : price.most,
    }
  }

  /** To be called before each try is sent. */
  async *sent(): AsyncGenerator<Event, void> {
    if (!this.call) return
    this.#out = true
    yield* warned(this.#context.ledger.sent(this.call))
  }

  /** To be called when a try has ended; without a cost, nothing was billed. */
  async *ended(cost: Cost | undefined): AsyncGenerator<Event, void> {
    if (!this.call || !this.#out) return
    this.#out = false
    yield* warned(this.#context.ledger.ended(this.call, cost ?? { kind: 'none' }))
  }
}

async function* warned(problem: Promise<string | undefined>): AsyncGenerator<Event, void> {
  const sentence = await problem
  if (sentence !== undefined) yield say(sentence, 'warning')
}
