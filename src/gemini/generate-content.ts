import type { Failure } from '../core/failures/failure.ts'
import type { Plan } from '../core/request/plan.ts'
import { GeminiBatches } from './batch-api.ts'
import type { BatchApi, Chat, FileApi, SendRequest, SendResult } from './chat.ts'
import type { Engine } from './engine.ts'
import { GeminiFiles } from './files-api.ts'
import { loadPlan } from './load-plan.ts'
import { refusesFile } from './read-failure.ts'
import { readReply } from './read-reply.ts'
import { configOf } from './request-config.ts'
import type { Unpacked } from './response-body.ts'
import { Sdk, type SdkOptions } from './sdk.ts'
import { loadFetch, observingFetch } from './wire-fetch.ts'

/** Seconds that the list of models may take. */
const LIST_TIMEOUT = 15

/** A chat over `generateContent`, where every request contains the conversation. */
export class GenerateContentChat implements Chat {
  readonly engine: Engine
  readonly files: FileApi | undefined
  readonly batches: BatchApi | undefined
  readonly warmUp: Chat['warmUp']
  readonly #sdk: Sdk

  constructor(options: SdkOptions) {
    const { engine, secret = '' } = options
    const sdk = new Sdk(options)
    this.engine = engine
    this.#sdk = sdk
    this.warmUp = [() => sdk.client(), loadFetch]
    const has = engine.kind !== 'vertex' && engine.kind !== 'none'
    this.files = has ? new GeminiFiles(sdk, secret) : undefined
    this.batches = has ? new GeminiBatches(sdk) : undefined
  }

  /** Makes a unary call. Each call creates the SDK's chat with the whole config, since the SDK does not merge configs. */
  async send(request: SendRequest, signal: AbortSignal): Promise<SendResult> {
    if (signal.aborted) return { ok: false, failure: { kind: 'aborted' } }
    const loaded = await loadPlan(request)
    if (!loaded.ok) return loaded
    const { history, message, body } = loaded
    const { plan, uploaded } = request
    const timeout = AbortSignal.timeout(request.timeout * 1000)
    let answer: Unpacked | undefined
    let out = false
    const wire = observingFetch((unpacked) => (answer = unpacked), body)
    try {
      const client = await this.#sdk.client()
      const chat = client.chats.create({
        model: plan.model.id,
        history,
        config: {
          ...configOf(plan),
          httpOptions: {
            fetch: (...call) => {
              out = true
              return wire(...call)
            },
          },
          abortSignal: AbortSignal.any([signal, timeout]),
        },
      })
      const response = await chat.sendMessage({ message })
      return { ok: true, reply: readReply(answer?.body ?? response, answer?.images) }
    } catch (error) {
      if (signal.aborted) return { ok: false, failure: { kind: 'aborted' } }
      if (timeout.aborted) return { ok: false, failure: { kind: 'timed-out', seconds: request.timeout } }
      const failure = this.#sdk.failure(error, plan.model.id, !out)
      const refused = (uploaded?.size ?? 0) > 0 && refusesFile(error)
      return refused ? { ok: false, failure, filesRefused: true } : { ok: false, failure }
    }
  }

  settingsOf(plan: Plan): readonly (readonly [string, string])[] {
    return Object.entries(configOf(plan)).map(([name, value]) => [name, JSON.stringify(value)] as const)
  }

  async models(
    signal: AbortSignal = new AbortController().signal,
    seconds = LIST_TIMEOUT,
  ): Promise<{ ok: true; ids: readonly string[] } | { ok: false; failure: Failure }> {
    const listed = await this.#sdk.call(
      async ({ models }, abortSignal) => {
        const ids: string[] = []
        for await (const { name } of await models.list({ config: { pageSize: 200, abortSignal } })) {
          if (name) ids.push(name.replace(/^models\//, ''))
        }
        return ids
      },
      { signal, seconds },
    )
    return listed.ok ? { ok: true, ids: listed.value } : listed
  }
}
