import type { Content, GoogleGenAI, Part } from '@google/genai'
import type { Failure } from '../core/failures/failure.ts'
import type { Plan, PlanPart, PlanTurn } from '../core/request/plan.ts'
import type { Reply } from '../core/request/reply.ts'
import type { SignatureRef } from '../core/session/stored-answer.ts'
import type { Copy } from '../image/resize.ts'
import { Copies } from './copies.ts'
import type { Engine } from './engine.ts'
import { NO_UPLOADED_FILES, type UploadedFiles, Uploads, until } from './files-api.ts'
import { RateLimitLine } from './rate-limit-line.ts'
import { failureOf, refusesFile, uploadProblem } from './read-failure.ts'
import { readReply } from './read-reply.ts'
import { RequestBody } from './request-body.ts'
import { configOf } from './request-config.ts'
import type { Unpacked } from './response-body.ts'
import { tapped } from './wire-fetch.ts'

/** From Google's page on thought signatures: accepted in place of one that there is none of. */
const BYPASS = 'skip_thought_signature_validator'

/** What a request may weigh: 100 MB inline, by Google's page on input files. */
const REQUEST_LIMIT = 100_000_000

/** Seconds that the list of models may take. */
const PATIENCE = 15

export type SendResult =
  | { readonly ok: true; readonly reply: Reply }
  /** `links`: the server refused a file that the request names, and drew nothing. */
  | { readonly ok: false; readonly failure: Failure; readonly links?: 'refused' }

export type Called<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly failure: Failure }

type CallLimits = { readonly signal: AbortSignal; readonly model?: string; readonly seconds: number }

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

/** Talks to one engine. It remembers nothing of the conversation: that is what the plan says. */
export class Chat {
  readonly engine: Engine
  /** Where its turns wait when the server has asked one of them to. */
  readonly rateLimitLine = new RateLimitLine()
  readonly uploads: Uploads
  readonly #client: () => Promise<GoogleGenAI>
  readonly #now: () => Date
  readonly #secret: string | undefined
  readonly #copies = new Copies()
  #made: Promise<GoogleGenAI> | undefined

  /** The secret is the key: whatever a server says, it is in no failure. */
  constructor(engine: Engine, client: () => Promise<GoogleGenAI>, now: () => Date, secret?: string) {
    this.engine = engine
    this.#client = client
    this.#now = now
    this.#secret = secret
    this.uploads = new Uploads(
      engine,
      secret ?? '',
      () => this.#ready(),
      (error) => uploadProblem(error, { model: '', now: now(), secret }),
    )
  }

  /** Loads the SDK, so that the first line does not wait for it. */
  async loadClient(): Promise<void> {
    await this.#ready()
  }

