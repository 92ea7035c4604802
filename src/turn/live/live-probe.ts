import { explain } from '../../core/failures/failure.ts'
import { DEFAULT_MODEL, type Model, modelOf, priced } from '../../core/models/model-catalogue.ts'
import { type Cost, costOf } from '../../core/money/call-cost.ts'
import type { Plan, PlanPart, PlanTurn } from '../../core/request/plan.ts'
import type { Reply, ReplyPart } from '../../core/request/reply.ts'
import type { RequestFields } from '../../core/settings/define-setting.ts'
import { requestFields } from '../../core/settings/turn-settings.ts'
import type { TurnSettings } from '../../core/settings/turn-settings-type.ts'
import type { Chat, RemoteFile, SendResult, Sources } from '../../gemini/chat.ts'
import { PRACTICE } from '../../gemini/engine.ts'
import type { Clock } from '../../host/clock.ts'
import type { Place } from '../../host/place.ts'
import { mimeOf, sniff } from '../../image/sniff.ts'
import type { Ledger } from '../../store/ledger/ledger.ts'
import type { LoadedSettings } from '../../store/settings/load-settings.ts'

/** What the checks need. */
export type LiveContext = {
  readonly chat: Chat
  readonly clock: Clock
  readonly place: Place
  readonly settings: LoadedSettings
  readonly ledger: Ledger
  readonly signal: AbortSignal
  /** False if nobody can be asked about the price. */
  readonly asks: boolean
}

/** How an earlier answer is signed when it is sent back. */
export type Signing = 'own' | 'none' | 'stand-in'

type ProbeRequest = {
  readonly message: readonly PlanPart[]
  readonly history?: readonly PlanTurn[]
  /** In the API's own words, including values that limn itself never sends. */
  readonly fields?: RequestFields
  readonly files?: ReadonlyMap<string, Uint8Array>
  readonly uploaded?: ReadonlyMap<string, RemoteFile>
}

const DRAW = 'Draw a plain red ball on a white table.'
const ASK = 'Answer with one word, and draw nothing: what is in the picture?'

/** Sends requests to the live service and collects their costs. */
export class Probe {
  readonly context: LiveContext
  readonly model: Model
  readonly costs: Cost[] = []
  #first: Promise<SendResult> | undefined
  #asked = 0

  constructor(context: LiveContext) {
    this.context = context
    this.model = priced(modelOf(DEFAULT_MODEL), context.settings.prices)
  }

  /** The image that most checks share; it is drawn once. */
  first(): Promise<SendResult> {
    this.#first ??= this.draw('1K', '16:9')
    return this.#first
  }

  draw(size: string, aspect: string): Promise<SendResult> {
    return this.send({
      message: [textPart(DRAW)],
      fields: { imageConfig: { imageSize: size, aspectRatio: aspect } },
    })
  }

  question(settings: Partial<TurnSettings>): Promise<SendResult> {
    return this.send({
      message: [textPart('Answer with one word, and draw nothing: hello.')],
      fields: requestFields(this.model, settings),
    })
  }

  /** Asks a question about an answer that is sent back with this signing. */
  about(reply: Reply, signing: Signing): Promise<SendResult> {
    const files = new Map<string, Uint8Array>()
    const parts = reply.parts.flatMap((part, index) => partSentBack(part, `part-${index}`, signing, files))
    const history: PlanTurn[] = [
      { role: 'user', parts: [textPart(DRAW)] },
      { role: 'model', parts },
    ]
    return this.send({ history, message: [textPart(ASK)], files })
  }

  /** Asks a question about a file at the server. */
  aboutFile(file: string, mime: string, uploaded: ReadonlyMap<string, RemoteFile>): Promise<SendResult> {
    const image: PlanPart = { kind: 'image', file, mime, bytes: 0, copy: 'as-it-is', uses: 0 }
    return this.send({ message: [image, textPart(ASK)], uploaded })
  }

  async send(asked: ProbeRequest): Promise<SendResult> {
    const { chat, settings, ledger, signal, clock } = this.context
    const plan: Plan = {
      model: this.model,
      history: asked.history ?? [],
      message: asked.message,
      fields: asked.fields ?? {},
    }
    const sources: Sources = {
      image: async ({ file, mime }) => ({ bytes: asked.files?.get(file) ?? new Uint8Array(), mime }),
      signature: async (ref) => ('value' in ref ? ref.value : undefined),
    }
    const free = chat.engine.id === PRACTICE.id
    const turn = `${clock.now().toISOString()}-${(this.#asked += 1)}`
    const call = { session: 'doctor', turn, model: this.model.id, most: null }
    if (!free) await ledger.sent(call)
    const { timeout } = settings.values
    const { uploaded = new Map() } = asked
    const sent = await chat.send({ plan, sources, timeout, uploaded }, signal)
    const cost = free ? ({ kind: 'free' } as const) : this.#costOf(sent)
    if (!free) await ledger.ended(call, cost ?? { kind: 'none' })
    if (cost) this.costs.push(cost)
    return sent
  }

  /** Undefined when the request was refused, and so not billed. */
  #costOf(sent: SendResult): Cost | undefined {
    if (sent.ok) return costOf(sent.reply.usage, this.model)
    return explain(sent.failure).maybeBilled ? { kind: 'unknown' } : undefined
  }
}

function textPart(text: string): PlanPart {
  return { kind: 'text', text }
}

function partSentBack(
  part: ReplyPart,
  file: string,
  signing: Signing,
  files: Map<string, Uint8Array>,
): readonly PlanPart[] {
  if (part.kind === 'broken') return []
  const own = part.signature === undefined ? {} : { signature: { value: part.signature } }
  const signed = { own, none: {}, 'stand-in': { signature: 'bypass' as const } }[signing]
  if (part.kind === 'text') return [{ kind: 'text', text: part.text, ...signed }]
  files.set(file, part.bytes)
  const format = sniff(part.bytes)
  const mime = format === undefined ? 'image/png' : mimeOf(format)
  return [{ kind: 'image', file, mime, bytes: part.bytes.length, copy: 'as-it-is', ...signed }]
}
