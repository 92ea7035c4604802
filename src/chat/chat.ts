import type { Content, GoogleGenAI, Part } from '@google/genai'
import type { SignatureRef } from '../core/answer.ts'
import type { Failure } from '../core/failure.ts'
import type { Reply } from '../core/reply.ts'
import type { Plan, PlanPart, PlanTurn } from '../core/request.ts'
import { fitWithin } from '../image/resize.ts'
import type { Engine } from './engine.ts'
import { failureOf } from './failure.ts'
import { readReply } from './reply.ts'

/** From Google's page on thought signatures: accepted in place of one that there is none of. */
const BYPASS = 'skip_thought_signature_validator'

export type Sent =
  | { readonly ok: true; readonly reply: Reply }
  | { readonly ok: false; readonly failure: Failure }

/** The bytes behind the names in a plan. */
export type Bytes = {
  file(name: string): Promise<Uint8Array>
  /** Undefined when it is gone. */
  signature(ref: SignatureRef): Promise<string | undefined>
}

export type Limits = {
  /** Seconds until an answer is given up. */
  readonly timeout: number
  /** Longest side of an image that the user sends, in pixels. */
  readonly wireSize: number
}

/** Talks to one engine. It remembers nothing: the conversation is what the plan says. */
export class Chat {
  readonly engine: Engine
  readonly #client: () => Promise<GoogleGenAI>
  #made: Promise<GoogleGenAI> | undefined

  constructor(engine: Engine, client: () => Promise<GoogleGenAI>) {
    this.engine = engine
    this.#client = client
  }

  /** Loads the SDK, so that the first line does not wait for it. Never fails; a send says what is wrong. */
  async warmUp(): Promise<void> {
    await this.#ready().catch(() => undefined)
  }

  /** One unary call. The chat is made afresh, with the whole config, since the SDK merges none. */
  async send(plan: Plan, bytes: Bytes, limits: Limits, signal: AbortSignal): Promise<Sent> {
    const timeout = AbortSignal.timeout(limits.timeout * 1000)
    try {
      const client = await this.#ready()
      const history = await Promise.all(plan.history.map((turn) => contentOf(turn, bytes, limits)))
      const message = await partsOf(plan.message, bytes, limits)
      const chat = client.chats.create({
        model: plan.model.id,
        history,
        config: {
          responseModalities: ['TEXT', 'IMAGE'],
          abortSignal: AbortSignal.any([signal, timeout]),
          ...imageConfig(plan),
        },
      })
      return { ok: true, reply: readReply(await chat.sendMessage({ message })) }
    } catch (error) {
      if (signal.aborted) return { ok: false, failure: { kind: 'aborted' } }
      if (timeout.aborted) return { ok: false, failure: { kind: 'timed-out', seconds: limits.timeout } }
      return { ok: false, failure: failureOf(error, plan.model.id) }
    }
  }

  /** The ids of the models that this key reaches: free, and so the test of a key. */
  async models(): Promise<{ ok: true; ids: readonly string[] } | { ok: false; failure: Failure }> {
    try {
      const client = await this.#ready()
      const ids: string[] = []
      for await (const model of await client.models.list({ config: { pageSize: 200 } })) {
        if (model.name) ids.push(model.name.replace(/^models\//, ''))
      }
      return { ok: true, ids }
    } catch (error) {
      return { ok: false, failure: failureOf(error, '') }
    }
  }

  #ready(): Promise<GoogleGenAI> {
    this.#made ??= this.#client()
    return this.#made
  }
}

function imageConfig({ aspect, size }: Plan) {
  if (aspect === undefined && size === undefined) return {}
  return {
    imageConfig: {
      ...(aspect === undefined ? {} : { aspectRatio: aspect }),
      ...(size === undefined ? {} : { imageSize: size }),
    },
  }
}

async function contentOf(turn: PlanTurn, bytes: Bytes, limits: Limits): Promise<Content> {
  return { role: turn.role, parts: await partsOf(turn.parts, bytes, limits) }
}

function partsOf(parts: readonly PlanPart[], bytes: Bytes, limits: Limits): Promise<Part[]> {
  return Promise.all(parts.map((part) => partOf(part, bytes, limits)))
}

async function partOf(part: PlanPart, bytes: Bytes, limits: Limits): Promise<Part> {
  const signed =
    part.signature === undefined ? {} : { thoughtSignature: await signatureOf(part.signature, bytes) }
  if (part.kind === 'text') return { text: part.text, ...signed }
  const original = await bytes.file(part.file)
  const image = part.copy ? await fitWithin(original, limits.wireSize) : { bytes: original, mime: part.mime }
  return {
    inlineData: { mimeType: image.mime, data: Buffer.from(image.bytes).toString('base64') },
    ...signed,
  }
}

async function signatureOf(signature: SignatureRef | 'bypass', bytes: Bytes): Promise<string> {
  if (signature === 'bypass') return BYPASS
  return (await bytes.signature(signature)) ?? BYPASS
}