  /** One unary call. The chat is made afresh, with the whole config, since the SDK merges none. */
  async send(
    plan: Plan,
    bytes: Bytes,
    limits: Limits,
    signal: AbortSignal,
    links: UploadedFiles = NO_UPLOADED_FILES,
  ): Promise<SendResult> {
    if (signal.aborted) return { ok: false, failure: { kind: 'aborted' } }
    const loaded = await load(plan, this.#sources(bytes, limits, links))
    if (!loaded.ok) return loaded
    const { history, message, cargo } = loaded
    const timeout = AbortSignal.timeout(limits.timeout * 1000)
    let answer: Unpacked | undefined
    let out = false
    const wire = tapped((unpacked) => (answer = unpacked), cargo)
    try {
      const client = await this.#ready()
      const chat = client.chats.create({
        model: plan.model.id,
        history,
        config: {
          ...configOf(plan),
          httpOptions: {
            fetch: (...request) => {
              out = true
              return wire(...request)
            },
          },
          abortSignal: AbortSignal.any([signal, timeout]),
        },
      })
      const response = await chat.sendMessage({ message })
      return { ok: true, reply: readReply(answer?.body ?? response, answer?.images) }
    } catch (error) {
      if (signal.aborted) return { ok: false, failure: { kind: 'aborted' } }
      if (timeout.aborted) return { ok: false, failure: { kind: 'timed-out', seconds: limits.timeout } }
      const failure = this.failure(error, plan.model.id, !out)
      const refused = links.size > 0 && refusesFile(error)
      return refused ? { ok: false, failure, links: 'refused' } : { ok: false, failure }
    }
  }

  /** An image of the user's, as it is sent. */
  copy(original: Uint8Array, wireSize: number): Promise<Copy> {
    return this.#copies.of(original, wireSize)
  }

  /** The ids of the models that this key reaches: free, and so the test of a key. */
  async models(
    signal?: AbortSignal,
    seconds = PATIENCE,
  ): Promise<{ ok: true; ids: readonly string[] } | { ok: false; failure: Failure }> {
    const timeout = AbortSignal.timeout(seconds * 1000)
    const abortSignal = signal ? AbortSignal.any([signal, timeout]) : timeout
    try {
      const client = await this.#ready()
      const ids: string[] = []
      for await (const model of await client.models.list({ config: { pageSize: 200, abortSignal } })) {
        if (model.name) ids.push(model.name.replace(/^models\//, ''))
      }
      return { ok: true, ids }
    } catch (error) {
      if (signal?.aborted) return { ok: false, failure: { kind: 'aborted' } }
      if (timeout.aborted) return { ok: false, failure: { kind: 'timed-out', seconds } }
      return { ok: false, failure: this.failure(error, '') }
    }
  }

  /** Any other call to this engine. What goes wrong is a failure; `model` is the one that it is about, if any. */
  async call<T>(
    make: (client: GoogleGenAI, signal: AbortSignal) => Promise<T>,
    { signal, model = '', seconds }: CallLimits,
  ): Promise<Called<T>> {
    const timeout = AbortSignal.timeout(seconds * 1000)
    const either = AbortSignal.any([signal, timeout])
    try {
      const client = await this.#ready()
      return { ok: true, value: await until(either, make(client, either)) }
    } catch (error) {
      if (signal.aborted) return { ok: false, failure: { kind: 'aborted' } }
      if (timeout.aborted) return { ok: false, failure: { kind: 'timed-out', seconds } }
      return { ok: false, failure: this.failure(error, model) }
    }
  }

  /** An error of this engine's, in the user's terms. `unsent`: it came before anything was sent. */
  failure(error: unknown, model: string, unsent = false): Failure {
    const signingIn = unsent && this.engine.kind === 'vertex'
    return failureOf(error, { model, now: this.#now(), secret: this.#secret, signingIn })
  }

  #sources(bytes: Bytes, { wireSize }: Limits, links: UploadedFiles): Omit<Sources, 'cargo'> {
    return { ...bytes, links, copy: (original) => this.copy(original, wireSize) }
  }

  #ready(): Promise<GoogleGenAI> {
    this.#made ??= this.#client().catch((error: unknown) => {
      // The next line tries again.
      this.#made = undefined
      throw error
    })
    return this.#made
  }
}

type Sources = Bytes & {
  copy(original: Uint8Array): Promise<Copy>
  readonly links: UploadedFiles
  readonly cargo: RequestBody
}

type LoadedPlan =
  | { readonly ok: true; readonly history: Content[]; readonly message: Part[]; readonly cargo: RequestBody }
  | { readonly ok: false; readonly failure: Failure }

/** A plan with its bytes, or why it cannot be sent. */
async function load(plan: Plan, from: Omit<Sources, 'cargo'>): Promise<LoadedPlan> {
  const cargo = new RequestBody()
  const sources = { ...from, cargo }
  try {
    const history = await Promise.all(plan.history.map((turn) => contentOf(turn, sources)))
    const message = await partsOf(plan.message, sources)
    const size = [...history.flatMap(({ parts = [] }) => parts), ...message].reduce(
      (sum, part) => sum + sizeOf(part),
      cargo.size,
    )
    return size > REQUEST_LIMIT
      ? { ok: false, failure: { kind: 'too-large', bytes: size } }
      : { ok: true, history, message, cargo }
  } catch (error) {
    const says = error instanceof Error ? error.message : String(error)
    return { ok: false, failure: { kind: 'unreadable', says } }
  }
}

/** Without what is in the cargo. */
function sizeOf({ text, thoughtSignature }: Part): number {
  return (text?.length ?? 0) + (thoughtSignature?.length ?? 0)
}

async function contentOf(turn: PlanTurn, sources: Sources): Promise<Content> {
  return { role: turn.role, parts: await partsOf(turn.parts, sources) }
}

function partsOf(parts: readonly PlanPart[], sources: Sources): Promise<Part[]> {
  return Promise.all(parts.map((part) => partOf(part, sources)))
}

async function partOf(part: PlanPart, sources: Sources): Promise<Part> {
  const signed =
    part.signature === undefined
      ? {}
      : { thoughtSignature: sources.cargo.text(await signatureOf(part.signature, sources)) }
  if (part.kind === 'text') return { text: part.text, ...signed }
  const link = part.uses === undefined ? undefined : sources.links.get(part.file)
  if (link) return { fileData: { fileUri: link.uri, mimeType: link.mime } }
  const original = await sources.file(part.file)
  const image = part.copy ? await sources.copy(original) : { bytes: original, mime: part.mime }
  return {
    inlineData: { mimeType: image.mime, data: sources.cargo.image(image.bytes) },
    ...signed,
  }
}

async function signatureOf(signature: SignatureRef | 'bypass', bytes: Bytes): Promise<string> {
  if (signature === 'bypass') return BYPASS
  return (await bytes.signature(signature)) ?? BYPASS
}
